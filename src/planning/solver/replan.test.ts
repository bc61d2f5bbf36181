import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../base/problems.ts'
import { checkPlan } from '../checker/index.ts'
import { parseProblem, type Plan, type PlanningProblem } from '../model/index.ts'
import { replanningDay } from '../replanning-day.fixture.ts'
import { solve, solveHere } from './index.ts'

const orders = 500

function parsed(input: unknown): PlanningProblem {
  const { problem, problems } = parseProblem(input)
  expect(problems).toEqual([])
  return problem!
}

const base = replanningDay(orders, 5)
const morningOrders = base.orders.slice(0, orders)
const morning = solveHere(parsed({ ...base, orders: morningOrders }), { iterations: 8000, seed: 1 })
const routes = morning.routes.map((route) => ({ vehicle: route.vehicle, stops: route.stops.map((stop) => stop.order), plannedStarts: route.stops.map((stop) => stop.start), frozenStops: 2 }))

function replanned(more: object, iterations = 20_000): Plan {
  const problem = parsed({ ...base, orders: morningOrders, routes, ...more })
  const plan = solveHere(problem, { iterations, seed: 2 })
  expect(checkPlan(problem, plan).violations).toEqual([])
  return plan
}
const count = (plan: Plan, kind: string): number => plan.replanning!.changes.filter((each) => each.kind === kind).length

describe('re-planning 500 stops in the day', () => {
  it('a new order touches a route or two of all, and everybody else keeps theirs', () => {
    const plan = replanned({ orders: base.orders.slice(0, orders + 1) })
    expect([plan.unassigned.length, count(plan, 'added'), count(plan, 'dropped')]).toEqual([0, 1, 0])
    expect(plan.replanning!.changes.find((each) => each.kind === 'added')!.order).toBe('o501')
    expect(plan.replanning!.routesTouched).toBeGreaterThanOrEqual(1)
    expect(plan.replanning!.routesTouched).toBeLessThanOrEqual(3)
    expect(plan.replanning!.routesKept).toBeGreaterThanOrEqual(routes.length - 3)
  })

  it('a dropped order touches its own route', () => {
    const plan = replanned({ orders: morningOrders.filter((each) => each.id !== 'o250'), replanning: { dropped: ['o250'] } })
    expect(plan.replanning!.changes.filter((each) => each.kind === 'dropped').map((each) => each.order)).toEqual(['o250'])
    expect(plan.replanning!.routesTouched).toBeLessThanOrEqual(2)
    expect(plan.cost).toBeLessThan(morning.cost)
  })

  it('five new orders touch at most ten routes', () => {
    const plan = replanned({ orders: base.orders })
    expect([plan.unassigned.length, count(plan, 'added')]).toEqual([0, 5])
    expect(plan.replanning!.routesTouched).toBeLessThanOrEqual(10)
  })

  it('nothing new, nothing changed; and it does not search', () => {
    const plan = replanned({})
    expect(plan.replanning).toEqual({ routesTouched: 0, routesKept: routes.length, changes: [] })
    expect([plan.iterations, plan.cost]).toEqual([0, expect.closeTo(morning.cost, 6)])
  })

  it('a price of change is obeyed: prohibitive, only the new order moves; free, the plan is no dearer', () => {
    const added = { orders: base.orders.slice(0, orders + 3) }
    const dear = replanned({ ...added, replanning: { costPerRouteTouched: 1e6, costPerOrderMoved: 1e6 } })
    expect(dear.replanning!.routesTouched).toBeLessThanOrEqual(3)
    expect(count(dear, 'moved')).toBe(0)
    const free = replanned({ ...added, replanning: { costPerRouteTouched: 0 } })
    expect(free.cost).toBeLessThanOrEqual(dear.cost + 1e-6)
  })

  it('a price of change that nobody names is two mean legs of the plan a route', () => {
    const added = { orders: base.orders.slice(0, orders + 3) }
    const legs = morning.routes.reduce((sum, route) => sum + route.stops.length + 1, 0)
    const named = replanned({ ...added, replanning: { costPerRouteTouched: (2 * base.vehicles[0]!.costPerMetre! * morning.distanceMetres) / legs, costPerOrderMoved: 0 } })
    const unnamed = replanned(added)
    expect([unnamed.cost, unnamed.replanning]).toEqual([expect.closeTo(named.cost, 6), named.replanning])
  })

  it('stops early: nothing better for a while ends the search before its time', () => {
    expect(replanned({ orders: base.orders.slice(0, orders + 1) }, 1_000_000).iterations).toBeLessThan(30_000)
  })

  it('scope "all" takes the routes as a start only and searches everywhere', () => {
    const plan = replanned({ replanning: { scope: 'all' } }, 2000)
    expect(plan.iterations).toBe(2000)
    expect(plan.cost).toBeLessThanOrEqual(morning.cost + 1e-6)
  })
})

describe('given routes that can no longer be driven', () => {
  const late = (id: string) => morningOrders.map((each) => (each.id === id ? { ...each, delivery: { ...each.delivery!, windows: [[0, 1] as [number, number]] } } : each))

  it('what no longer fits is taken out and explained, the rest stays', () => {
    const id = routes[3]!.stops.at(-1)!
    const plan = replanned({ orders: late(id) })
    expect(plan.unassigned.map((each) => each.order)).toEqual([id])
    expect(plan.replanning!.routesTouched).toBeLessThanOrEqual(3)
  })

  it('a frozen stop that cannot be kept is a problem, not a broken plan', async () => {
    const id = routes[3]!.stops[0]!
    const problem = parsed({ ...base, orders: late(id), routes })
    const codes = await solve(problem, { iterations: 10 }).plan.then(() => [], (error: unknown) => (error instanceof ProblemError ? error.problems.map((each) => each.code) : [String(error)]))
    expect(codes).toEqual(['frozen-impossible'])
  })

  it('more given routes than vehicles: the last ones are planned anew', () => {
    const vehicles = [{ ...base.vehicles[0]!, count: routes.length - 1 }]
    const plan = replanned({ vehicles, routes: routes.map((route) => ({ ...route, frozenStops: 0 })) })
    expect(plan.vehicles).toBeLessThanOrEqual(routes.length - 1)
  })

  it('names what is wrong with the routes themselves', () => {
    const codes = (more: object) => parseProblem({ ...base, orders: morningOrders, routes, ...more }).problems.map((each) => each.code)
    expect(codes({ routes: [{ vehicle: 'van', stops: ['nobody'] }] })).toEqual(['plan-reference-unknown'])
    expect(codes({ routes: [{ vehicle: 'van', stops: ['o1', 'o1'] }] })).toEqual(['identifier-duplicate'])
    expect(codes({ routes: [{ vehicle: 'van', stops: ['o1'] }, { vehicle: 'van', stops: ['o1'] }] })).toEqual(['identifier-duplicate'])
    expect(codes({ routes: [{ vehicle: 'van', stops: ['o1'], plannedStarts: [] }] })).toEqual(['plan-field-invalid'])
    expect(codes({ replanning: { dropped: ['o1'] } })).toEqual(['identifier-duplicate'])
  })
})
