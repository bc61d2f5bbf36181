import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHttp } from '../../runtime/http.ts'
import { createLog } from '../../runtime/log.ts'
import { buildStreetGraph, countReachable, networkRoutes, pathTo, shortestPathsFrom, type Layer, type StreetGraph, type StreetProperties } from './index.ts'

const street = (coordinates: readonly (readonly [number, number])[], more: Partial<StreetProperties> = {}): Layer<StreetProperties>['features'][number] => ({
  type: 'Feature',
  properties: { name: '街', class: 'local', ...more },
  geometry: { type: 'LineString', coordinates },
})
const layerOf = (...features: Layer<StreetProperties>['features']): Layer<StreetProperties> => ({ type: 'FeatureCollection', features })

describe('street graph', () => {
  test('streets meet where they share a coordinate and nowhere else', () => {
    const cross = buildStreetGraph(layerOf(street([[120, 34], [120.01, 34], [120.02, 34]]), street([[120.01, 34.01], [120.01, 34], [120.01, 33.99]])))
    expect(cross.lon).toHaveLength(5)
    expect(cross.head).toHaveLength(8)
    expect(countReachable(cross)).toBe(5)
    const bridge = buildStreetGraph(layerOf(street([[120, 34], [120.02, 34]]), street([[120.01, 34.01], [120.01, 33.99]], { bridge: true })))
    expect(countReachable(bridge)).toBe(2)
  })

  test('lengths are metres, vertices are found by their coordinate', () => {
    const graph = buildStreetGraph(layerOf(street([[120, 34], [120, 34.01]])))
    expect(graph.lengthMetres[0]).toBeCloseTo(1111.95, 0)
    expect(graph.findVertex({ lon: 120, lat: 34.01 })).toBe(1)
    expect(graph.findVertex({ lon: 121, lat: 34.01 })).toBeUndefined()
  })

  test('no street is an empty graph', () => {
    expect(countReachable(buildStreetGraph(layerOf()))).toBe(0)
  })
})

/** A grid with streets missing at random. */
const grids = fc.record({ size: fc.integer({ min: 2, max: 6 }), kept: fc.array(fc.boolean(), { minLength: 72, maxLength: 72 }) }).map(({ size, kept }) => {
  const features: ReturnType<typeof street>[] = []
  const at = (x: number, y: number): readonly [number, number] => [120 + x * 0.01, 34 + y * 0.01]
  for (let x = 0; x < size; x++) {
    for (let y = 0; y < size; y++) {
      if (x + 1 < size && kept[(x * size + y) * 2]) features.push(street([at(x, y), at(x + 1, y)]))
      if (y + 1 < size && kept[(x * size + y) * 2 + 1]) features.push(street([at(x, y), at(x, y + 1)]))
    }
  }
  return buildStreetGraph(layerOf(...features))
})

/** Costs from a vertex by relaxing every edge until nothing changes. */
function relaxed(graph: StreetGraph, source: number): number[] {
  const cost = Array.from(graph.lon, (_, vertex) => (vertex === source ? 0 : Infinity))
  for (let changed = true; changed; ) {
    changed = false
    for (let vertex = 0; vertex < cost.length; vertex++) {
      for (let edge = graph.first[vertex]!; edge < graph.first[vertex + 1]!; edge++) {
        const through = cost[vertex]! + graph.lengthMetres[edge]!
        if (through >= cost[graph.head[edge]!]! - 1e-9) continue
        cost[graph.head[edge]!] = through
        changed = true
      }
    }
  }
  return cost
}

describe('shortest paths', () => {
  test('cost what relaxing every edge costs, and the path adds up to it', () => {
    fc.assert(fc.property(grids, (graph) => {
      if (graph.lon.length === 0) return
      const tree = shortestPathsFrom(graph, 0, (edge) => graph.lengthMetres[edge]!)
      relaxed(graph, 0).forEach((cost, vertex) => {
        const path = pathTo(tree, vertex)
        if (cost === Infinity) return expect(path).toBeUndefined()
        expect(tree.cost[vertex]).toBeCloseTo(cost, 6)
        expect(path!.reduce((sum, edge) => sum + graph.lengthMetres[edge]!, 0)).toBeCloseTo(cost, 6)
      })
    }))
  })
})

test('layers are public; a city without any has an empty base map; unknown layers are refused', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'network-'))
  writeFileSync(join(directory, 'water.geojson'), '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"河"},"geometry":null}]}')
  const app = await createHttp({ log: createLog('silent'), requestId: () => 'test' })
  await app.register(networkRoutes({ worldDirectoryOf: (city) => (city === '999900' ? directory : undefined), defaultCity: '999900' }))
  const water = await app.inject('/api/v1/network/water.geojson')
  expect(water.statusCode).toBe(200)
  expect(water.headers['content-type']).toContain('application/geo+json')
  expect(water.json<Layer>().features).toHaveLength(1)
  expect((await app.inject({ url: '/api/v1/network/water.geojson', headers: { 'if-none-match': String(water.headers['etag']) } })).statusCode).toBe(304)
  expect((await app.inject('/api/v1/network/water.geojson?city=320700')).json<Layer>().features).toEqual([])
  expect((await app.inject('/api/v1/network/secrets.geojson')).statusCode).toBe(400)
  await app.close()
})
