import type { Db } from '../../runtime/database.ts'
import { readAll } from '../../registers/index.ts'
import { publicFeature, type PublicFeature } from '../places/index.ts'
import { pileRegister } from './register-pile.ts'
import { chargingStationRegister } from './register-station.ts'

/** Stations that can be used, with piles counted from the pile register, not from what the operator declares. */
export async function listPublicStations(db: Db, { cityCode, asOf, districtName }: { cityCode: string; asOf: number; districtName: (code: string | null) => string | null }): Promise<PublicFeature[]> {
  const [stations, piles] = await Promise.all([readAll(db, chargingStationRegister, { cityCode, asOf }), readAll(db, pileRegister, { cityCode, asOf })])
  const pilesAt = new Map<string, number>()
  for (const { data } of piles) pilesAt.set(data.station, (pilesAt.get(data.station) ?? 0) + 1)
  return stations.flatMap(({ id, districtCode, data }) =>
    (data.status === 'open' || data.status === 'maintenance') && data.point
      ? [publicFeature(data.point, {
          id, name: data.name, operator: data.operator ?? null, pileCount: pilesAt.get(id) ?? 0, inMaintenance: data.status === 'maintenance',
          address: data.address ?? null, district: districtName(districtCode),
        })]
      : [])
}
