import { buildStreetGraph, pathTo, readLayer, shortestPathsFrom, streetClasses, type PathTree, type StreetClass, type StreetGraph, type StreetProperties } from '../../src/city/network/index.ts'
import { metresPerSecondFromKmh } from '../../src/base/units.ts'
import { readSites, worldDirectory, type Site } from '../world/index.ts'

/** Half-edges from one place to another in driving order. */
export interface Leg {
  readonly edges: readonly number[]
  readonly lengthMetres: number
}

/** Speeds on an empty street. */
export const freeSpeedKmh: Readonly<Record<StreetClass, number>> = { expressway: 62, arterial: 42, secondary: 33, local: 23 }
const speeds = streetClasses.map((name) => metresPerSecondFromKmh(freeSpeedKmh[name]))
const expressway = streetClasses.indexOf('expressway')

export type RoadUser = 'truck' | 'tricycle'

/** The streets as drivers know them: the quickest way between any two sites, remembered. */
export class Roads {
  readonly graph: StreetGraph
  readonly sites: readonly Site[]
  readonly #vertexOfSite = new Map<string, number>()
  readonly #trees = new Map<string, PathTree>()
  readonly #legs = new Map<string, Map<number, Leg>>()

  constructor(graph: StreetGraph, sites: readonly Site[]) {
    this.graph = graph
    this.sites = sites
    for (const site of sites) {
      const vertex = graph.findVertex(site.entrance)
      if (vertex === undefined) throw new Error(`${site.name} stands at no street`)
      this.#vertexOfSite.set(site.id, vertex)
    }
  }

  vertexOf(siteId: string): number {
    const vertex = this.#vertexOfSite.get(siteId)
    if (vertex === undefined) throw new Error(`no site ${siteId}`)
    return vertex
  }

  /** The quickest way on empty streets; tricycles keep off the ring as far as they can. */
  leg(user: RoadUser, from: number, to: number): Leg {
    const key = `${user} ${from}`
    let known = this.#legs.get(key)
    if (!known) this.#legs.set(key, (known = new Map()))
    let leg = known.get(to)
    if (!leg) known.set(to, (leg = this.#find(key, user, from, to)))
    return leg
  }

  #find(key: string, user: RoadUser, from: number, to: number): Leg {
    const { lengthMetres, streetClass } = this.graph
    let tree = this.#trees.get(key)
    if (!tree) {
      const isShy = user === 'tricycle'
      tree = shortestPathsFrom(this.graph, from, (edge) => (isShy ? lengthMetres[edge]! * (streetClass[edge] === expressway ? 8 : 1) : lengthMetres[edge]! / speeds[streetClass[edge]!]!))
      this.#trees.set(key, tree)
    }
    const edges = pathTo(tree, to)
    if (!edges) throw new Error(`no way from vertex ${from} to ${to}`)
    return { edges, lengthMetres: edges.reduce((sum, edge) => sum + lengthMetres[edge]!, 0) }
  }
}

/** Free speed of a street class by index, metres a second. */
export const freeSpeedOf = (streetClass: number): number => speeds[streetClass]!

export const openRoads = (): Roads => new Roads(buildStreetGraph(readLayer<StreetProperties>(worldDirectory, 'streets')), readSites())
