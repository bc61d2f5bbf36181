import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { compile } from '../instance/compile.ts'
import { Ejection, type EjectionSearch } from './ejection.ts'
import type { Instance } from '../instance/instance.ts'
import { Random } from '../random.ts'
import { Recreate } from './recreate.ts'
import { Routes } from '../routes.ts'
import { TrialEjection } from './trial-ejection.ts'

const orders = 13

/** Deliveries with narrow windows, of which the last is left over. */
function fullDay(seed: number): Instance {
  const random = new Random(seed)
  const places = Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: random.unit() * 1000, y: random.unit() * 1000 }))
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    objective: 'vehicles-then-cost',
    loads: ['massKg'],
    places,
    travel: [{ profile: 'plane', kind: 'euclidean' }],
    vehicles: [{ id: 'van', capacity: [30], start: 'p0', shift: { earliest: 0, latest: 8000 } }],
    orders: places.slice(1).map(({ id }) => {
      const opens = Math.floor(random.unit() * 4000)
      return { id, load: [3 + random.below(6)], delivery: { place: id, serviceSeconds: 60, windows: [[opens, opens + 700] as [number, number]] } }
    }),
  })
  return compile(problem!)
}

/** Whether a vehicle can serve a sequence. */
function isPossible({ fleet, durations, locations, locationOf, open, close, service, amount }: Instance, sequence: readonly number[]): boolean {
  let [at, free, load] = [fleet.start[0]!, 0, 0]
  for (const task of sequence) {
    const begin = Math.max(open[task]!, free + durations[at * locations + locationOf[task]!]!)
    load += amount[task]!
    if (begin > close[task]! || load > fleet.capacity[0]!) return false
    free = begin + service[task]!
    at = locationOf[task]!
  }
  return free + durations[at * locations + fleet.end[0]!]! <= fleet.shiftLatest[0]!
}

/** Least sum over all sets of up to `most` tasks of a route, and all positions. */
function leastSum(instance: Instance, rows: readonly number[][], task: number, counter: Float64Array, most: number): number {
  let least = Infinity
  for (const row of rows)
    for (let mask = 0; mask < 1 << row.length; mask++) {
      const kept = row.filter((_, at) => (mask & (1 << at)) === 0)
      if (row.length - kept.length > most || kept.length === 0) continue
      const sum = row.filter((_, at) => mask & (1 << at)).reduce((total, each) => total + 1 + counter[each]!, 0)
      if (sum < least && kept.concat(0).some((_, at) => isPossible(instance, [...kept.slice(0, at), task, ...kept.slice(at)]))) least = sum
    }
  return least
}

describe('ejection', () => {
  it.each([['along the route', 4], ['set by set', 3]] as const)('%s finds the set that is easiest to place again', (way, most) => {
    let found = 0
    for (let seed = 1; seed <= 300; seed++) {
      const instance = fullDay(seed)
      const routes = new Routes(instance)
      const recreate = new Recreate(instance, routes, new Random(seed), null)
      const counter = Float64Array.from({ length: orders }, (_, at) => (at * 7 + seed) % 5)
      recreate.run(Int32Array.from({ length: orders - 1 }, (_, at) => at), orders - 1)
      routes.commit()
      const rows = Array.from(routes.active.subarray(0, routes.activeCount), (route) => listRow(routes, route))
      const search: EjectionSearch = way === 'set by set' ? new TrialEjection(instance, routes, recreate, counter) : new Ejection(instance, routes, counter)
      const expected = leastSum(instance, rows.filter((row) => row.length > most), orders - 1, counter, most)
      const small = leastSum(instance, rows.filter((row) => row.length <= most), orders - 1, counter, most)
      // an empty set needs no force, and what empties a route is no exchange: both are left to the search
      if (expected === 0 || small < Infinity || expected === Infinity) continue
      found++
      expect(search.find(orders - 1, expected, 0)).toBe(false)
      expect(search.find(orders - 1, expected + 0.5, 0)).toBe(true)
      const chosen = Array.from(search.ejected.subarray(0, search.count))
      expect(chosen.reduce((sum, each) => sum + 1 + counter[each]!, 0)).toBe(expected)
      const kept = listRow(routes, search.route).filter((each) => !chosen.includes(each))
      expect(kept.concat(0).some((_, at) => isPossible(instance, [...kept.slice(0, at), orders - 1, ...kept.slice(at)]))).toBe(true)
    }
    expect(found).toBeGreaterThan(12)
  })
})

function listRow(routes: Routes, route: number): number[] {
  const row: number[] = []
  for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) row.push(node)
  return row
}
