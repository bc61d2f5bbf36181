import { compile, ruleSetSchema, vehicleFactsSchema, wholeOf, type RuleSet } from '../../src/city/access/index.ts'
import { importExtract, mainEdges, manyToMany, parseRoadVehicle, passageAt, buildSearchGraph, WayFinder, encodeNetwork, decodeNetwork, DayRoads, travelTable, type RoadNetwork } from '../../src/planning/roads/index.ts'
import { unreached } from '../../src/planning/roads/search.ts'
import { snapAll, type Snapped } from '../../src/planning/roads/snap.ts'
import { Textbook } from '../../src/planning/roads/textbook.fixture.ts'
import type { BenchLine } from './decode.ts'

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const rounded = (value: number): number => Number(value.toPrecision(3))

const places = 200
const pairs = 10_000
const vehicle = parseRoadVehicle({ massKg: 4495, heightMetres: 3.2, widthMetres: 2.2, lengthMetres: 6 })
/** A Monday morning. */
const day = '2026-11-23'
const at = Date.parse(`${day}T08:00:00+08:00`)

/** A zone over the middle of some places that is closed to diesel trucks at rush hours, and its heart all day. */
function madeUpRules(places: readonly { lon: number; lat: number }[]): RuleSet {
  const middle = (axis: 'lon' | 'lat'): number => places.map((each) => each[axis]).toSorted((a, b) => a - b)[places.length >> 1]!
  const zone = (code: string, reach: number): object => {
    const [west, east, south, north] = [middle('lon') - reach, middle('lon') + reach, middle('lat') - reach, middle('lat') + reach]
    return { code, title: code, geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } }
  }
  const ban = (code: string, times: readonly object[], priority: number): object => ({ code, title: code, zones: [code], times, vehicles: [{ energy: ['diesel'] }], effect: 'no-go', priority, notice: { code: 'n', text: '试验' } })
  return ruleSetSchema.parse({
    code: 'bench', title: '试验', cityCode: null, status: 'made-up', source: '试验', calendar: 'none', effectiveFrom: '2020-01-01T00:00:00+08:00',
    notices: [{ code: 'n', number: null, title: '试验', authority: '试验', source: '试验' }], vehicleClasses: [{ code: 'any', title: '任意', facts: {} }],
    zones: [zone('wide', 0.03), zone('heart', 0.01)],
    rules: [ban('wide', [{ from: '07:00', to: '09:00' }, { from: '17:00', to: '19:00' }], 20), ban('heart', [{ from: '06:30', to: '20:00' }], 30)],
  })
}

/** Places at random vertices from which one can come and go. */
function randomPlaces(network: RoadNetwork, usable: Uint8Array, count: number, seed: number): Snapped[] {
  const edges = [...usable.keys()].filter((edge) => usable[edge] === 1)
  let state = seed
  const points = Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const vertex = network.tail[edges[Math.floor((state / 4_294_967_296) * edges.length)]!]!
    return { lon: network.lon[vertex]!, lat: network.lat[vertex]! }
  })
  return snapAll(network, usable, points)
}

/**
 * `roads.import`, `roads.file`, `roads.matrix`, `roads.differences`, `roads.timetable`, `roads.memory`: an OSM extract named on the command line, processor seconds of one
 * core. The textbook is a plain Dijkstra with a binary heap of objects that shares only the costs (`textbook.fixture.ts`).
 */
export async function* benchRoads(file: string): AsyncGenerator<BenchLine> {
  const before = process.memoryUsage().rss
  const begun = cpuSeconds()
  const network = importExtract(file)
  const importSeconds = cpuSeconds() - begun
  yield { name: 'roads.import', value: rounded(importSeconds), unit: `CPU s for ${network.lon.length} vertices, ${network.head.length} directed edges`, against: 'the 10 s allowed', ratio: rounded(importSeconds / 10) }
  const fileBegun = cpuSeconds()
  const bytes = encodeNetwork(network)
  decodeNetwork(bytes, file)
  const fileSeconds = cpuSeconds() - fileBegun
  yield { name: 'roads.file', value: rounded(fileSeconds), unit: `CPU s to write and read ${(bytes.length / 2 ** 20).toFixed(1)} MB`, against: 'the import, s', ratio: rounded(fileSeconds / importSeconds) }

  const passage = passageAt(network, vehicle, at)
  const usable = mainEdges(network, passage.level)
  const chosen = randomPlaces(network, usable, places, 1)
  const graphBegun = cpuSeconds()
  const finder = new WayFinder(network, buildSearchGraph(network, passage), 'time')
  manyToMany(finder, chosen, chosen)
  const matrixSeconds = cpuSeconds() - graphBegun

  const textbook = new Textbook(network, passage, 'time')
  const targetsEach = pairs / places
  let differing = 0
  let textbookSeconds = 0
  const targets = randomPlaces(network, usable, pairs, 2)
  for (const [row, source] of chosen.entries()) {
    const textbookBegun = cpuSeconds()
    const labels = textbook.labels(source.places)
    textbookSeconds += cpuSeconds() - textbookBegun
    const ends = targets.slice(row * targetsEach, (row + 1) * targetsEach)
    finder.from(source)
    for (const end of ends) if ((finder.to(end)?.cost ?? unreached) !== textbook.cost(labels, source.places, end.places)) differing++
  }
  yield { name: 'roads.matrix', value: rounded(matrixSeconds), unit: `CPU s for ${places} x ${places}, search graph and first run included`, against: `plain textbook Dijkstra from the same ${places} places, CPU s`, ratio: rounded(matrixSeconds / textbookSeconds) }
  yield { name: 'roads.differences', value: differing, unit: `of ${pairs} random pairs differ from the textbook`, against: 'pairs compared', ratio: differing / pairs }

  const some = chosen.slice(0, 100).map(({ point }, index) => ({ id: String(index), ...point }))
  const tableBegun = cpuSeconds()
  travelTable(new DayRoads({ network, vehicle, day }), { profile: 'truck', places: some })
  const tableSeconds = cpuSeconds() - tableBegun
  const rules = { compiled: compile([wholeOf(madeUpRules(some))], null), facts: vehicleFactsSchema.parse({ energy: 'diesel' }) }
  const bannedBegun = cpuSeconds()
  const banned = travelTable(new DayRoads({ network, vehicle, day, rules }), { profile: 'truck', places: some })
  const bannedSeconds = cpuSeconds() - bannedBegun
  const exceptions = banned.kind === 'timetable' ? banned.exceptions.length : 0
  yield { name: 'roads.timetable', value: rounded(bannedSeconds), unit: `CPU s for the planner's table of ${some.length} places under a made-up zone with two bans, ${exceptions} pairs with several ways`, against: 'the same table without rules, CPU s', ratio: rounded(bannedSeconds / tableSeconds) }
  const megabytes = (process.memoryUsage().rss - before) / 2 ** 20
  yield { name: 'roads.memory', value: Math.round(megabytes), unit: 'MB resident after all of this, the textbook included', against: 'the process before, MB', ratio: rounded(megabytes / (before / 2 ** 20)) }
}
