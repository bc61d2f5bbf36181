import { streetClasses, type StreetGraph } from '../../city/network/index.ts'
import { metresPerSecondFromKmh, msFromSeconds } from '../../base/units.ts'
import { highwayClasses } from './osm/highway-classes.ts'
import type { RoadNetwork } from './network.ts'
import { openSigns } from './vehicle.ts'

/** OSM's class for each class of the base map's streets; speeds follow from it. */
const highwayOf: Readonly<Record<(typeof streetClasses)[number], string>> = { expressway: 'trunk', arterial: 'primary', secondary: 'secondary', local: 'residential' }

/**
 * A city's own street layer (the demo city's is generated) as a road network, so that everything here runs without any OSM file.
 * The layer has two-way streets with names; it knows no signs, turn restrictions or barriers.
 */
export function networkOfStreets(streets: StreetGraph, title: string): RoadNetwork {
  const { lon, lat, first, head, lengthMetres, streetClass } = streets
  const count = head.length
  const tail = new Uint32Array(count)
  for (let vertex = 0; vertex < lon.length; vertex++) tail.fill(vertex, first[vertex]!, first[vertex + 1]!)
  const classes = Array.from(streetClass, (each) => highwayClasses.findIndex(({ code }) => code === highwayOf[streetClasses[each]!]))
  const opposite = new Map<string, number>()
  const twin = new Int32Array(count).fill(-1)
  for (let edge = 0; edge < count; edge++) {
    const other = opposite.get(`${head[edge]} ${tail[edge]} ${streetClass[edge]}`)
    if (other === undefined || twin[other]! >= 0) opposite.set(`${tail[edge]} ${head[edge]} ${streetClass[edge]}`, edge)
    else [twin[edge], twin[other]] = [other, edge]
  }
  const roads = Array.from({ length: count }, (_, edge) => edge).filter((edge) => twin[edge]! < 0 || twin[edge]! > edge)
  const shapeOf = new Uint32Array(count)
  const isReversed = new Uint8Array(count)
  roads.forEach((edge, shape) => {
    shapeOf[edge] = shape
    if (twin[edge]! < 0) return
    shapeOf[twin[edge]!] = shape
    isReversed[twin[edge]!] = 1
  })
  const ends = roads.flatMap((edge) => [tail[edge]!, head[edge]!])
  return {
    lon, lat, first, tail, head, twin, lengthMetres, shapeOf, isReversed,
    durationMs: Uint32Array.from(lengthMetres, (metres, edge) => Math.max(1, Math.round(msFromSeconds(metres / metresPerSecondFromKmh(highwayClasses[classes[edge]!]!.speedKmh))))),
    roadClass: Uint8Array.from(classes), isRoundabout: new Uint8Array(count), nameOf: streets.nameOf, signsOf: new Uint32Array(count),
    shapeFirst: Uint32Array.from({ length: roads.length + 1 }, (_, shape) => shape * 2), shapeLon: Float64Array.from(ends, (vertex) => lon[vertex]!), shapeLat: Float64Array.from(ends, (vertex) => lat[vertex]!),
    names: streets.names, classCodes: highwayClasses.map((each) => each.code), signs: [openSigns], barriers: [], turns: [], source: { file: title, attribution: null, leftOut: {} },
  }
}
