import { describe, expect, test } from 'vitest'
import { between } from '../../../base/geo.ts'
import { dayOf } from '../../../base/time.ts'
import { isAllowedAt } from './answers.ts'
import { compile, wholeOf, zonesAt } from './compile.ts'
import { edgesClosed, edgeStates, intervalsOfDay, zonesOfEdges, type RoadGraph } from './intervals.ts'
import { allowedWindows, departuresAlike, earliestArrival, earliestDeparture, mayDrive, partsOfPath, routeAtSpeed, type Route } from './paths.ts'
import { clocksOf, randomCalendar, randomFrom, randomInstant, randomPoint, randomRuleSet, randomVehicle, type Random } from './random-rules.fixture.ts'

const ruleSet = randomRuleSet({ seed: 11, zones: 25, rulesPerZone: 5 })
const compiled = compile([wholeOf(ruleSet)], randomCalendar)
const clocks = clocksOf(ruleSet)
const randomRoute = (random: Random): Route => routeAtSpeed(Array.from({ length: 4 }, () => randomPoint(random)), 18)

describe('routes agree with points', () => {
  test('a path is cut exactly where its zones change', () => {
    const random = randomFrom(1)
    for (let round = 0; round < 100; round++) {
      const { path } = randomRoute(random)
      const parts = partsOfPath(compiled, path)
      expect(parts[0]!.from).toBe(0)
      expect(parts.at(-1)!.to).toBe(1)
      for (const part of parts) {
        // Ends belong to either side; everything between them to this part.
        for (let step = 1; step < 8; step++) {
          const { lon, lat } = between(path[part.leg]!, path[part.leg + 1]!, part.from + ((part.to - part.from) * step) / 8)
          expect(zonesAt(compiled, lon, lat)).toEqual(part.zones)
        }
      }
    }
  })

  test('a route is barred exactly when some moment of it is', () => {
    const random = randomFrom(2)
    const seen = { free: 0, barred: 0 }
    for (let round = 0; round < 150; round++) {
      const [vehicle, route, departAt] = [compiled.vehicle(randomVehicle(random)), randomRoute(random), randomInstant(random, clocks)]
      const driven = mayDrive(compiled, vehicle, route, departAt)
      let isEverBarred = false
      for (const part of driven.parts) {
        for (let step = 0; step < 40; step++) {
          const share = (step + 0.5) / 40
          const point = between(route.path[part.leg]!, route.path[part.leg + 1]!, part.from + (part.to - part.from) * share)
          isEverBarred ||= !isAllowedAt(compiled, vehicle, point, part.entersAt + (part.leavesAt - part.entersAt) * share)
        }
      }
      seen[driven.allowed ? 'free' : 'barred']++
      // Sampling can miss a moment, never invent one.
      if (isEverBarred) expect(driven.allowed).toBe(false)
      if (driven.barredBy) expect(driven.barredBy.answer.decidedBy).not.toBeNull()
    }
    expect(seen.free).toBeGreaterThan(10)
    expect(seen.barred).toBeGreaterThan(10)
  })

  test('departures between from and until fare alike; the next allowed departure is free, and none before it', () => {
    const random = randomFrom(5)
    const seen = { bounds: 0, waits: 0 }
    for (let round = 0; round < 40; round++) {
      const [vehicle, route, departAt] = [compiled.vehicle(randomVehicle(random)), randomRoute(random), randomInstant(random, clocks)]
      const driven = mayDrive(compiled, vehicle, route, departAt)
      const isFree = (at: number): boolean => mayDrive(compiled, vehicle, route, at).allowed
      const { from, until } = departuresAlike(driven)
      const [first, last] = [Math.max(from ?? -Infinity, departAt - 86_400_000), Math.min(until ?? Infinity, departAt + 86_400_000)]
      if (until !== null || from !== null) seen.bounds++
      for (let step = 0; step < 6; step++) expect(isFree(first + ((last - first) * (step + 0.5)) / 6), `${round} ${step}`).toBe(driven.allowed)
      const next = earliestDeparture(compiled, vehicle, route, departAt)
      if (driven.allowed) expect(next).toBe(departAt)
      if (next === null || driven.allowed) continue
      seen.waits++
      expect(isFree(next)).toBe(true)
      for (let step = 0; step < 6; step++) expect(isFree(departAt + ((next - departAt) * (step + 0.5)) / 6 - 1), `${round} ${step}`).toBe(false)
    }
    expect(seen.bounds).toBeGreaterThan(20)
    expect(seen.waits).toBeGreaterThan(4)
  })

  test('the earliest arrival obeys every rule and nothing earlier does', () => {
    const random = randomFrom(3)
    let waits = 0
    let tight = 0
    for (let round = 0; round < 60; round++) {
      const [vehicle, route, departAt] = [compiled.vehicle(randomVehicle(random)), randomRoute(random), randomInstant(random, clocks)]
      const found = earliestArrival(compiled, vehicle, route, departAt)
      const direct = mayDrive(compiled, vehicle, route, departAt)
      if (direct.allowed) {
        expect(found?.arriveAt).toBeCloseTo(direct.arriveAt, -1)
        continue
      }
      if (!found) continue
      if (found.waitedMs > 1000) waits++
      expect(found.arriveAt).toBeGreaterThan(direct.arriveAt - 1)
      const [soonest, surely] = [byMinutes(vehicle, route, { departAt, rounding: 'down' }), byMinutes(vehicle, route, { departAt, rounding: 'up' })]
      expect(found.arriveAt).toBeGreaterThanOrEqual(soonest)
      expect(found.arriveAt).toBeLessThanOrEqual(surely)
      if (surely - soonest < 60 * 60_000) tight++
    }
    expect(waits).toBeGreaterThan(5)
    expect(tight).toBeGreaterThan(5)
  })
})

