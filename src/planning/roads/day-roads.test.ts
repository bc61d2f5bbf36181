import { fileURLToPath } from 'node:url'
import { describe, expect, it, test } from 'vitest'
import { compile, edgesClosed, edgeStates, isAllowedAt, mayDrive, ruleSetSchema, wholeOf, zonesOfEdges, earliestArrival, type RuleSet, type VehicleFacts } from '../../city/access/index.ts'
import { buildStreetGraph, readLayer, type StreetProperties } from '../../city/network/index.ts'
import { between } from '../../base/geo.ts'
import { startOfDay } from '../../base/time.ts'
import { parseProblem } from '../model/index.ts'
import { closuresIn, layZones, segmentGraph } from './city-rules.ts'
import { DayRoads, earliestOption, mayBegin, type WayOption } from './day-roads.ts'
import type { RoadNetwork } from './network.ts'
import { importExtract } from './osm/import-extract.ts'
import { realCity, whyRealCity } from './real-city.fixture.ts'
import { answerRoute, type RouteAnswer } from './route.ts'
import { networkOfStreets } from './streets.ts'
import { travelTable } from './travel-table.ts'
import { parseRoadVehicle } from './vehicle.ts'
import { wayLine } from './way-line.ts'

const demo = networkOfStreets(buildStreetGraph(readLayer<StreetProperties>(fileURLToPath(new URL('../../../cities/demo/world', import.meta.url)), 'streets')), 'demo')
const vehicle = parseRoadVehicle({ massKg: 4495, heightMetres: 3.2, widthMetres: 2.2, lengthMetres: 6 })
const facts: VehicleFacts = { category: 'delivery-truck', energy: 'diesel', body: 'box', plateColour: null, purpose: null, enterpriseStatus: null, unifiedMark: null, grossMassKg: 4495, plate: null, passes: [] }
const day = '2026-11-23'
const midnight = startOfDay(day)
const hour = (value: number): number => midnight + value * 3_600_000

interface Box {
  readonly lon: number
  readonly lat: number
  readonly wide: number
  readonly high: number
}
const ring = ({ lon, lat, wide, high }: Box): number[][] => [[lon - wide, lat - high], [lon + wide, lat - high], [lon + wide, lat + high], [lon - wide, lat + high], [lon - wide, lat - high]]

/** An invented zone closed to diesel trucks 07:00–09:00 and 17:00–19:00, limited 10:00–16:00, and a smaller one within it closed 06:30–20:00. */
function inventedRules(middle: Box): RuleSet {
  const rule = (code: string, zone: string, times: object[], priority: number): object => ({ code, title: code, zones: [zone], times, vehicles: [{ energy: ['diesel'] }], effect: 'no-go', priority, notice: { code: 'n', text: '试验' } })
  return ruleSetSchema.parse({
    code: 'invented', title: '试验', cityCode: null, status: 'made-up', source: '试验', calendar: 'none', effectiveFrom: '2020-01-01T00:00:00+08:00',
    notices: [{ code: 'n', number: null, title: '试验通告', authority: '试验机关', source: '试验' }], vehicleClasses: [{ code: 'any', title: '任意', facts: {} }],
    zones: [{ code: 'outer', title: '外', geometry: { type: 'Polygon', coordinates: [ring(middle)] } }, { code: 'inner', title: '内', geometry: { type: 'Polygon', coordinates: [ring({ ...middle, wide: middle.wide / 3, high: middle.high / 3 })] } }],
    rules: [rule('peak', 'outer', [{ from: '07:00', to: '09:00' }, { from: '17:00', to: '19:00' }], 20), rule('day', 'inner', [{ from: '06:30', to: '20:00' }], 30), { ...rule('slow', 'outer', [{ from: '10:00', to: '16:00' }], 10), effect: 'limited', limit: '限速30公里' }],
  })
}

interface City {
  readonly title: string
  readonly network: RoadNetwork
  readonly middle: Box
}

const cities: readonly City[] = [
  { title: 'the generated city', network: demo, middle: { lon: 120.8, lat: 34.65, wide: 0.03, high: 0.025 } },
  ...(realCity ? [{ title: whyRealCity, network: importExtract(realCity), middle: { lon: 117.0, lat: 36.65, wide: 0.03, high: 0.02 } }] : []),
]

/** Points spread over a city, in the zone and around it. */
const spread = ({ middle: { lon, lat, wide, high } }: City, count: number) => Array.from({ length: count }, (_, at) => ({ id: `p${at}`, lon: lon + wide * 2 * Math.cos(at * 2.4) * Math.sqrt((at + 0.5) / count), lat: lat + high * 2 * Math.sin(at * 2.4) * Math.sqrt((at + 0.5) / count) }))

