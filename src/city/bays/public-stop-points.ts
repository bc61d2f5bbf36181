import type { Db } from '../../runtime/database.ts'
import { readAll } from '../../registers/index.ts'
import { publicFeature, type PublicFeature } from '../places/index.ts'
import { stopPointKinds, stopPointRegister } from './register.ts'

/** Stop points in use, with what a driver must know: bays, time limit, hours. */
export async function listPublicStopPoints(db: Db, { cityCode, asOf, districtName }: { cityCode: string; asOf: number; districtName: (code: string | null) => string | null }): Promise<PublicFeature[]> {
  const points = await readAll(db, stopPointRegister, { cityCode, asOf })
  return points.flatMap(({ id, districtCode, data }) =>
    data.status === 'in-use' && data.point
      ? [publicFeature(data.point, {
          id, name: data.name, kind: stopPointKinds[data.kind], bayCount: data.bayCount, timeLimitMinutes: data.timeLimitMinutes ?? null, hours: data.hours ?? null,
          address: data.address ?? null, district: districtName(districtCode),
        })]
      : [])
}
