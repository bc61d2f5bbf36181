import { hashOf } from '../random.ts'
import type { FleetVehicle, Site } from '../world/index.ts'
import type { Roads } from './roads.ts'

type ShopKind = NonNullable<Site['shopKind']>
const all: readonly ShopKind[] = ['supermarket', 'convenience', 'restaurant', 'market', 'pharmacy', 'parcel']

/** Whom each firm delivers to. */
const served: Readonly<Record<FleetVehicle['firm'], readonly ShopKind[]>> = {
  haitang: ['parcel', 'convenience'],
  beichen: ['restaurant', 'supermarket', 'market'],
  huilin: ['supermarket', 'convenience'],
  xunfan: all,
  kangji: ['pharmacy', 'convenience'],
  qinghe: ['market', 'restaurant', 'supermarket'],
  yunji: ['parcel', 'convenience', 'supermarket'],
  wangjiang: all,
  cuiwei: all,
  park: all,
  minghu: all,
  houniao: all,
}

/** How far from its station a tricycle delivers. */
const roundMetres = 2600
const known = new WeakMap<Roads, Map<number, readonly number[]>>()

/** Vertices of a vehicle's customers: what its firm serves, less some that a colleague serves. */
export function customersOf(roads: Roads, vehicle: FleetVehicle): readonly number[] {
  let lists = known.get(roads)
  if (!lists) known.set(roads, (lists = new Map()))
  let list = lists.get(vehicle.number)
  if (!list) lists.set(vehicle.number, (list = vehicle.model === 'tricycle' ? doors(roads, vehicle) : shops(roads, vehicle)))
  return list
}

function shops(roads: Roads, vehicle: FleetVehicle): number[] {
  const kinds = served[vehicle.firm]
  return roads.sites.filter((site) => site.shopKind && kinds.includes(site.shopKind) && hashOf('customer', vehicle.number, site.id) % 10 < 8).map((site) => roads.vertexOf(site.id))
}

/** Front doors near the station: street corners, for nobody's home is on the map. */
function doors(roads: Roads, vehicle: FleetVehicle): number[] {
  const base = roads.vertexOf(vehicle.base)
  const near: number[] = []
  for (let vertex = 0; vertex < roads.graph.lon.length; vertex++) {
    if (hashOf('door', vehicle.number, vertex) % 3 === 0 && vertex !== base && roads.leg('tricycle', base, vertex).lengthMetres < roundMetres) near.push(vertex)
  }
  return near
}
