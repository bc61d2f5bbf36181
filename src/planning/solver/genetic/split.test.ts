import { describe, expect, it } from 'vitest'
import { groundOf, type Ground, type Tours } from './ground.ts'
import { everyTask, loadInstance, randomTours } from './ground.fixture.ts'
import { measure } from './population.ts'
import { Split } from './split.ts'

const orders = 9
const price = 7

/** All ways to cut a sequence into at most so many routes, none with more than one and a half loads unless it is one stop. */
function cheapestCut(ground: Ground, sequence: Int32Array, most: number): number {
  let least = Infinity
  for (let cuts = 0; cuts < 1 << (orders - 1); cuts++) {
    const starts = [0]
    for (let at = 1; at < orders; at++) if (cuts & (1 << (at - 1))) starts.push(at)
    starts.push(orders)
    if (starts.length - 1 > most) continue
    const loads = starts.slice(1).map((end, at) => sequence.slice(starts[at], end).reduce((sum, task) => sum + ground.amount[task]!, 0))
    if (loads.some((load, at) => load > 1.5 * ground.capacity && starts[at + 1]! - starts[at]! > 1)) continue
    const { cost, excess } = measure(ground, { sequence, starts: Int32Array.from(starts) })
    least = Math.min(least, cost + price * excess)
  }
  return least
}

const costOf = (ground: Ground, tours: Tours): number => {
  const { cost, excess } = measure(ground, tours)
  return cost + price * excess
}

describe('split', () => {
  it.each([[9, {}], [9, { fixedCost: 300 }], [3, {}], [3, { oneWay: true }]] as const)('cuts where it is cheapest with %d vehicles', (vehicles, more) => {
    for (let seed = 1; seed <= 20; seed++) {
      const ground = groundOf(loadInstance(seed, orders, { ...more, capacity: 20 }), everyTask(orders), vehicles)
      const { sequence } = randomTours(seed, orders, 2)
      const least = cheapestCut(ground, sequence, vehicles)
      const tours = new Split(ground).run(sequence, price)
      expect(tours.starts.length - 1).toBeLessThanOrEqual(vehicles)
      if (least < Infinity) expect(costOf(ground, tours)).toBeCloseTo(least, 6)
    }
  })

  it('still gives every vehicle something where the goods do not fit at all', () => {
    const ground = groundOf(loadInstance(1, orders, { capacity: 10 }), everyTask(orders), 2)
    const { starts } = new Split(ground).run(everyTask(orders), price)
    expect([starts[0], starts.at(-1), starts.length]).toEqual([0, orders, 3])
  })
})
