import type { DataScope } from '../../accounts/index.ts'
import { addDays, dayMs, startOfDay } from '../../base/time.ts'
import { listTrackRows } from '../../events/index.ts'
import { readAll } from '../../registers/index.ts'
import type { Db } from '../../runtime/database.ts'
import type { JobProgress } from '../../runtime/jobs.ts'
import { enterpriseRegister } from '../enterprises/index.ts'
import { cleanTrack, isPlausible, journeyParameters, listTrips } from '../journeys/index.ts'
import { vehicleRegister } from '../vehicles/index.ts'
import { createReplay, type Replay, type TouchedVehicle, type VehicleTally } from './derive-replay.ts'
import type { CompiledRules } from './engine/compile.ts'
import { factsOf } from './vehicle-facts.ts'

/** Longest period of one replay. */
export const replayLimitDays = 366
/** Days of a vehicle in memory at once. */
const chunkDays = 31

export interface ReplayQuestion {
  readonly scope: Pick<DataScope, 'cityCode' | 'districtCode' | 'enterpriseId'>
  /** half-open days */
  readonly days: { readonly from: string; readonly to: string }
  readonly published: CompiledRules
  readonly draft: CompiledRules
  readonly asOf: number
}

/** A replay with the names of what it touches; at most `replayRowLimit` rows, the others counted. */
export interface NamedReplay extends Omit<Replay, 'rows'> {
  readonly rows: readonly (TouchedVehicle & { readonly plate: string; readonly firm: string | null })[]
  readonly rowsLeftOut: number
}

export const replayRowLimit = 1000

/** Vehicles gone through so far, in the order of their ids, and what they came to. */
export interface SavedReplay {
  readonly vehiclesDone: number
  readonly tallies: readonly VehicleTally[]
}

/** How a long replay says how far it is, and goes on where it was left. */
export interface ReplayProgress {
  report(progress: JobProgress, checkpoint: () => SavedReplay): Promise<void>
  readonly saved: SavedReplay | null
}

const silently: ReplayProgress = { report: async () => undefined, saved: null }

/**
 * Replays every usable position of the scope's vehicles against both rule sets, a month of a vehicle in memory at a time. A new
 * `asOf` may know other vehicles: go on only with the one the saved part was made with.
 */
export async function replayRecorded(db: Db, { scope, days, published, draft, asOf }: ReplayQuestion, { report, saved }: ReplayProgress = silently): Promise<NamedReplay> {
  const replay = createReplay({ published, draft, isPlausible: (from, to) => isPlausible(from, to, journeyParameters), saved: saved?.tallies ?? [] })
  const [all, firms] = [await readAll(db, vehicleRegister, { cityCode: scope.cityCode, asOf }), await readAll(db, enterpriseRegister, { cityCode: scope.cityCode, asOf })]
  const firmOf = new Map(firms.map((firm) => [firm.id, firm.data]))
  const isInScope = ({ districtCode, enterpriseId }: (typeof all)[number]): boolean => (scope.districtCode === null || scope.districtCode === districtCode) && (scope.enterpriseId === null || scope.enterpriseId === enterpriseId)
  const vehicles = all.filter(isInScope).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const chunks = chunksOf(days)
  for (let at = saved?.vehiclesDone ?? 0; at < vehicles.length; at++) {
    const { id: vehicleId, enterpriseId, naturalKey, data } = vehicles[at]!
    const facts = factsOf(data, naturalKey, (enterpriseId && firmOf.get(enterpriseId)?.status) || null)
    for (const [chunk, { from, to }] of chunks.entries()) {
      // A checkpoint lies between two vehicles: what was begun of this one is not in it.
      await report({ step: `${naturalKey}，${from} 起`, done: at * chunks.length + chunk, total: vehicles.length * chunks.length }, () => ({ vehiclesDone: at, tallies: replay.save().filter((each) => each.vehicleId !== vehicleId) }))
      const { kept } = cleanTrack(await listTrackRows(db, { vehicleId, from: startOfDay(from), to: startOfDay(addDays(to, -1)) + dayMs }), journeyParameters)
      if (kept.length > 0) replay.add({ vehicleId, enterpriseId, facts, positions: kept, trips: await listTrips(db, { vehicleId, from, to }) })
    }
  }
  const { rows, ...result } = replay.result()
  const plates = new Map(vehicles.map((vehicle) => [vehicle.id, vehicle.naturalKey]))
  return {
    ...result, rowsLeftOut: Math.max(0, rows.length - replayRowLimit),
    rows: rows.slice(0, replayRowLimit).map((row) => ({ ...row, plate: plates.get(row.vehicleId) ?? row.vehicleId, firm: (row.enterpriseId && firmOf.get(row.enterpriseId)?.name) || null })),
  }
}

function chunksOf({ from, to }: ReplayQuestion['days']): { from: string; to: string }[] {
  const chunks: { from: string; to: string }[] = []
  for (let at = from; at < to; at = addDays(at, chunkDays)) chunks.push({ from: at, to: addDays(at, chunkDays) < to ? addDays(at, chunkDays) : to })
  return chunks
}