describe.each(cities)('$title', (city) => {
  const { network, middle } = city
  const compiled = compile([wholeOf(inventedRules(middle))], null)
  const zoned = layZones(network, compiled)
  const roads = new DayRoads({ network, vehicle, rules: { compiled, facts, zoned }, day })
  const tables = compiled.vehicle(facts)
  const places = spread(city, 24)
  const snapped = roads.snapAll(places)
  const graph = segmentGraph(network)

  it('has the zones the rule engine finds on its own way', () => {
    const found: Set<string>[] = Array.from(network.head, () => new Set<string>())
    zonesOfEdges(compiled, graph).forEach((parts, segment) => parts.forEach((zones) => found[graph.edgeOf[segment]!]!.add(zones.join())))
    const mine = zoned.zonesOfEdge.map((parts) => new Set(parts.map((zones) => zones.join())))
    expect(mine).toEqual(found)
    expect(mine.filter((each) => each.size > 1).length).toBeGreaterThan(20)
  })

  it('closes in every interval the edges the engine closes', () => {
    const intervals = roads.stretches.map((each) => each.interval)
    const mine = closuresIn(zoned, tables, intervals)
    const theirs = edgesClosed(tables, compiled, { intervals, edges: zonesOfEdges(compiled, graph) })
    intervals.forEach((_, at) => {
      const closed = new Uint8Array(network.head.length)
      theirs[at]!.forEach((state, segment) => state === edgeStates.closed && (closed[graph.edgeOf[segment]!] = 1))
      expect(mine[at]!.closed).toEqual(closed)
    })
    // night, 06:30, 07:00, 09:00, 10:00, 16:00, 17:00, 19:00, 20:00, two days; three distinct states and what is open in all of them
    expect([intervals.length, roads.passages.length]).toEqual([18, 4])
  })

  it('no position at any instant of any option is refused', () => {
    const seen = { exceptions: 0, options: 0, bounded: 0, positions: 0, refusedOutside: 0 }
    for (const source of snapped.slice(0, 3)) {
      for (const options of roads.optionsFrom(source, snapped)) {
        if (!('options' in options)) continue
        seen.exceptions++
        for (const option of options.options) {
          seen.options++
          if (option.departures) seen.bounded++
          const line = wayLine(network, option.way)
          const departures = departuresToTry(option)
          // the engine's own route question is thorough and slow: one departure each
          expect(mayDrive(compiled, tables, line, departures[seen.options % departures.length]!).allowed).toBe(true)
          for (const departAt of departures) {
            seen.positions += checkPositions(line, departAt, (point, at) => isAllowedAt(compiled, tables, point, at))
          }
          for (const departAt of refusedDepartures(option).slice(0, 2)) {
            seen.refusedOutside++
            expect(mayDrive(compiled, tables, line, departAt).allowed).toBe(false)
          }
        }
      }
    }
    expect([seen.exceptions > 15, seen.bounded > 15, seen.refusedOutside > 15]).toEqual([true, true, true])
    expect(seen.positions).toBeGreaterThan(5000)
  })

  it('at every hour the best option is as quick as searching the roads open then, and never quicker than with all of them', () => {
    let slower = 0
    const free = roads.matrixAt(snapped, hour(3))
    for (const at of [hour(3), hour(12), hour(18)]) {
      const matrix = roads.matrixAt(snapped, at)
      snapped.slice(0, 8).forEach((source, row) => {
        roads.optionsFrom(source, snapped).forEach((options, column) => {
          if (row === column) return
          const all = 'always' in options ? [options.always] : options.options
          const best = Math.min(Infinity, ...all.filter((each) => mayBegin(each, at)).map((each) => each.durationSeconds))
          const now = matrix.durationSeconds[row * snapped.length + column]!
          // None of the hours is near a change: what is open at departure stays open all the way.
          expect(best).toBeCloseTo(now, 3)
          expect(now).toBeGreaterThanOrEqual(free.durationSeconds[row * snapped.length + column]! - 1e-9)
          if (Number.isFinite(now) && now > free.durationSeconds[row * snapped.length + column]!) slower++
        })
      })
    }
    expect(slower).toBeGreaterThan(20)
  })

  it('earliest option and the engine’s earliest arrival agree where there is one way', () => {
    let waited = 0
    for (const source of snapped.slice(0, 6)) {
      for (const options of roads.optionsFrom(source, snapped)) {
        if (!('options' in options) || options.options.length !== 1) continue
        const found = earliestOption(options, hour(12))
        const engine = earliestArrival(compiled, tables, wayLine(network, options.options[0]!.way), hour(12))
        if (!found || !engine) continue
        // The engine may also wait on the way, so it is never later.
        expect(engine.arriveAt).toBeLessThanOrEqual(found.departAt + found.option.durationSeconds * 1000 + 1000)
        if (found.departAt > hour(12)) waited++
      }
    }
    expect(waited).toBeGreaterThan(0)
  })

  it('becomes a travel table the planner reads', () => {
    const travel = travelTable(roads, { profile: 'truck', places: places.slice(0, 10) })
    expect(travel.kind).toBe('timetable')
    const { problem, problems } = parseProblem({
      format: 'lvpei-planning/1', places: places.slice(0, 10), travel: [travel], vehicles: [{ id: 'v', capacity: [], start: 'p0' }], orders: [{ id: 'o', delivery: { place: 'p9' } }],
    })
    expect(problems).toEqual([])
    expect(problem?.travel[0]).toEqual(travel)
    if (travel.kind !== 'timetable') return
    for (const { options } of travel.exceptions) {
      for (const { departures } of options) {
        expect(departures[0]![0]).toBe(0)
        expect(departures.at(-1)![1]).toBeNull()
        departures.slice(1).forEach(([from], at) => expect(from).toBeGreaterThan(departures[at]![0]))
      }
    }
  })

  it('a route question at rush hour: the way round, what it costs and which rule makes it', () => {
    const { lon, lat, wide } = middle
    const question = { network, vehicle, rules: { compiled, facts, zoned }, from: { lon: lon - wide * 1.6, lat }, to: { lon: lon + wide * 1.6, lat } }
    const [night, rush, noon] = [3, 8, 12].map((each) => answerRoute({ ...question, at: hour(each) })) as [RouteAnswer, RouteAnswer, RouteAnswer]
    expect([night, rush, noon].map(({ properties }) => properties.limited.map((each) => `${each.rule} ${each.limit}`))).toEqual([[], [], ['slow 限速30公里']])
    expect([night.properties.detour.durationSeconds, night.properties.barredBy]).toEqual([0, null])
    expect(rush.properties.detour.durationSeconds).toBeGreaterThan(0)
    expect(rush.properties.barredBy).toMatchObject({ rule: expect.stringMatching(/peak|day/), noticeTitle: '试验通告' })
    for (const [lonAt, latAt] of rush.geometry.coordinates) expect(isAllowedAt(compiled, tables, { lon: lonAt, lat: latAt }, hour(8))).toBe(true)
    const sum = rush.properties.steps.reduce((total, step) => total + step.distanceMetres, 0)
    expect(sum).toBeCloseTo(rush.properties.distanceMetres, 0)
    expect(rush.properties.steps[0]!.text).toMatch(/^沿.+向.+出发$/)
    expect(rush.properties.steps.at(-1)!.manoeuvre).toBe('arrive')
  })
})

