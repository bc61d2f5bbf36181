import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import { Random } from '../random.ts'
import { Routes } from '../routes.ts'
import { Recreate } from './recreate.ts'

const orders = 30

function empty() {
  const draw = lcg(4)
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: draw(1000), y: draw(1000) })),
    travel: [{ profile: 'plane', kind: 'euclidean' }],
    vehicles: [{ id: 'van', capacity: [12], start: 'p0' }],
    orders: Array.from({ length: orders }, (_, at) => ({ id: `o${at + 1}`, load: [1 + draw(3)], delivery: { place: `p${at + 1}` } })),
  })
  const instance = compile(problem!)
  const routes = new Routes(instance)
  return { routes, recreate: new Recreate(instance, routes, new Random(1), null), list: Int32Array.from({ length: orders }, (_, task) => task) }
}

const placed = (routes: Routes): number => routes.routeOf.subarray(0, orders).filter((route) => route >= 0).length

describe('recreate', () => {
  it('stops at the cost from which on a plan will not be kept, and says so', () => {
    const { routes, recreate, list } = empty()
    recreate.highest = 3000
    expect(recreate.run(list, orders)).toBe(Infinity)
    expect(placed(routes)).toBeGreaterThan(0)
    expect(placed(routes)).toBeLessThan(orders)
  })

  it.each([false, true])('without a limit every task is placed or absent, even where a route without a schedule makes the cost infinite: %s', (isInfinite) => {
    const { routes, recreate, list } = empty()
    if (isInfinite) routes.cost = Infinity
    recreate.run(list, orders)
    expect(placed(routes) + recreate.absentCount).toBe(orders)
  })
})
