import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { compile } from '../instance/compile.ts'
import { TripJudge } from './judge-trips.ts'
import { Random } from '../random.ts'

/** Deliveries with windows and releases for a vehicle that loads again; nothing lies on a grid, so no two ways cost the same. */
function dayOfTrips(seed: number, orders: number) {
  const random = new Random(seed)
  const places = Array.from({ length: orders + 2 }, (_, at) => ({ id: `p${at}`, x: random.unit() * 1000, y: random.unit() * 1000 }))
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['massKg'],
    places,
    travel: [{ profile: 'plane', kind: 'euclidean' }],
    vehicles: [{ id: 'van', capacity: [30], start: 'p0', shift: { earliest: 0, latest: 14_000 }, reload: { place: 'p1', durationSeconds: 60, maxTrips: 4 } }],
    orders: places.slice(2).map(({ id }) => {
      const opens = Math.floor(random.unit() * 6000)
      const early = { place: id, serviceSeconds: 30, windows: [[opens, opens + 4000] as [number, number]] }
      const late = { ...early, windows: [early.windows[0]!, [opens + 5000, opens + 6000] as [number, number]] }
      return { id, load: [5 + random.below(10)], releaseAt: Math.floor(random.unit() * 3000), delivery: seed % 2 ? early : late }
    }),
  })
  return compile(problem!)
}

describe('the trip judge', () => {
  it('prices one more task as if the whole route were cut anew', () => {
    let possible = 0
    for (let seed = 1; seed <= 60; seed++) {
      const instance = dayOfTrips(seed, 9)
      const [prepared, plain] = [new TripJudge(instance), new TripJudge(instance)]
      const order = Int32Array.from({ length: 9 }, (_, at) => at).sort((a, b) => instance.close[a]! - instance.close[b]!)
      const route = order.subarray(0, 8)
      prepared.prepare(0, 0, route, 8)
      for (let position = 0; position <= 8; position++) {
        const longer = Int32Array.from([...route.subarray(0, position), order[8]!, ...route.subarray(position)])
        const price = plain.price(0, longer, 9)
        const quick = prepared.priceWith(0, 0, route, 8, order[8]!, position, Infinity)
        if (price < Infinity) possible++
        if (price < Infinity) expect(quick).toBeCloseTo(price, 6)
        else expect(quick).toBe(Infinity)
        expect(prepared.priceWith(0, 0, route, 8, order[8]!, position, quick)).toBe(Infinity)
      }
    }
    expect(possible).toBeGreaterThan(20)
  })
})
