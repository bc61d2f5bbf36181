import { distanceMetres } from '../../base/geo.ts'
import { msFromMinutes } from '../../base/units.ts'
import { rankAt, type CompiledRules } from './engine/compile.ts'
import { localMinuteOf, minutesOfDay } from './engine/local-time.ts'
import type { VehicleFacts } from './engine/vehicle-match.ts'

interface RecordedPosition {
  readonly lon: number
  readonly lat: number
  readonly observedAt: number
}

/** A trip, or the part of one that lies in a day. */
interface RecordedTrip {
  readonly startedAt: number
  readonly endedAt: number
  /** goes on from the part before: the same trip */
  readonly beginsBefore?: boolean
}

/** What was recorded of a vehicle in some time: positions and trips, each in order. */
export interface Recorded {
  readonly vehicleId: string
  readonly enterpriseId: string | null
  readonly facts: VehicleFacts
  readonly positions: readonly RecordedPosition[]
  readonly trips: readonly RecordedTrip[]
}

/** What a change touches, or a set of rules bars. */
export interface Touched {
  readonly vehicles: number
  readonly firms: number
  readonly trips: number
  readonly positions: number
  readonly distanceMetres: number
}

type VehicleTouch = Omit<Touched, 'vehicles' | 'firms'>

const kinds = ['before', 'after', 'newlyBarred', 'newlyAllowed'] as const
type Kind = (typeof kinds)[number]

export interface Replay extends Readonly<Record<Kind, Touched>> {
  readonly positions: number
  readonly vehicleDays: number
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

/** All a replay knows of a vehicle; plain data, so that a replay can be put down and taken up again between two vehicles. */
export type VehicleTally = Record<Kind, { trips: number; positions: number; distanceMetres: number }> & { readonly vehicleId: string; readonly enterpriseId: string | null; positions: number; days: number }

/** Longer pauses between positions are gaps: nothing is known of the way between. */
const gapMs = msFromMinutes(10)

interface Running {
  readonly tally: VehicleTally
  last: RecordedPosition | undefined
  lastDay: number
  /** whether the last part of a trip was counted */
  readonly counted: Record<Kind, boolean>
}

export interface ReplayOptions {
  readonly published: CompiledRules
  readonly draft: CompiledRules
  /** whether a vehicle can have come from one position to the next; what it cannot is no distance */
  readonly isPlausible?: (from: RecordedPosition, to: RecordedPosition) => boolean
  readonly saved?: readonly VehicleTally[]
}

/** Adds recorded positions up against two rule sets. A step counts by the position it leads to. */
export function createReplay({ published, draft, isPlausible = () => true, saved = [] }: ReplayOptions) {
  const vehicles = new Map<string, Running>(saved.map((tally) => [tally.vehicleId, begin(tally)]))
  const add = ({ vehicleId, enterpriseId, facts, positions, trips }: Recorded): void => {
    const running = vehicles.get(vehicleId) ?? vehicles.set(vehicleId, begin(newTally(vehicleId, enterpriseId))).get(vehicleId)!
    const { tally } = running
    const [mine, theirs] = [published.vehicle(facts), draft.vehicle(facts)]
    const touchedAt: Record<Kind, number[]> = { before: [], after: [], newlyBarred: [], newlyAllowed: [] }
    for (const position of positions) {
      const minute = localMinuteOf(position.observedAt)
      const before = !mine.isAllowed(rankAt(published, mine, position.lon, position.lat, minute))
      const after = !theirs.isAllowed(rankAt(draft, theirs, position.lon, position.lat, minute))
      const { last } = running
      const isStep = last !== undefined && position.observedAt >= last.observedAt && position.observedAt - last.observedAt <= gapMs && isPlausible(last, position)
      const step = isStep && (before || after) ? distanceMetres(last, position) : 0
      const holds: Record<Kind, boolean> = { before, after, newlyBarred: !before && after, newlyAllowed: before && !after }
      for (const kind of kinds) {
        if (!holds[kind]) continue
        tally[kind].positions++
        tally[kind].distanceMetres += step
        touchedAt[kind].push(position.observedAt)
      }
      const day = Math.floor(minute / minutesOfDay)
      if (day !== running.lastDay) tally.days++
      running.lastDay = day
      running.last = position
    }
    tally.positions += positions.length
    for (const kind of kinds) tally[kind].trips += countTrips(trips, touchedAt[kind], running.counted[kind], (isCounted) => (running.counted[kind] = isCounted))
  }
  const save = (): VehicleTally[] => [...vehicles.values()].map(({ tally }) => tally)
  return { add, save, result: (): Replay => sumUp(save()) }
}

const newTally = (vehicleId: string, enterpriseId: string | null): VehicleTally => {
  const none = () => ({ trips: 0, positions: 0, distanceMetres: 0 })
  return { vehicleId, enterpriseId, positions: 0, days: 0, before: none(), after: none(), newlyBarred: none(), newlyAllowed: none() }
}
const begin = (tally: VehicleTally): Running => ({ tally, last: undefined, lastDay: Number.NaN, counted: { before: false, after: false, newlyBarred: false, newlyAllowed: false } })

/** Trips with a touched moment; the parts of a trip over midnight are one trip. Both lists are in order. */
function countTrips(trips: readonly RecordedTrip[], touchedAt: readonly number[], wasCounted: boolean, remember: (isCounted: boolean) => void): number {
  let count = 0
  let at = 0
  let isCounted = wasCounted
  for (const { startedAt, endedAt, beginsBefore = false } of trips) {
    while (at < touchedAt.length && touchedAt[at]! < startedAt) at++
    const isTouched = at < touchedAt.length && touchedAt[at]! <= endedAt
    if (isTouched && !(beginsBefore && isCounted)) count++
    isCounted = isTouched || (beginsBefore && isCounted)
  }
  remember(isCounted)
  return count
}

function sumUp(tallies: readonly VehicleTally[]): Replay {
  const rounded = (touch: VehicleTouch): VehicleTouch => ({ ...touch, distanceMetres: Math.round(touch.distanceMetres) })
  const sum = (of: readonly VehicleTally[], number: (tally: VehicleTally) => number): number => of.reduce((total, each) => total + number(each), 0)
  const total = (kind: Kind): Touched => {
    const touched = tallies.filter((each) => each[kind].positions > 0)
    return {
      vehicles: touched.length, firms: new Set(touched.map((each) => each.enterpriseId)).size - (touched.some((each) => each.enterpriseId === null) ? 1 : 0),
      trips: sum(touched, (each) => each[kind].trips), positions: sum(touched, (each) => each[kind].positions), distanceMetres: Math.round(sum(touched, (each) => each[kind].distanceMetres)),
    }
  }
  const changed = (each: VehicleTally): number => each.newlyBarred.distanceMetres + each.newlyAllowed.distanceMetres
  const rows = tallies.filter((each) => each.newlyBarred.positions + each.newlyAllowed.positions > 0).toSorted((a, b) => changed(b) - changed(a))
  return {
    positions: sum(tallies, (each) => each.positions), vehicleDays: sum(tallies, (each) => each.days),
    before: total('before'), after: total('after'), newlyBarred: total('newlyBarred'), newlyAllowed: total('newlyAllowed'),
    rows: rows.map(({ vehicleId, enterpriseId, newlyBarred, newlyAllowed }) => ({ vehicleId, enterpriseId, newlyBarred: rounded(newlyBarred), newlyAllowed: rounded(newlyAllowed) })),
  }
}
