import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { lattice, nodeId as node, pointAt, writeExtract, type MadeUpExtract } from './extract.fixture.ts'
import { randomExtract } from './random-extract.fixture.ts'
import { importExtract } from './osm/import-extract.ts'
import { mainEdges } from './components.ts'
import { WayFinder } from './many-to-many.ts'
import type { RoadNetwork } from './network.ts'
import { passageAt } from './passage.ts'
import { realCity, whyRealCity } from './real-city.fixture.ts'
import { buildSearchGraph } from './search-graph.ts'
import { unreached, type Metric } from './search.ts'
import { snap, snapAll } from './snap.ts'
import { Textbook } from './textbook.fixture.ts'
import { parseRoadVehicle, type RoadVehicle } from './vehicle.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-ways-'))
let files = 0
function networkOf(extract: MadeUpExtract): RoadNetwork {
  const file = join(folder, `${files++}.osm.pbf`)
  writeExtract(file, extract)
  return importExtract(file)
}
const vehicle = parseRoadVehicle({ massKg: 4495, heightMetres: 3, widthMetres: 2, lengthMetres: 6 })
const noon = Date.parse('2026-11-25T12:00:00+08:00')

/** Metres of the shortest way between two places of the plane; Infinity when there is none. */
function metres(network: RoadNetwork, from: readonly [number, number], to: readonly [number, number], { who = vehicle, at = noon }: { who?: RoadVehicle; at?: number } = {}): number {
  const passage = passageAt(network, who, at)
  const [source, target] = snapAll(network, mainEdges(network, passage.level), [pointAt(...from), pointAt(...to)])
  const found = new WayFinder(network, buildSearchGraph(network, passage), 'distance').from(source!).to(target!)
  return found ? Math.round(found.cost / 100) : Infinity
}

describe('turn restrictions', () => {
  // from the middle of the lower row, eastwards, to the column going up at 100
  const [from, to] = [[50, 0], [100, 50]] as const
  const turn = (tags: Record<string, string>, members: readonly (readonly ['node' | 'way', number, string])[]): RoadNetwork => networkOf({ ...lattice(4, 4), relations: [{ id: 1, tags: { type: 'restriction', ...tags }, members }] })
  const leftAt1 = [['way', 10_000, 'from'], ['node', node(1, 0), 'via'], ['way', 20_100, 'to']] as const

  it.each<[string, Record<string, string>, number]>([
    ['without any', { restriction: 'none' }, 100],
    ['no left turn: on to the next street and back round', { restriction: 'no_left_turn' }, 300],
    ['only straight on', { restriction: 'only_straight_on' }, 100],
    ['except goods vehicles', { restriction: 'no_left_turn', except: 'hgv;goods' }, 100],
    ['except buses does not help', { restriction: 'no_left_turn', except: 'psv' }, 300],
    ['for heavy goods vehicles only', { 'restriction:hgv': 'no_left_turn' }, 300],
    ['in hours that hold', { 'restriction:conditional': 'no_left_turn @ (Mo-Fr 07:00-19:00)' }, 300],
    ['in hours that do not', { 'restriction:conditional': 'no_left_turn @ (Sa,Su)' }, 100],
  ])('%s', (_, tags, expected) => expect(metres(turn(tags, leftAt1), from, to)).toBe(expected))

  it('only_ forbids all other turns', () => {
    const only = turn({ restriction: 'only_straight_on' }, [['way', 10_000, 'from'], ['node', node(1, 0), 'via'], ['way', 10_100, 'to']])
    expect(metres(only, from, to)).toBe(300)
    expect(metres(only, from, [150, 0])).toBe(100)
  })

  it('over a way: neither turn is forbidden, but one after the other', () => {
    const around = turn({ restriction: 'no_u_turn' }, [['way', 10_000, 'from'], ['way', 20_100, 'via'], ['way', 10_001, 'to']])
    // 140 m would be left and left again; the other way round it is 260
    expect(metres(around, [80, 0], [80, 100])).toBe(260)
    expect([metres(around, [80, 0], [100, 50]), metres(around, [100, 50], [80, 100])]).toEqual([70, 70])
  })

  it('that cannot be placed are counted, not guessed', () => {
    expect(turn({ restriction: 'no_left_turn' }, [['way', 10_000, 'from'], ['node', node(3, 3), 'via'], ['way', 20_100, 'to']]).source.leftOut).toEqual({ '转向限制的成员不全或不相接': 1 })
  })

  it('nobody turns round in the road but at its end', () => {
    const street = networkOf({ nodes: [0, 1, 2, 3].map((at) => ({ id: at + 1, x: at * 100, y: 0 })), ways: [{ id: 1, refs: [1, 2], tags: { highway: 'residential' } }, { id: 2, refs: [2, 3], tags: { highway: 'residential' } }, { id: 3, refs: [3, 4], tags: { highway: 'residential', oneway: 'yes' } }, { id: 4, refs: [4, 2], tags: { highway: 'residential', oneway: 'yes' } }] })
    const passage = passageAt(street, vehicle, noon)
    const graph = buildSearchGraph(street, passage)
    const turning = [...street.twin.keys()].filter((edge) => graph.successor.slice(graph.first[edge], graph.first[edge + 1]).includes(street.twin[edge]!))
    // of all edges only the one that comes to the end of the street
    expect(turning.map((edge) => Math.round((street.lon[street.head[edge]!]! - pointAt(0, 0).lon) * 1e5))).toEqual([0])
  })
})

