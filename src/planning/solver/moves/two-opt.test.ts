import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import { expectDrivable, oneRouteEach, plainInstance, recounted } from './exchanges.fixture.ts'
import { Tails } from './tails.ts'
import { TwoOpt } from './two-opt.ts'

describe('exchanged links and tails', () => {
  it.each([1, 2, 3])('keep every stop, every load and the cost, with worse plans let through as well (problem %i)', (seed) => {
    const instance = plainInstance(seed)
    const routes = oneRouteEach(instance)
    const random = new Random(seed)
    const twoOpt = TwoOpt.when(instance, routes, random)!
    const tails = Tails.when(instance, routes, random, 100)!
    const [began, changed] = [routes.cost, [0, 0]]
    for (let round = 0; round < 4000; round++) {
      // the last thousand only downhill
      const limit = round < 3000 && round % 3 === 0 ? 60 : -1e-9
      if (twoOpt.step(limit)) changed[0]!++
      routes.commit()
      if (tails.step(limit, true)) changed[1]!++
      routes.commit()
      if (round % 40 > 0) continue
      const { cost, again } = recounted(routes)
      expect(cost).toBeCloseTo(again, 4)
    }
    expect(Math.min(...changed)).toBeGreaterThan(100)
    expect(routes.cost).toBeLessThan(began / 2)
  })

  it.each([4, 5])('keep time, depots and cost as well where vehicles of two depots have windows (problem %i)', (seed) => {
    const instance = plainInstance(seed, true)
    const routes = oneRouteEach(instance)
    const tails = Tails.when(instance, routes, new Random(seed), 100)!
    let across = 0
    for (let round = 0; round < 6000; round++) {
      const depots = routes.usedOfKind.join()
      if (tails.step(round < 4000 && round % 3 === 0 ? 60 : -1e-9, true) && routes.usedOfKind.join() !== depots) across++
      routes.commit()
      if (round % 40 > 0) continue
      const { cost, again } = recounted(routes)
      expect(cost).toBeCloseTo(again, 4)
      expectDrivable(routes)
    }
    expect(across).toBeGreaterThan(20)
  })
})
