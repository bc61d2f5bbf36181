import type { Db } from '../../runtime/database.ts'
import { readAll } from '../../registers/index.ts'
import { nodeRegister } from './register-node.ts'

/** A place as the public sees it: what stands on a sign, nothing about who works there. */
export interface PublicFeature {
  readonly type: 'Feature'
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly [number, number] }
  readonly properties: { readonly id: string; readonly name: string; readonly [property: string]: string | number | boolean | null }
}

export const publicFeature = (point: { lon: number; lat: number }, properties: PublicFeature['properties']): PublicFeature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
  properties,
})

/** Nodes in operation that have a position, WGS-84, for the public map; `districtName` turns a code into words. */
export async function listPublicNodes(db: Db, { cityCode, asOf, districtName }: { cityCode: string; asOf: number; districtName: (code: string | null) => string | null }): Promise<PublicFeature[]> {
  const nodes = await readAll(db, nodeRegister, { cityCode, asOf })
  return nodes.flatMap(({ id, districtCode, data }) =>
    data.status === 'in-operation' && data.point
      ? [publicFeature(data.point, { id, name: data.name, tier: data.tier, address: data.address ?? null, district: districtName(districtCode) })]
      : [])
}
