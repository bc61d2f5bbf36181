import { describe, expect, it } from 'vitest'
import { parseProblem } from '../../model/index.ts'
import { compile } from '../instance/compile.ts'
import { EnergyJudge } from './judge-energy.ts'
import { Random } from '../random.ts'

/** A van that cannot drive its day on one battery, with two chargers on the way. */
function dayOnBattery(seed: number, orders: number) {
  const random = new Random(seed)
  const places = Array.from({ length: orders + 3 }, (_, at) => ({ id: `p${at}`, x: random.unit() * 1000, y: random.unit() * 1000 }))
  const { problem } = parseProblem({
    format: 'lvpei-planning/1',
    loads: [],
    places,
    travel: [{ profile: 'plane', kind: 'euclidean' }],
    vehicles: [{ id: 'van', capacity: [], start: 'p0', shift: { earliest: 0, latest: 12_000 }, energy: { batteryKwh: 15 + random.below(10), kwhPerMetre: 0.01, chargeSecondsPerKwh: 40, recharge: seed % 2 ? 'partial' : 'full', stations: ['p1', 'p2'] } }],
    orders: places.slice(3).map(({ id }) => {
      const opens = Math.floor(random.unit() * 6000)
      return { id, delivery: { place: id, serviceSeconds: 30, windows: [[opens, opens + 4000] as [number, number]] } }
    }),
  })
  return compile(problem!)
}

describe('the energy judge', () => {
  it('prices one more task hardly worse than by charging the whole route anew, and never better', () => {
    let [equal, dearer, missed] = [0, 0, 0]
    for (let seed = 1; seed <= 120; seed++) {
      const instance = dayOnBattery(seed, 8)
      const [prepared, anew] = [new EnergyJudge(instance), new EnergyJudge(instance)]
      const order = Int32Array.from({ length: 8 }, (_, at) => at).sort((a, b) => instance.close[a]! - instance.close[b]!)
      const added = order[seed % 8]!
      const route = order.filter((task) => task !== added)
      if (prepared.prepare(0, 0, route, 7) === Infinity) continue
      for (let position = 0; position <= 7; position++) {
        const price = anew.price(0, Int32Array.from([...route.subarray(0, position), added, ...route.subarray(position)]), 8)
        const quick = prepared.priceWith(0, 0, route, 7, added, position, Infinity)
        if (price < Infinity) expect(prepared.priceWith(0, 0, route, 7, added, position, price - 1)).toBe(Infinity)
        if (price === Infinity) {
          expect(quick).toBe(Infinity)
          continue
        }
        expect(quick).toBeGreaterThan(price - 1e-6)
        if (quick === Infinity) missed++
        else if (quick > price + 1e-6) dearer++
        else equal++
      }
    }
    // labels of the prepared route were made without the task in mind
    expect(equal).toBeGreaterThan(150)
    expect(missed + dearer).toBeLessThan(equal / 20)
  })
})
