import type { Actor } from '../accounts/actor.ts'
import type { Division } from '../base/identifiers.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Db } from '../runtime/database.ts'
import type { AnyRegister, CheckContext } from './define.ts'
import type { Writing } from './store-record.ts'

/** What registers need from outside; `main.ts` hands it in. */
export interface RegisterDeps {
  readonly db: Db
  readonly clock: Clock
  readonly registers: readonly AnyRegister[]
  /** divisions of a city, from its profile (`divisionsOf`) */
  readonly divisions: (cityCode: string) => readonly Division[]
  /** a city's own severities by problem code */
  readonly severities?: (cityCode: string) => NonNullable<CheckContext['severities']>
  /** an error of ours in work nobody waits for, with the id its sufferer was given */
  readonly onError?: (error: unknown, errorId: string) => void
  /** what was done, for the audit log; `details.object` names what it was done to */
  readonly audit?: (actor: Actor, action: string, details: Readonly<Record<string, unknown>>) => Promise<void>
}

/** Who writes, for which city, from where, now. */
export const writingOf = (deps: RegisterDeps, actor: Actor, source: Writing['source']): Writing => ({
  cityCode: actor.scope.cityCode,
  source,
  author: { id: actor.personId, name: actor.name },
  now: deps.clock(),
  divisions: deps.divisions(actor.scope.cityCode),
  ...(deps.severities ? { severities: deps.severities(actor.scope.cityCode) } : {}),
})