/**
 * The same arrival by trying every minute: which minutes one can stand at each border. Driving times are rounded to minutes: up gives
 * an arrival that is surely possible, down one that nothing can beat.
 */
function byMinutes(vehicle: ReturnType<typeof compiled.vehicle>, route: Route, { departAt, rounding }: { departAt: number; rounding: 'up' | 'down' }): number {
  const step = 60_000
  const horizon = 14 * 1440
  const [round, slack] = rounding === 'up' ? [Math.ceil, 0] : [Math.floor, step]
  let here = new Uint8Array(horizon).fill(1)
  for (const part of partsOfPath(compiled, route.path)) {
    const minutes = round((route.legSeconds[part.leg]! * 1000 * (part.to - part.from)) / step)
    const next = new Uint8Array(horizon)
    for (const [from, to] of allowedWindows(vehicle, part.zones, departAt, departAt + horizon * step)) {
      const enters = here.findIndex((can, minute) => can === 1 && departAt + minute * step >= from - slack && departAt + (minute + minutes) * step <= to + slack)
      if (enters >= 0) for (let later = enters + minutes; later < horizon && departAt + later * step <= to + slack; later++) next[later] = 1
    }
    here = next
  }
  const arrives = here.indexOf(1)
  return arrives < 0 ? Infinity : departAt + arrives * step
}

describe('streets and intervals agree with points', () => {
  test('in every interval of a day every edge is what its points are', () => {
    const random = randomFrom(4)
    const points = Array.from({ length: 60 }, () => randomPoint(random))
    // Every point is joined to the two after it, both ways.
    const joins = points.flatMap((_, at) => [1, 2].map((far) => [at, (at + far) % points.length] as const)).flatMap(([a, b]) => [[a, b], [b, a]] as const).toSorted((a, b) => a[0] - b[0])
    const first = new Uint32Array(points.length + 1)
    for (const [from] of joins) first[from + 1]! += 1
    for (let at = 0; at < points.length; at++) first[at + 1]! += first[at]!
    const graph: RoadGraph = { lon: Float64Array.from(points, (each) => each.lon), lat: Float64Array.from(points, (each) => each.lat), first, head: Uint32Array.from(joins, ([, to]) => to) }
    const edges = zonesOfEdges(compiled, graph)
    let closed = 0
    for (let round = 0; round < 8; round++) {
      const vehicle = compiled.vehicle(randomVehicle(random))
      const intervals = intervalsOfDay(compiled, vehicle, dayOf(randomInstant(random, clocks)))
      expect(intervals.at(-1)!.to - intervals[0]!.from).toBe(86_400_000)
      const states = edgesClosed(vehicle, compiled, { intervals, edges })
      intervals.forEach(({ from, to }, at) => {
        joins.forEach(([a, b], edge) => {
          const isBarred = [from, to - 1, Math.floor((from + to) / 2)].map((instant) => Array.from({ length: 25 }, (_, step) => between(points[a]!, points[b]!, (step + 0.5) / 25)).some((point) => !isAllowedAt(compiled, vehicle, point, instant)))
          // Within an interval nothing changes …
          expect(new Set(isBarred).size).toBe(1)
          // … and what a sample finds closed is closed.
          if (isBarred[0]) {
            closed++
            expect(states[at]![edge]).toBe(edgeStates.closed)
          }
        })
      })
    }
    expect(closed).toBeGreaterThan(100)
  })
})
