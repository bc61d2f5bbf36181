import type { Clock } from '../../src/runtime/clock.ts'
import type { Database } from '../../src/runtime/database.ts'
import type { App } from '../../src/runtime/http.ts'

/** What the scope matrix looks for. Every foreign thing a room seeds carries one of the markers in a text field that its routes show. */
export interface TestWorld {
  readonly now: number
  /** where the demo accounts belong; `firm` to the enterprise, `district` to the district */
  readonly home: { readonly cityCode: string; readonly districtCode: string; readonly enterpriseId: string }
  /** another city: hidden from everybody of the home city */
  readonly foreign: { readonly cityCode: string; readonly districtCode: string; readonly enterpriseId: string; readonly marker: string }
  /** another district and another firm of the home city: hidden from people narrowed to a district or a firm */
  readonly neighbour: { readonly districtCode: string; readonly enterpriseId: string; readonly districtMarker: string; readonly enterpriseMarker: string }
}

export interface TestContext {
  readonly database: Database
  readonly clock: Clock
  readonly world: TestWorld
}

export type Dimension = 'city' | 'district' | 'enterprise'

/** One attack: a request that names something of another city, district or firm. */
export interface ForeignCase {
  readonly of: Dimension
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /**
   * Account of somebody who may see it, who must get it with the marker in it: proves that the matrix looks for something that
   * is there. Left out for writes, whose refusal is the whole test.
   */
  readonly visibleTo?: string
}

/** A route that needs no foreign id, with the reason a reviewer can check. */
export interface Exempt {
  readonly exempt: string
}

export interface TestRoom {
  readonly name: string
  /** registers the room's routes; left out when they come with the server */
  readonly mount?: (app: App, context: TestContext) => Promise<void>
  /** seeds foreign things and says how to ask for them, by `METHOD /url`; every route with an id, a body or a scope filter needs an entry */
  readonly foreign: (context: TestContext) => Promise<Readonly<Record<string, readonly ForeignCase[] | Exempt>>>
}