describe('truck signs on the way', () => {
  it('limits, hours and barriers make detours for whom they concern', () => {
    const signed = (tags: Record<string, string>): RoadNetwork => networkOf(lattice(3, 3, ({ isRow, column, row }) => (isRow && row === 0 && column === 1 ? tags : {})))
    const across = (network: RoadNetwork, options?: Parameters<typeof metres>[3]): number => metres(network, [50, 0], [200, 50], options)
    expect(across(signed({}))).toBe(200)
    expect(across(signed({ maxheight: '2.8' }))).toBe(300)
    expect(across(signed({ maxheight: '3.2' }))).toBe(200)
    expect(across(signed({ 'hgv:conditional': 'no @ (07:00-19:00)' }))).toBe(300)
    expect(across(signed({ 'hgv:conditional': 'no @ (07:00-19:00)' }), { at: noon + 8 * 3_600_000 })).toBe(200)
    expect(across(signed({ oneway: '-1' }))).toBe(300)
    const gated = lattice(3, 3)
    const withBarrier = (tags: Record<string, string>): RoadNetwork => networkOf({ nodes: [...gated.nodes, { id: 9000, x: 150, y: 0, tags }], ways: gated.ways.map((way) => (way.id === 10_100 ? { ...way, refs: [way.refs[0]!, 9000, way.refs[1]!] } : way)) })
    expect([across(withBarrier({ barrier: 'bollard' })), across(withBarrier({ barrier: 'gate' })), across(withBarrier({ barrier: 'height_restrictor', maxheight: '2.5' }))]).toEqual([300, 200, 300])
  })

  it('roads for residents are driven to, never through', () => {
    const residents = networkOf(lattice(3, 3, ({ isRow, column, row }) => (isRow && row === 0 && column === 1 ? { access: 'destination' } : { access: 'yes' })))
    expect(metres(residents, [50, 0], [200, 50])).toBe(300)
    expect(metres(residents, [50, 0], [150, 0])).toBe(100)
    expect(metres(residents, [150, 0], [200, 50])).toBe(100)
  })
})

describe('snapping', () => {
  const withIsland: MadeUpExtract = { nodes: [...lattice(3, 3).nodes, { id: 9001, x: 500, y: 0 }, { id: 9002, x: 600, y: 0 }, { id: 9003, x: 0, y: 300 }], ways: [...lattice(3, 3).ways, { id: 1, refs: [9001, 9002], tags: { highway: 'primary' } }, { id: 2, refs: [node(0, 2), 9003], tags: { highway: 'service', oneway: 'yes' } }] }
  const network = networkOf(withIsland)
  const usable = mainEdges(network, passageAt(network, vehicle, noon).level)

  it('never lands on an island or in a trap', () => {
    for (const [x, y] of [[510, 5], [0, 290]] as const) {
      const snapped = snap(network, usable, pointAt(x, y))!
      expect(snapped.offMetres).toBeGreaterThan(50)
      for (const { edge } of snapped.places) expect(usable[edge]).toBe(1)
    }
  })

  it('finds the nearest road, the share along it and both directions', () => {
    const snapped = snap(network, usable, pointAt(30, 4))!
    expect(snapped.offMetres).toBeCloseTo(4, 0)
    expect(snapped.places.map((each) => each.share.toFixed(2)).toSorted()).toEqual(['0.30', '0.70'])
  })

  it('at a crossing stands at every road of it: nobody drives round the block to come by one of them', () => {
    const oneWay = networkOf(lattice(3, 3, ({ isRow, row }) => ({ oneway: isRow ? (row === 1 ? '-1' : 'yes') : 'no' })))
    const corner = snap(oneWay, mainEdges(oneWay, passageAt(oneWay, vehicle, noon).level), pointAt(100, 100.3))!
    expect(corner.places.map((each) => each.share).toSorted()).toEqual([0, 0, 0, 1, 1, 1])
    expect([metres(oneWay, [100, 0], [100, 100]), metres(oneWay, [200, 100], [100, 100]), metres(oneWay, [100, 100], [100, 200]), metres(oneWay, [0, 100], [100, 100])]).toEqual([100, 100, 100, 300])
  })

  it('refuses what is too far, naming each point', () => {
    expect(() => snapAll(network, usable, [pointAt(0, 0), pointAt(0, 2000), pointAt(9000, 0)])).toThrow(/roads-too-far.*roads-too-far/)
  })

  it('is as near as looking at every road', () => {
    const every = snapAll(network, usable, Array.from({ length: 60 }, (_, at) => pointAt((at * 37) % 230, (at * 61) % 230)))
    every.forEach(({ offMetres }, at) => {
      const [x, y] = [(at * 37) % 230, (at * 61) % 230]
      const toLine = (value: number, other: number): number => Math.min(...[0, 100, 200].map((line) => Math.hypot(value - line, Math.max(0, other - 200))))
      expect(offMetres).toBeCloseTo(Math.min(toLine(x, y), toLine(y, x)), 0)
    })
  })
})

