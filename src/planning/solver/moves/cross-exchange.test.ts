import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import type { Routes } from '../routes.ts'
import { CrossExchange } from './cross-exchange.ts'
import { expectDrivable, oneRouteEach, plainInstance, recounted } from './exchanges.fixture.ts'
import { Tails } from './tails.ts'

/** Stops of each route, to see what a step changed. */
const listed = (routes: Routes): string[] => Array.from(routes.active.subarray(0, routes.activeCount), (route) => {
  const stops: number[] = []
  for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) stops.push(node)
  return stops.join()
})

describe('CROSS exchange', () => {
  it.each([[1, false], [2, false], [3, true], [4, true]])('keeps every stop, load, cost, and with windows time and depots (problem %i, windows: %s)', (seed, isTimed) => {
    const instance = plainInstance(seed, isTimed)
    const routes = oneRouteEach(instance)
    const random = new Random(seed)
    const cross = CrossExchange.when(instance, routes, random, 100)!
    const tails = Tails.when(instance, routes, random, 100)!
    const began = routes.cost
    let [changes, both, emptied] = [0, 0, 0]
    for (let round = 0; round < 6000; round++) {
      // the last thousand only downhill
      const limit = round < 5000 && round % 3 === 0 ? 60 : -1e-9
      const [before, sizes, count] = [routes.cost, routes.size.slice(), routes.activeCount]
      if (cross.step(limit)) {
        changes++
        expect(routes.cost - before).toBeLessThan(limit)
        if (routes.activeCount < count) emptied++
        // segments of the same length leave the sizes as they are: both gave something
        else if (routes.size.every((each, at) => each === sizes[at])) both++
      }
      routes.commit()
      // tails make the routes long enough to exchange something
      if (round % 10 === 0) tails.step(limit, true)
      routes.commit()
      if (round % 40 > 0) continue
      const { cost, again } = recounted(routes)
      expect(cost).toBeCloseTo(again, 4)
      if (isTimed) expectDrivable(routes)
    }
    expect(changes).toBeGreaterThan(200)
    expect(both).toBeGreaterThan(20)
    expect(emptied).toBeGreaterThan(5)
    expect(routes.cost).toBeLessThan(began / 2)
  })

  it('is undone like ruin and recreate, and leaves frozen stops where they are', () => {
    const instance = plainInstance(5, true)
    const routes = oneRouteEach(instance)
    const random = new Random(5)
    const cross = CrossExchange.when(instance, routes, random, 100)!
    for (let round = 0; round < 2000; round++) if (cross.step(20)) routes.commit()
    const [plan, cost] = [listed(routes).toSorted(), routes.cost]
    let undone = 0
    for (let round = 0; round < 800; round++) {
      if (!cross.step(60)) continue
      routes.rollback()
      undone++
      expect(listed(routes).toSorted()).toEqual(plan)
      expect(routes.cost).toBeCloseTo(cost, 6)
    }
    expect(undone).toBeGreaterThan(50)
    const fixed = routes.next[routes.startOf(routes.active[0]!)]!
    routes.frozen[fixed] = 1
    const [route, place] = [routes.routeOf[fixed], routes.prev[fixed]]
    for (let round = 0; round < 3000; round++) {
      if (cross.step(60)) routes.commit()
      expect([routes.routeOf[fixed], routes.prev[fixed]]).toEqual([route, place])
    }
  })
})
