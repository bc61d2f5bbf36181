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
  /** vehicles whose right to drive changes, the most kilometres first */
  readonly rows: readonly TouchedVehicle[]
}

/** One vehicle in a replay: what it loses and gains. */
export interface TouchedVehicle {
  readonly vehicleId: string
  readonly enterpriseId: string | null
  readonly newlyBarred: VehicleTouch
  readonly newlyAllowed: VehicleTouch
}

type VehicleTouch = Omit<Touched, 'vehicles' | 'firms'>

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

const untouched = (): VehicleTouch => ({ trips: 0, positions: 0, distanceMetres: 0 })

/** Adds recorded days up against two rule sets. A step counts by the position it leads to. */
export function createReplay(published: CompiledRules, draft: CompiledRules) {
  const tallies = Object.fromEntries(kinds.map((kind): [Kind, Tally] => [kind, { vehicles: new Set(), firms: new Set(), trips: 0, positions: 0, distanceMetres: 0 }])) as Record<Kind, Tally>
  const touchedVehicles = new Map<string, TouchedVehicle>()
  let positions = 0
  let vehicleDays = 0
  const add = (day: RecordedDay): void => {
    vehicleDays++
    positions += day.positions.length
    const [mine, theirs] = [published.vehicle(day.facts), draft.vehicle(day.facts)]
    const touchedAt: Record<Kind, number[]> = { before: [], after: [], newlyBarred: [], newlyAllowed: [] }
    const driven: Record<Kind, number> = { before: 0, after: 0, newlyBarred: 0, newlyAllowed: 0 }
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
        driven[kind] += step
        touchedAt[kind].push(position.observedAt)
      }
    })
    for (const kind of kinds) {
      if (touchedAt[kind].length === 0) continue
      tallies[kind].vehicles.add(day.vehicleId)
      if (day.enterpriseId !== null) tallies[kind].firms.add(day.enterpriseId)
      const trips = day.trips.filter(({ startedAt, endedAt }) => touchedAt[kind].some((at) => at >= startedAt && at <= endedAt)).length
      tallies[kind].trips += trips
      if (kind === 'newlyBarred' || kind === 'newlyAllowed') {
        const row = touchedVehicles.get(day.vehicleId) ?? { vehicleId: day.vehicleId, enterpriseId: day.enterpriseId, newlyBarred: untouched(), newlyAllowed: untouched() }
        touchedVehicles.set(day.vehicleId, { ...row, [kind]: { trips: row[kind].trips + trips, positions: row[kind].positions + touchedAt[kind].length, distanceMetres: row[kind].distanceMetres + driven[kind] } })
      }
    }
  }
  const total = (kind: Kind): Touched => ({ ...tallies[kind], vehicles: tallies[kind].vehicles.size, firms: tallies[kind].firms.size, distanceMetres: Math.round(tallies[kind].distanceMetres) })
  const rounded = (touch: VehicleTouch): VehicleTouch => ({ ...touch, distanceMetres: Math.round(touch.distanceMetres) })
  const rows = (): TouchedVehicle[] => [...touchedVehicles.values()]
    .map((row) => ({ ...row, newlyBarred: rounded(row.newlyBarred), newlyAllowed: rounded(row.newlyAllowed) }))
    .sort((a, b) => b.newlyBarred.distanceMetres + b.newlyAllowed.distanceMetres - a.newlyBarred.distanceMetres - a.newlyAllowed.distanceMetres)
  const result = (): Replay => ({ positions, vehicleDays, before: total('before'), after: total('after'), newlyBarred: total('newlyBarred'), newlyAllowed: total('newlyAllowed'), rows: rows() })
  return { add, result }
}
