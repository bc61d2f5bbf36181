import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import type { Instance } from '../instance/instance.ts'
import { Random } from '../random.ts'
import { Routes } from '../routes.ts'
import { Placement } from './placement.ts'
import { Recreate } from './recreate.ts'

const orders = 50

interface Given {
  readonly isTimed: boolean
  readonly isPlain: boolean
  readonly ways: 'euclidean' | 'matrix' | 'timetable'
}

/** Fifty orders; `isPlain`: vehicles that differ in their depots at most. Ways of a table differ there and back and obey no triangle inequality. */
function instanceOf(seed: number, { isTimed, isPlain, ways }: Given): Instance {
  const draw = lcg(seed)
  const isTable = ways !== 'euclidean'
  const places = Array.from({ length: orders + 2 }, (_, at) => ({ id: `p${at}`, ...(isTable ? { lon: 119 + draw(1000) / 5000, lat: 34.5 + draw(1000) / 5000 } : { x: draw(1000), y: draw(1000) }) }))
  const table = places.map((_, from) => places.map((__, to) => (from === to ? 0 : 50 + draw(700))))
  const van = { capacity: [16], fixedCost: 100, ...(isPlain ? {} : { maxStops: 20 }), ...(isTimed ? { shift: { earliest: 0, latest: 6000 } } : {}) }
  const { problem, problems } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places,
    travel: [ways === 'euclidean' ? { profile: 'plane', kind: ways } : { profile: 'streets', kind: ways, distanceMetres: table, durationSeconds: table, ...(ways === 'timetable' ? { exceptions: [] } : {}) }],
    vehicles: [{ ...van, id: 'east', start: 'p0' }, { ...van, id: 'west', start: 'p1', ...(isPlain ? {} : { capacity: [20] }) }],
    orders: Array.from({ length: orders }, (_, at) => {
      const from = draw(4000)
      return { id: `o${at + 1}`, load: [1 + draw(3)], delivery: { place: `p${at + 2}`, ...(isTimed ? { serviceSeconds: 30, windows: [[from, from + 1500] as [number, number]] } : {}) } }
    }),
  })
  expect(problems).toEqual([])
  return compile(problem!)
}

const cases = [false, true].flatMap((isTimed) => [false, true].flatMap((isPlain) => (['euclidean', 'matrix', 'timetable'] as const).map((ways) => ({ isTimed, isPlain, ways }))))

describe('placement', () => {
  it.each(cases)('finds by neighbours what looking at every position finds and at its true price (%o)', (given) => {
    let [asked, equal] = [0, 0]
    for (let seed = 1; seed <= 4; seed++) {
      const instance = instanceOf(seed, given)
      const routes = new Routes(instance)
      const recreate = new Recreate(instance, routes, new Random(seed), null)
      recreate.run(Int32Array.from({ length: orders }, (_, task) => task), orders)
      routes.commit()
      for (let task = 0; task < orders; task++) {
        if (routes.routeOf[task]! < 0) continue
        routes.remove(task)
        routes.forTouched((route) => routes.size[route]! > 0 && routes.refresh(route))
        const place = new Placement(instance, routes, new Random(1), null)
        place.mayOpenRoutes = false
        place.thoroughness = 0
        place.width = 60
        let least = Infinity
        for (let at = 0; at < routes.activeCount; at++) {
          place.findIn(task, routes.active[at]!)
          least = Math.min(least, place.delta)
        }
        place.find(task)
        const { delta, after, retype } = place
        expect(delta).not.toBeLessThan(least - 1e-6)
        if (after >= 0) {
          asked++
          if (delta < least + 1e-6) equal++
          const before = routes.cost
          if (retype >= 0) routes.retype(routes.routeOf[after]!, retype)
          routes.insert(task, after)
          routes.refresh(routes.routeOf[task]!)
          expect(routes.isDrivable(routes.routeOf[task]!)).toBe(true)
          expect(routes.cost - before).toBeCloseTo(delta, 4)
        }
        routes.rollback()
      }
    }
    expect(asked).toBeGreaterThan(60)
    expect(equal / asked).toBeGreaterThan(0.9)
  })
})
