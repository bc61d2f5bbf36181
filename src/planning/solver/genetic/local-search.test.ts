import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import { groundOf, type Ground, type Tours } from './ground.ts'
import { everyTask, loadInstance, randomTours } from './ground.fixture.ts'
import { LocalSearch } from './local-search.ts'
import { measure, originsOf } from './population.ts'

const orders = 40
const price = 20

const penalised = (ground: Ground, tours: Tours): number => {
  const { cost, excess } = measure(ground, tours)
  return cost + price * excess
}

describe.each([
  ['in the plane', {}],
  ['on one-way streets', { oneWay: true }],
  ['with vehicles that cost money to send out', { fixedCost: 150 }],
  ['on one-way streets, open routes, dear vehicles', { oneWay: true, fixedCost: 90, end: null }],
] as const)('local search %s', (_, more) => {
  it('saves what its moves say, and keeps every task', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const ground = groundOf(loadInstance(seed, orders, more), everyTask(orders), 12)
      const local = new LocalSearch(ground, new Random(seed))
      local.routes.perUnit = price
      const before = randomTours(seed, orders, 3 + (seed % 8))
      local.run(before)
      const after = local.routes.tours()
      expect(local.routes.gained).toBeGreaterThan(0)
      expect(penalised(ground, before) - penalised(ground, after)).toBeCloseTo(local.routes.gained, 5)
      expect([...after.sequence].sort((a, b) => a - b)).toEqual([...everyTask(orders)])
    }
  })

  it('leaves no single stop that pays to move behind a near one', () => {
    const ground = groundOf(loadInstance(5, orders, more), everyTask(orders), 12)
    const local = new LocalSearch(ground, new Random(5))
    local.routes.perUnit = price
    local.run(randomTours(5, orders, 6))
    const { sequence, starts } = local.routes.tours()
    const cost = penalised(ground, { sequence, starts })
    const routes = Array.from({ length: starts.length - 1 }, (_, at) => [...sequence.subarray(starts[at], starts[at + 1])])
    const flat = (parts: number[][]): Tours => {
      const kept = parts.filter((each) => each.length)
      let length = 0
      return { sequence: Int32Array.from(kept.flat()), starts: Int32Array.from([0, ...kept.map((each) => (length += each.length))]) }
    }
    let checked = 0
    for (let task = 0; task < orders; task++)
      for (const other of ground.before.subarray(task * ground.width, task * ground.width + 3)) {
        const without = routes.map((route) => route.filter((each) => each !== task))
        const moved = without.map((route) => route.flatMap((each) => (each === other ? [each, task] : [each])))
        // the gain criterion passes over a link that comes when both that go are shorter
        const [from, to] = [routes.flatMap((route) => [ground.tasks, ...route]), routes.flatMap((route) => [...route, ground.tasks])]
        // a start stands before each route in one list, an end behind it in the other: the successor has the same index as the task
        const at = from.indexOf(task)
        const link = ground.arc[other * ground.size + task]!
        const links = [ground.arc[from[at - 1]! * ground.size + task]!, ground.arc[task * ground.size + to[at]!]!]
        if (link >= Math.max(...links)) continue
        expect(penalised(ground, flat(moved))).toBeGreaterThanOrEqual(cost - 1e-6)
        checked++
      }
    expect(checked).toBeGreaterThan(20)
  })

  it('finds nothing between routes of one earlier result', () => {
    const ground = groundOf(loadInstance(9, orders, more), everyTask(orders), 12)
    const local = new LocalSearch(ground, new Random(9))
    local.routes.perUnit = 1000
    local.run(randomTours(9, orders, 6))
    const result = measure(ground, local.routes.tours())
    local.run(result.tours, originsOf(result.tours, [result]))
    expect(local.routes.gained).toBe(0)
  })
})
