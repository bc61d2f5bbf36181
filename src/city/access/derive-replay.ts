import { distanceMetres } from '../../base/geo.ts'
import { msFromMinutes } from '../../base/units.ts'
import { rankAt, type CompiledRules } from './engine/compile.ts'
import { localMinuteOf } from './engine/local-time.ts'
import type { VehicleFacts } from './engine/vehicle-match.ts'

/** A recorded vehicle-day: positions in order, and its trips. */
export interface RecordedDay {
  readonly vehicleId: string
  readonly enterpriseId: string | null
  readonly facts: VehicleFacts
  readonly positions: readonly { readonly lon: number; readonly lat: number; readonly observedAt: number }[]
  readonly trips: readonly { readonly startedAt: number; readonly endedAt: number }[]
}

/** What a change touches, or a set of rules bars. */
export interface Touched {
  vehicles: number
  firms: number
  trips: number
  positions: number
  distanceMetres: number
}

export interface Replay {
  readonly positions: number
  readonly vehicleDays: number
  /** barred by the rules in force and by the draft */
  readonly before: Touched
  readonly after: Touched
  /** allowed before and barred by the draft, and the other way round */
  readonly newlyBarred: Touched
  readonly newlyAllowed: Touched
}

const kinds = ['before', 'after', 'newlyBarred', 'newlyAllowed'] as const
type Kind = (typeof kinds)[number]

/** Longer pauses between positions are gaps: nothing is known of the way between. */
const gapMs = msFromMinutes(10)

interface Tally {
  readonly vehicles: Set<string>
  readonly firms: Set<string>
  trips: number
  positions: number
  distanceMetres: number
}

/** Adds recorded days up against two rule sets. A step counts by the position it leads to. */
export function createReplay(published: CompiledRules, draft: CompiledRules) {
  const tallies = Object.fromEntries(kinds.map((kind): [Kind, Tally] => [kind, { vehicles: new Set(), firms: new Set(), trips: 0, positions: 0, distanceMetres: 0 }])) as Record<Kind, Tally>
  let positions = 0
  let vehicleDays = 0
  const add = (day: RecordedDay): void => {
    vehicleDays++
    positions += day.positions.length
    const [mine, theirs] = [published.vehicle(day.facts), draft.vehicle(day.facts)]
    const touchedAt: Record<Kind, number[]> = { before: [], after: [], newlyBarred: [], newlyAllowed: [] }
    day.positions.forEach((position, at) => {
      const minute = localMinuteOf(position.observedAt)
      const isBarredNow = !mine.isAllowed(rankAt(published, mine, position.lon, position.lat, minute))
      const isBarredThen = !theirs.isAllowed(rankAt(draft, theirs, position.lon, position.lat, minute))
      const last = day.positions[at - 1]
      const step = last && position.observedAt - last.observedAt <= gapMs ? distanceMetres(last, position) : 0
      const holds: Record<Kind, boolean> = { before: isBarredNow, after: isBarredThen, newlyBarred: !isBarredNow && isBarredThen, newlyAllowed: isBarredNow && !isBarredThen }
      for (const kind of kinds) {
        if (!holds[kind]) continue
        tallies[kind].positions++
        tallies[kind].distanceMetres += step
        touchedAt[kind].push(position.observedAt)
      }
    })
    for (const kind of kinds) {
      if (touchedAt[kind].length === 0) continue
      tallies[kind].vehicles.add(day.vehicleId)
      if (day.enterpriseId !== null) tallies[kind].firms.add(day.enterpriseId)
      tallies[kind].trips += day.trips.filter(({ startedAt, endedAt }) => touchedAt[kind].some((at) => at >= startedAt && at <= endedAt)).length
    }
  }
  const total = (kind: Kind): Touched => ({ ...tallies[kind], vehicles: tallies[kind].vehicles.size, firms: tallies[kind].firms.size, distanceMetres: Math.round(tallies[kind].distanceMetres) })
  const result = (): Replay => ({ positions, vehicleDays, before: total('before'), after: total('after'), newlyBarred: total('newlyBarred'), newlyAllowed: total('newlyAllowed') })
  return { add, result }
}