/** Ends and middles of an option's windows. */
const departuresToTry = ({ departures }: WayOption): number[] => (departures ? departures.flatMap(([from, to]) => [from, (from + to) / 2, to - 1]).filter((at) => departures.some(([from, to]) => at >= from && at <= to)) : [hour(0), hour(7.9), hour(18)])

/** A second before and after windows, where that is within the horizon and in no other window. */
const refusedDepartures = (option: WayOption): number[] => (option.departures ?? []).flatMap(([from, to]) => [from - 1000, to + 1000]).filter((at) => at >= hour(0) && at <= hour(48) && !mayBegin(option, at))

function checkPositions({ path, legSeconds }: ReturnType<typeof wayLine>, departAt: number, isAllowed: (point: { lon: number; lat: number }, at: number) => boolean): number {
  let now = departAt
  let checked = 0
  legSeconds.forEach((seconds, leg) => {
    for (const share of [0.13, 0.5, 0.87]) {
      checked++
      if (!isAllowed(between(path[leg]!, path[leg + 1]!, share), now + seconds * 1000 * share)) throw new Error(`refused at leg ${leg}, ${share}`)
    }
    now += seconds * 1000
  })
  return checked
}

test('a place that is shut in all day is an exception without options, not a guess', () => {
  const closed = ruleSetSchema.parse({ ...inventedRules({ lon: 120.8, lat: 34.65, wide: 0.01, high: 0.01 }), rules: [{ code: 'shut', title: 'shut', zones: ['outer'], times: [{}], vehicles: [{}], effect: 'no-go', priority: 1, notice: { code: 'n', text: '试验' } }] })
  const roads = new DayRoads({ network: demo, vehicle, rules: { compiled: compile([wholeOf(closed)], null), facts }, day })
  const travel = travelTable(roads, { profile: 'truck', places: [{ id: 'in', lon: 120.8, lat: 34.65 }, { id: 'out', lon: 120.85, lat: 34.65 }] })
  expect(travel).toMatchObject({ kind: 'timetable', exceptions: [{ from: 'in', to: 'out', options: [] }, { from: 'out', to: 'in', options: [] }] })
})
