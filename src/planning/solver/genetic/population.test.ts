import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import { groundOf, type Tours } from './ground.ts'
import { everyTask, loadInstance, randomTours } from './ground.fixture.ts'
import { orderCrossover } from './order-crossover.ts'
import { distanceOf, measure, Population, sizes } from './population.ts'

const orders = 24
const ground = groundOf(loadInstance(3, orders, { capacity: 400 }), everyTask(orders), 8)

describe('population', () => {
  it('stays within its size, keeps the cheapest, and lets twins go first', () => {
    const population = new Population(new Random(1))
    const plans = Array.from({ length: 60 }, (_, seed) => measure(ground, randomTours(seed + 1, orders, 4)))
    const cheapest = plans.reduce((a, b) => (b.cost < a.cost ? b : a))
    const twins = Array.from({ length: 6 }, () => measure(ground, plans[0]!.tours))
    for (const each of [...plans, ...twins]) {
      population.add(each)
      expect(population.size).toBeLessThanOrEqual(65)
    }
    // the 66th started the clearing
    const kept = population.feasible()
    expect(kept.length).toBe(25)
    expect(kept.some((each) => each.cost === cheapest.cost)).toBe(true)
    expect(kept.filter((each) => each.cost === plans[0]!.cost).length).toBeLessThanOrEqual(1)
    const [first, second] = population.parents()
    expect(kept).toContain(first)
    expect(kept).toContain(second)
  })

  it('knows after each addition and clearing how far every plan lies from its closest, and who is cheapest', () => {
    const population = new Population(new Random(1))
    const added: Tours[] = []
    for (let seed = 1; seed <= 150; seed++) {
      added.push(randomTours(seed, orders, 2 + (seed % 5)))
      population.add(measure(ground, added.at(-1)!))
      const kept = population.feasible()
      const costs = kept.map((each) => each.cost)
      expect(costs).toEqual(costs.toSorted((a, b) => a - b))
      for (const each of kept) {
        const closest = kept.filter((other) => other !== each)
          // measured from the newcomer: stops at the ends of routes make it differ a little the other way round
          .map((other) => (added.indexOf(each.tours) > added.indexOf(other.tours) ? distanceOf(each, other) : distanceOf(other, each)))
          .toSorted((a, b) => a - b).slice(0, sizes.close)
        expect(each.spread).toBeCloseTo(closest.reduce((sum, distance) => sum + distance, 0) / Math.max(1, closest.length), 9)
      }
    }
  })

  it('keeps plans that carry too much apart', () => {
    const tight = groundOf(loadInstance(3, orders, { capacity: 20 }), everyTask(orders), 24)
    const population = new Population(new Random(1))
    population.add(measure(tight, randomTours(1, orders, 2)))
    expect([population.size, population.feasible().length]).toEqual([1, 0])
    population.add(measure(tight, { sequence: everyTask(orders), starts: Int32Array.from({ length: orders + 1 }, (_, at) => at) }))
    expect([population.size, population.feasible().length]).toEqual([2, 1])
  })
})

describe('order crossover', () => {
  it('has every task once, a stretch of the first parent, and the order of the second', () => {
    const [first, second] = [randomTours(1, orders, 2).sequence, randomTours(2, orders, 2).sequence]
    for (let seed = 1; seed <= 50; seed++) {
      const child = orderCrossover(first, second, new Random(seed))
      expect([...child].sort((a, b) => a - b)).toEqual([...everyTask(orders)])
      const same = child.map((task, at) => (task === first[at] ? 1 : 0)).reduce((sum, each) => sum + each, 0)
      expect(same).toBeGreaterThanOrEqual(2)
    }
  })
})
