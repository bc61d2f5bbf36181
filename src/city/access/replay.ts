import type { DataScope } from '../../accounts/index.ts'
import { addDays, dayMs, startOfDay } from '../../base/time.ts'
import { listTrackRows } from '../../events/index.ts'
import { readAll } from '../../registers/index.ts'
import type { Db } from '../../runtime/database.ts'
import { enterpriseRegister } from '../enterprises/index.ts'
import { listStretches } from '../journeys/index.ts'
import { vehicleRegister } from '../vehicles/index.ts'
import { createReplay, type Replay, type TouchedVehicle } from './derive-replay.ts'
import type { CompiledRules } from './engine/compile.ts'
import { factsOf } from './vehicle-facts.ts'

/** Longest period of one replay over HTTP. */
export const replayLimitDays = 31

export interface ReplayQuestion {
  readonly scope: DataScope
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

/** Replays every valid position of the scope's vehicles against both rule sets, one vehicle-day in memory at a time. */
export async function replayRecorded(db: Db, { scope, days, published, draft, asOf }: ReplayQuestion): Promise<NamedReplay> {
  const replay = createReplay(published, draft)
  const [vehicles, firms] = [await readAll(db, vehicleRegister, { cityCode: scope.cityCode, asOf }), await readAll(db, enterpriseRegister, { cityCode: scope.cityCode, asOf })]
  const statusOf = new Map(firms.map((firm) => [firm.id, firm.data.status]))
  const inScope = vehicles.filter(({ districtCode, enterpriseId }) => (scope.districtCode === null || scope.districtCode === districtCode) && (scope.enterpriseId === null || scope.enterpriseId === enterpriseId))
  for (const { id, enterpriseId, naturalKey, data } of inScope) {
    const facts = { ...factsOf(data, naturalKey, (enterpriseId && statusOf.get(enterpriseId)) || null) }
    for (let day = days.from; day < days.to; day = addDays(day, 1)) {
      const positions = (await listTrackRows(db, { vehicleId: id, from: startOfDay(day), to: startOfDay(day) + dayMs })).filter((each) => each.fixValid)
      if (positions.length === 0) continue
      const { trips } = await listStretches(db, { vehicleId: id, day })
      replay.add({ vehicleId: id, enterpriseId, facts, positions, trips })
    }
  }
  const { rows, ...result } = replay.result()
  const plates = new Map(inScope.map((vehicle) => [vehicle.id, vehicle.naturalKey]))
  const names = new Map(firms.map((firm) => [firm.id, firm.data.name]))
  return { ...result, rows: rows.slice(0, replayRowLimit).map((row) => ({ ...row, plate: plates.get(row.vehicleId) ?? row.vehicleId, firm: (row.enterpriseId && names.get(row.enterpriseId)) || null })), rowsLeftOut: Math.max(0, rows.length - replayRowLimit) }
}
