import { describe, expect, it } from 'vitest'
import type { Instance } from '../instance/instance.ts'
import { Random } from '../random.ts'
import type { Routes } from '../routes.ts'
import { EjectionChain } from './ejection-chain.ts'
import { expectDrivable, oneRouteEach, orders, plainInstance, recounted, roundedInstance } from './exchanges.fixture.ts'
import { Tails } from './tails.ts'

/** Routes of some length, the tails of single ones put together. */
function someRoutes(instance: Instance, random: Random): Routes {
  const routes = oneRouteEach(instance)
  const tails = Tails.when(instance, routes, random, 100)!
  for (let round = 0; round < 3000; round++) if (tails.step(round < 2000 ? 5 : -1e-9, false)) routes.commit()
  return routes
}

describe('ejection chain', () => {
  it.each([[1, false], [2, false], [3, true], [4, true]])('keeps every stop, load, cost, and with windows time and depots (problem %i, windows: %s)', (seed, isTimed) => {
    const instance = plainInstance(seed, isTimed)
    const random = new Random(seed)
    const routes = someRoutes(instance, random)
    const chain = EjectionChain.when(instance, routes, 100)!
    const began = routes.cost
    let [changes, long] = [0, 0]
    for (let round = 0; round < 6000; round++) {
      // the last thousand only downhill
      const limit = round < 5000 && round % 3 === 0 ? 60 : -1e-9
      const before = routes.cost
      if (chain.step(random.below(orders), limit, Infinity)) {
        changes++
        let touched = 0
        routes.forTouched(() => touched++)
        if (touched > 2) long++
        expect(routes.cost - before).toBeLessThan(limit)
        expect(chain.leftOut).toBe(-1)
      }
      routes.commit()
      if (round % 40 > 0) continue
      const { cost, again } = recounted(routes)
      expect(cost).toBeCloseTo(again, 4)
      if (isTimed) expectDrivable(routes)
    }
    expect(changes).toBeGreaterThan(100)
    expect(long).toBeGreaterThan(20)
    expect(routes.cost).toBeLessThan(began)
  })

  it('brings absent tasks in for others or for nothing, at what it says', () => {
    const instance = plainInstance(6, true)
    const random = new Random(6)
    const routes = someRoutes(instance, random)
    const chain = EjectionChain.when(instance, routes, 100)!
    const price = 60
    const absent: number[] = []
    let [placed, exchanged, left] = [0, 0, 0]
    for (let round = 0; round < 4000; round++) {
      const at = absent.length > 0 && round % 2 === 0 ? random.below(absent.length) : -1
      const task = at >= 0 ? absent[at]! : random.below(orders)
      if (at < 0 && routes.routeOf[task]! < 0) continue
      const before = routes.cost + price * absent.length
      if (!chain.step(task, 40, price)) continue
      routes.commit()
      if (at >= 0) absent.splice(at, 1)
      if (chain.leftOut >= 0) absent.push(chain.leftOut)
      if (at >= 0 && chain.leftOut < 0) placed++
      else if (at >= 0) exchanged++
      else if (chain.leftOut >= 0) left++
      expect(routes.cost + price * absent.length - before).toBeLessThan(40)
      expect(absent.every((each) => routes.routeOf[each] === -1)).toBe(true)
      expect(routes.routeOf.subarray(0, orders).filter((each) => each < 0).length).toBe(absent.length)
      expect(routes.cost).toBeCloseTo(routes.recount(), 4)
      expectDrivable(routes)
    }
    expect(Math.min(placed, exchanged, left)).toBeGreaterThan(50)
  })

  it('keeps every route in time where a stop that leaves makes the way longer', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const instance = roundedInstance(seed)
      const random = new Random(seed)
      const routes = someRoutes(instance, random)
      const chain = EjectionChain.when(instance, routes, 100)!
      let changes = 0
      for (let round = 0; round < 3000; round++) {
        if (!chain.step(random.below(orders), 3, Infinity)) continue
        routes.commit()
        changes++
        expectDrivable(routes)
      }
      expect(changes).toBeGreaterThan(100)
    }
  })

  it('leaves frozen stops and what stands before them where they are', () => {
    const instance = plainInstance(5)
    const random = new Random(5)
    const routes = someRoutes(instance, random)
    const chain = EjectionChain.when(instance, routes, 100)!
    const fixed = routes.next[routes.startOf(routes.active[0]!)]!
    routes.frozen[fixed] = 1
    const [route, place] = [routes.routeOf[fixed], routes.prev[fixed]]
    for (let round = 0; round < 2000; round++) {
      if (chain.step(random.below(orders), 60, Infinity)) routes.commit()
      expect([routes.routeOf[fixed], routes.prev[fixed]]).toEqual([route, place])
    }
  })
})
