import { describe, expect, it } from 'vitest'
import { checkPlan } from '../../checker/index.ts'
import { solve, solveHere } from '../index.ts'
import { compile } from '../instance/compile.ts'
import { Random } from '../random.ts'
import { Search } from '../search.ts'
import { isGround, routesOf } from './ground.ts'
import { loadInstance, loadProblem } from './ground.fixture.ts'
import { HybridSearch } from './hybrid-search.ts'
import { Parts } from './parts.ts'

const nowhere = { now: () => 0, isCancelled: () => false }

/** Cheapest plan of a few orders: every set of them as one route by Held & Karp, and the cheapest partition into such sets. */
function cheapestPlan(problem: ReturnType<typeof loadProblem>): number {
  const { tasks, arcs, locations, locationOf, fleet, amount } = compile(problem)
  const way = (from: number, to: number) => arcs[(from < 0 ? fleet.start[0]! : locationOf[from]!) * locations + (to < 0 ? fleet.end[0]! : locationOf[to]!)]!
  const sets = 1 << tasks
  const tour = Array.from({ length: sets }, () => new Float64Array(tasks).fill(Infinity))
  const plan = new Float64Array(sets).fill(Infinity)
  const route = new Float64Array(sets).fill(Infinity)
  plan[0] = 0
  for (let set = 1; set < sets; set++) {
    const members = Array.from({ length: tasks }, (_, task) => task).filter((task) => set & (1 << task))
    if (members.reduce((sum, task) => sum + amount[task]!, 0) <= fleet.capacity[0]!)
      for (const last of members) {
        const rest = set ^ (1 << last)
        tour[set]![last] = rest === 0 ? way(-1, last) : Math.min(...members.filter((each) => each !== last).map((each) => tour[rest]![each]! + way(each, last)))
        route[set] = Math.min(route[set]!, tour[set]![last]! + way(last, -1) + fleet.fixedCost[0]!)
      }
    for (let part = set; part > 0; part = (part - 1) & set) plan[set] = Math.min(plan[set]!, route[part]! + plan[set ^ part]!)
  }
  return plan[sets - 1]!
}

describe('hybrid search', () => {
  it.each([[{}], [{ oneWay: true }], [{ fixedCost: 400 }], [{ end: null }], [{ count: 4 }]] as const)('finds the cheapest plan of twelve orders %j', (more) => {
    for (let seed = 1; seed <= 3; seed++) {
      const problem = loadProblem(seed, 12, more)
      const plan = solveHere(problem, { iterations: 12_000, seed })
      expect(checkPlan(problem, plan).violations).toEqual([])
      expect(plan.unassigned).toEqual([])
      expect(plan.cost).toBeCloseTo(cheapestPlan(problem), 6)
    }
  })

  it('is used for loads alone, and not where windows, several kinds or optional orders bind', () => {
    const problem = loadProblem(1, 20)
    expect(HybridSearch.isFor(compile(problem))).toBe(true)
    const [van] = problem.vehicles
    const [order] = problem.orders
    for (const other of [
      { ...problem, vehicles: [van!, { ...van!, id: 'lorry', capacity: [50] }] },
      { ...problem, vehicles: [{ ...van!, shift: { earliest: 0, latest: 9000 } }] },
      { ...problem, orders: [{ ...order!, penalty: 10 }, ...problem.orders.slice(1)] },
      { ...problem, vehicles: [{ ...van!, maxStops: 3 }] },
      { ...problem, vehicles: [{ ...van!, maxDistanceMetres: 3000 }] },
      { ...problem, fleetLimits: [{ vehicles: ['van'], count: 2 }] },
      { ...problem, orders: [{ ...order!, delivery: undefined, pickup: order!.delivery }, ...problem.orders.slice(1)] },
    ]) expect(isGround(compile(other as typeof problem))).toBe(false)
  })

  it('gives the same plan for the same seed and workers', async () => {
    const problem = loadProblem(4, 60)
    const options = { iterations: 8_000, seed: 7, workers: 2 }
    const [first, second] = [await solve(problem, options).plan, await solve(problem, options).plan]
    expect({ ...first, seconds: 0 }).toEqual({ ...second, seconds: 0 })
    expect(checkPlan(problem, first).violations).toEqual([])
    expect((await solve(problem, { ...options, seed: 8 }).plan).routes).not.toEqual(first.routes)
  }, 60_000)

  it('uses no more vehicles than the strings found when vehicles come first', () => {
    const problem = loadProblem(6, 50, { objective: 'vehicles-then-cost', fixedCost: 0 })
    const plan = solveHere(problem, { iterations: 20_000, seed: 1 })
    const goods = problem.orders.reduce((sum, each) => sum + each.load![0]!, 0)
    expect(checkPlan(problem, plan).violations).toEqual([])
    expect(plan.vehicles).toBeLessThanOrEqual(Math.ceil(goods / 30) + 1)
  })

  it('goes on with strings when there are too few vehicles for all orders', () => {
    const problem = loadProblem(6, 30, { count: 2 })
    const plan = solveHere(problem, { iterations: 6000, seed: 1 })
    expect(checkPlan(problem, plan).violations).toEqual([])
    expect(plan.unassigned.length).toBeGreaterThan(0)
    expect(plan.iterations).toBeGreaterThan(5000)
  })

  it('is cheaper than strings alone with the same iterations, over several cities', () => {
    let [hybrid, strings] = [0, 0]
    for (let seed = 1; seed <= 4; seed++) {
      const instance = loadInstance(seed, 80)
      const options = { seed, stream: 0, budget: { iterations: 60_000 }, outside: nowhere, isVehiclesFirst: false }
      for (const search of [new HybridSearch(instance, options), new Search(instance, options)]) {
        search.advance(1)
        if (search instanceof HybridSearch) hybrid += search.best.objective
        else strings += search.best.objective
      }
    }
    expect(hybrid).toBeLessThan(strings)
  })

  it('stops when cancelled', () => {
    let asked = 0
    const search = new HybridSearch(loadInstance(2, 100), { seed: 1, stream: 0, budget: { iterations: 10_000_000 }, outside: { now: () => 0, isCancelled: () => ++asked > 2000 }, isVehiclesFirst: false })
    search.advance(1)
    expect(search.iterations).toBeLessThan(1_000_000)
    expect(routesOf(search.best.packed).flatMap((each) => [...each]).length).toBe(100)
  })
})

describe('parts', () => {
  it('make a plan cheaper and keep every task, and say what it costs', () => {
    const instance = loadInstance(8, 150)
    const search = new Search(instance, { seed: 1, stream: 0, budget: { iterations: 300 }, outside: nowhere, isVehiclesFirst: false })
    search.advance(1)
    const parts = new Parts(instance, new Random(1), { seed: 1, spare: 1 })
    parts.setPlan(routesOf(search.best.packed), search.best.objective)
    for (let step = 0; step < 6; step++) parts.step(() => true)
    expect(parts.cost).toBeLessThan(search.best.objective)
    expect(parts.routes.flatMap((each) => [...each]).sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, task) => task))
    search.routes.load(Int32Array.from(parts.routes.flatMap((each) => [0, each.length, ...each])))
    expect(search.routes.cost).toBeCloseTo(parts.cost, 6)
  })
})