/** Pairs whose cost differs from the textbook's. */
function differing(network: RoadNetwork, { metric, sources, targets }: { metric: Metric; sources: number; targets: number }): { differing: number; pairs: number; unreachable: number } {
  const passage = passageAt(network, vehicle, noon)
  const finder = new WayFinder(network, buildSearchGraph(network, passage), metric)
  const textbook = new Textbook(network, passage, metric)
  const edges = network.head.length
  const placeAt = (at: number) => {
    const edge = (at * 7919) % edges
    const share = ((at * 31) % 100) / 100
    return { point: { lon: 0, lat: 0 }, offMetres: 0, places: [{ edge, share }, ...(network.twin[edge]! < 0 ? [] : [{ edge: network.twin[edge]!, share: 1 - share }])] }
  }
  const counts = { differing: 0, pairs: 0, unreachable: 0 }
  for (let row = 0; row < sources; row++) {
    const source = placeAt(row + 1)
    const ends = Array.from({ length: targets }, (_, column) => placeAt(row * targets + column + 13))
    finder.from(source, row % 2 === 0 ? ends : undefined)
    const labels = textbook.labels(source.places)
    for (const end of ends) {
      const [mine, theirs] = [finder.to(end)?.cost ?? unreached, textbook.cost(labels, source.places, end.places)]
      counts.pairs++
      if (mine !== theirs) counts.differing++
      if (theirs === unreached) counts.unreachable++
    }
  }
  return counts
}

describe('equal to a plain textbook Dijkstra', () => {
  test('on random networks with turn rules, signs, residents’ roads and barriers', () => {
    let unreachable = 0
    for (let seed = 1; seed <= 16; seed++) {
      const counts = differing(networkOf(randomExtract(seed)), { metric: seed % 2 ? 'time' : 'distance', sources: 14, targets: 20 })
      expect({ seed, differing: counts.differing }).toEqual({ seed, differing: 0 })
      unreachable += counts.unreachable
    }
    expect(unreachable).toBeGreaterThan(100)
    expect(unreachable).toBeLessThan(2500)
  })

  test.skipIf(!realCity)(whyRealCity, () => {
    const network = importExtract(realCity!)
    for (const metric of ['time', 'distance'] as const) expect(differing(network, { metric, sources: 10, targets: 50 }).differing).toBe(0)
  })
})

test('the way found adds up to its cost and obeys what follows what', () => {
  const network = networkOf(randomExtract(7))
  const passage = passageAt(network, vehicle, noon)
  const finder = new WayFinder(network, buildSearchGraph(network, passage), 'distance')
  const usable = mainEdges(network, passage.level)
  const edges = [...usable.keys()].filter((edge) => usable[edge])
  let walked = 0
  for (const from of edges.slice(0, 20)) {
    finder.from({ point: pointAt(0, 0), offMetres: 0, places: [{ edge: from, share: 0.25 }] })
    for (const to of edges) {
      const ended = finder.to({ point: pointAt(0, 0), offMetres: 0, places: [{ edge: to, share: 0.5 }] })
      if (!ended) continue
      const way = finder.wayOf(ended)
      walked++
      expect([way.edges[0], way.edges.at(-1)]).toEqual([from, to])
      way.edges.slice(1).forEach((edge, at) => expect(network.tail[edge]).toBe(network.head[way.edges[at]!]))
      const sum = way.edges.reduce((total, edge, at) => total + network.lengthMetres[edge]! * ((at === way.edges.length - 1 ? way.endShare : 1) - (at === 0 ? way.startShare : 0)), 0)
      expect(ended.cost / 100).toBeCloseTo(sum, 0)
    }
  }
  expect(walked).toBeGreaterThan(100)
})
