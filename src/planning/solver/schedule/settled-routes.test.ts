import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { randomCityProblem } from '../../random-city.fixture.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import { ExactSimulation } from '../judges/exact-simulation.ts'
import type { Instance } from '../instance/instance.ts'
import { Placement } from '../moves/placement.ts'
import { Random } from '../random.ts'
import { Routes, type Packed } from '../routes.ts'
import { Search } from '../search.ts'

interface Searched {
  readonly instance: Instance
  readonly packed: Packed
  readonly cost: number
}

/** Plans of random cities in which routes share berths or points, after a short search. */
const searched: readonly Searched[] = Array.from({ length: 60 }, (_, seed) => seed + 1).flatMap((seed) => {
  const instance = compile(parseProblem(randomCityProblem(seed)).problem!)
  if (!instance.schedule?.shared.length) return []
  const search = new Search(instance, { seed, stream: 0, budget: { iterations: 15 }, isVehiclesFirst: false, outside: { now: () => 0, isCancelled: () => false } })
  search.advance(1)
  return search.best.absent === 0 ? [{ instance, packed: search.best.packed, cost: search.best.objective }] : []
})

function load({ instance, packed }: Searched): Routes {
  const routes = new Routes(instance)
  routes.exact = ExactSimulation.when(instance, routes)
  routes.load(packed)
  return routes
}

const schedules = (routes: Routes): unknown => Array.from(routes.active.subarray(0, routes.activeCount), (route) => routes.exact!.trace(route))

describe('routes that share berths and points', () => {
  it('cost the same wherever a packed plan is loaded', () => {
    expect(searched.length).toBeGreaterThan(15)
    for (const each of searched) expect(load(each).cost).toBeCloseTo(each.cost, 4)
  })

  it('have the very schedules back when changes are undone', () => {
    for (const each of searched) {
      const routes = load(each)
      const before = { packed: routes.pack(), cost: routes.cost, schedules: schedules(routes) }
      const draw = lcg(each.packed.length)
      const touched = new Set<number>()
      for (let task = 0; task < each.instance.tasks; task++) {
        const mate = each.instance.mate[task]!
        if (routes.routeOf[task]! < 0 || (mate >= 0 && mate < task) || draw(2)) continue
        touched.add(routes.routeOf[task]!)
        if (mate >= 0) routes.remove(mate)
        routes.remove(task)
      }
      for (const route of touched) if (routes.size[route]! > 0) routes.refresh(route)
      routes.rollback()
      expect({ packed: routes.pack(), cost: routes.cost, schedules: schedules(routes) }).toEqual(before)
    }
  })

  it('are refused no place by the quick tests that the judge allows', () => {
    const counts = { allowed: 0, refused: 0 }
    for (const each of searched) {
      // with one trip loads are the quick tests' own part, and so is the order of deliveries and collections
      if (each.instance.has.trips && !each.instance.has.backhaulsLast) askEverywhere(load(each), counts)
    }
    expect(counts.allowed).toBeGreaterThan(30)
    expect(counts.refused).toBe(0)
  })
})

/** Takes each task out and asks judge and quick tests for a place in every route. */
function askEverywhere(routes: Routes, counts: { allowed: number; refused: number }): void {
  const { tasks, mate, fleet } = routes.instance
  for (let task = 0; task < tasks; task++) {
    const home = routes.routeOf[task]!
    if (home < 0 || mate[task]! >= 0 || routes.size[home]! < 2) continue
    routes.remove(task)
    routes.refresh(home)
    for (const route of routes.isDrivable(home) ? routes.active.slice(0, routes.activeCount) : []) {
      const kind = routes.kindOf[route]!
      if (fleet.mayServe[kind * tasks + task] === 0 || routes.size[route]! >= fleet.maxStops[kind]!) continue
      let best = Infinity
      for (let after = routes.startOf(route); routes.next[after]! >= 0; after = routes.next[after]!) best = Math.min(best, routes.exact!.priceInsertion({ route, kind, task, after, mate: -1, mateAfter: -1 }, Infinity))
      if (best === Infinity) continue
      counts.allowed++
      const placement = new Placement(routes.instance, routes, new Random(7), routes.exact)
      // a place is overlooked now and then on purpose; not four times
      const isFound = [1, 2, 3, 4].some(() => {
        placement.findIn(task, route)
        return placement.delta < Infinity
      })
      if (!isFound) counts.refused++
    }
    routes.rollback()
  }
}
