import type { Feature, Layer, LayerName, Position, StreetProperties } from '../../src/city/network/index.ts'
import { layDistricts, layGreen, layWater, layZones } from './areas.ts'
import { metresOf, pointOf, type Metres } from './plane.ts'
import { placeSites, type Site } from './sites.ts'
import { layStreets, type StreetPiece } from './streets.ts'

/** The seed 青港市 is made from; another one makes another city. */
export const citySeed = 20250701

export interface World {
  readonly layers: Readonly<Record<LayerName, Layer>>
  readonly sites: readonly Site[]
}

/** The whole made-up city: base map and places. The same seed gives the same city, byte for byte. */
export function generateWorld(seed: number = citySeed): World {
  const pieces = layStreets(seed)
  const placed = placeSites(seed, pieces)
  const entrances = new Map(placed.map(({ site, piece }) => [piece, site.entrance]))
  const collection = (features: readonly Feature[]): Layer => ({ type: 'FeatureCollection', features })
  return {
    layers: {
      districts: collection(layDistricts()),
      green: collection(layGreen()),
      water: collection(layWater()),
      zones: collection(layZones()),
      streets: collection(streetFeatures(pieces, entrances)),
    },
    sites: placed.map(({ site }) => site),
  }
}

const sameRun = (a: StreetPiece, b: StreetPiece): boolean =>
  a.line === b.line && a.name === b.name && a.class === b.class && a.bridge === b.bridge && a.tunnel === b.tunnel && a.to.x === b.from.x && a.to.y === b.from.y

/** Joins pieces that follow each other to runs; entrances of sites become points of the line. */
function streetFeatures(pieces: readonly StreetPiece[], entrances: ReadonlyMap<StreetPiece, { lon: number; lat: number }>): Feature[] {
  const runs: StreetPiece[][] = []
  for (const piece of pieces) {
    const run = runs.at(-1)
    if (run && sameRun(run.at(-1)!, piece)) run.push(piece)
    else runs.push([piece])
  }
  return runs.map((run) => {
    const { name, class: streetClass, bridge, tunnel } = run[0]!
    const properties: StreetProperties = { name: structureName(run[0]!) ?? name, class: streetClass, ...(bridge && { bridge }), ...(tunnel && { tunnel }) }
    const coordinates: Position[] = [position(run[0]!.from)]
    for (const piece of run) {
      const entrance = entrances.get(piece)
      if (entrance) coordinates.push(position(metresOf(entrance)))
      coordinates.push(position(piece.to))
    }
    return { type: 'Feature', properties: { ...properties }, geometry: { type: 'LineString', coordinates } }
  })
}

function structureName({ name, bridge, tunnel }: StreetPiece): string | undefined {
  if (tunnel) return `${name}塔山隧道`
  return bridge ? `${name}澄江大桥` : undefined
}

const position = (metres: Metres): Position => {
  const { lon, lat } = pointOf(metres)
  return [lon, lat]
}
