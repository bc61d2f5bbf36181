import { join } from 'node:path'
import type { Point } from '../base/geo.ts'
import { distanceMetres } from '../base/geo.ts'
import { createRules, readCalendars, type AccessDeps } from '../city/access/index.ts'
import { buildStreetGraph, pathTo, readLayer, shortestPathsFrom, type StreetGraph, type StreetProperties } from '../city/network/index.ts'
import type { Core } from './core.ts'

/** Further than this from any street a place is not taken to be on the network. */
const nearStreetMetres = 1000

/** The rule engine of this process with the cities' files, calendars and streets. */
export function createAccess({ database: { db }, clock, cities, settings }: Pick<Core, 'database' | 'clock' | 'cities' | 'settings'>): AccessDeps {
  const rules = createRules({ db, clock, directoryOf: (code) => cities.directoryOf(code), calendars: readCalendars(join(settings.citiesDirectory, 'calendar')) })
  const graphs = new Map<string, StreetGraph | null>()
  const graphOf = (cityCode: string): StreetGraph | null => {
    if (!graphs.has(cityCode)) {
      const directory = cities.directoryOf(cityCode)
      const layer = directory === undefined ? undefined : readLayer<StreetProperties>(join(directory, 'world'), 'streets')
      graphs.set(cityCode, layer && layer.features.length > 0 ? buildStreetGraph(layer) : null)
    }
    return graphs.get(cityCode)!
  }
  return {
    db, clock, rules,
    findPath(cityCode, from, to) {
      const graph = graphOf(cityCode)
      const [start, end] = graph ? [nearestVertex(graph, from), nearestVertex(graph, to)] : [undefined, undefined]
      if (!graph || start === undefined || end === undefined) return undefined
      const edges = pathTo(shortestPathsFrom(graph, start, (edge) => graph.lengthMetres[edge]!), end)
      const at = (vertex: number): Point => ({ lon: graph.lon[vertex]!, lat: graph.lat[vertex]! })
      return edges && [from, at(start), ...edges.map((edge) => at(graph.head[edge]!)), to]
    },
  }
}

function nearestVertex(graph: StreetGraph, point: Point): number | undefined {
  let best: number | undefined
  let nearest = nearStreetMetres
  for (let vertex = 0; vertex < graph.lon.length; vertex++) {
    const metres = distanceMetres(point, { lon: graph.lon[vertex]!, lat: graph.lat[vertex]! })
    if (metres < nearest) [best, nearest] = [vertex, metres]
  }
  return best
}
