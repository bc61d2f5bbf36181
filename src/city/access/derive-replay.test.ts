import { describe, expect, test } from 'vitest'
import { compile, wholeOf } from './engine/compile.ts'
import { contains, rule as ruleByOracle } from './engine/oracle.fixture.ts'
import { randomCalendar, randomFrom, randomPoint, randomRuleSet, randomVehicle } from './engine/random-rules.fixture.ts'
import { createReplay, type Recorded } from './derive-replay.ts'

const ruleSet = randomRuleSet({ seed: 9, zones: 20, rulesPerZone: 5 })
const random = randomFrom(10)

const recorded: Recorded[] = Array.from({ length: 40 }, (_, at) => {
  const day = Date.parse('2028-03-06T06:00:00+08:00') + (at % 4) * 86_400_000
  const [from, to] = [randomPoint(random), randomPoint(random)]
  const positions = Array.from({ length: 200 }, (__, step) => ({ lon: from.lon + ((to.lon - from.lon) * step) / 200, lat: from.lat + ((to.lat - from.lat) * step) / 200, observedAt: day + step * 120_000 }))
  return { vehicleId: `vehicle-${at % 10}`, enterpriseId: `firm-${(at % 10) % 3}`, facts: randomVehicle(randomFrom(at % 10)), positions, trips: [{ startedAt: day, endedAt: day + 3 * 3_600_000 }, { startedAt: day + 3 * 3_600_000 + 1, endedAt: day + 9 * 3_600_000 }] }
})

describe('replay', () => {
  test('a null change touches exactly nothing', () => {
    const replay = createReplay({ published: compile([wholeOf(ruleSet)], randomCalendar), draft: compile([wholeOf(structuredClone(ruleSet))], randomCalendar) })
    for (const day of recorded) replay.add(day)
    const { before, after, newlyBarred, newlyAllowed, positions, vehicleDays } = replay.result()
    const nothing = { vehicles: 0, firms: 0, trips: 0, positions: 0, distanceMetres: 0 }
    expect([newlyBarred, newlyAllowed]).toEqual([nothing, nothing])
    expect(after).toEqual(before)
    expect(before.positions).toBeGreaterThan(100)
    expect([positions, vehicleDays]).toEqual([8000, 40])
  })

  test('closing one zone touches the positions in it that were free, counted by hand', () => {
    const zone = ruleSet.zones[0]!
    const closed = { ...ruleSet, rules: [...ruleSet.rules, { ...ruleSet.rules[0]!, code: 'closed', zones: [zone.code], times: [{ from: '00:00', to: '24:00' }], vehicles: [{}], exceptions: [], effect: 'no-go' as const, priority: 1000, effectiveFrom: null, effectiveTo: null }] }
    const replay = createReplay({ published: compile([wholeOf(ruleSet)], randomCalendar), draft: compile([wholeOf(closed)], randomCalendar) })
    for (const day of recorded) replay.add(day)
    const touched = recorded.flatMap((day) => day.positions.filter((each) => contains(zone.geometry!, each.lon, each.lat) && ruleByOracle(ruleSet, randomCalendar, day.facts, { ...each, at: each.observedAt }).allowed).map((each) => ({ day, each })))
    const { newlyBarred, newlyAllowed } = replay.result()
    expect(touched.length).toBeGreaterThan(20)
    expect(newlyBarred).toMatchObject({ positions: touched.length, vehicles: new Set(touched.map(({ day }) => day.vehicleId)).size, firms: new Set(touched.map(({ day }) => day.enterpriseId)).size })
    expect(newlyBarred.trips).toBe(new Set(touched.map(({ day, each }) => `${recorded.indexOf(day)}/${day.trips.findIndex((trip) => each.observedAt >= trip.startedAt && each.observedAt <= trip.endedAt)}`).filter((key) => !key.endsWith('-1'))).size)
    expect(newlyBarred.distanceMetres).toBeGreaterThan(0)
    expect(newlyAllowed.positions).toBe(0)
  })

  test('put down between two vehicles, written out and taken up again it comes to the same', () => {
    const drafted = { ...ruleSet, rules: ruleSet.rules.filter((each) => each.effect !== 'no-go') }
    const options = { published: compile([wholeOf(ruleSet)], randomCalendar), draft: compile([wholeOf(drafted)], randomCalendar) }
    const byVehicle = recorded.toSorted((a, b) => (a.vehicleId < b.vehicleId ? -1 : 1))
    const whole = createReplay(options)
    for (const each of byVehicle) whole.add(each)
    const half = createReplay(options)
    for (const each of byVehicle.slice(0, 20)) half.add(each)
    const again = createReplay({ ...options, saved: JSON.parse(JSON.stringify(half.save())) as ReturnType<typeof half.save> })
    for (const each of byVehicle.slice(20)) again.add(each)
    expect(whole.result().newlyAllowed.positions).toBeGreaterThan(50)
    expect(again.result()).toEqual(whole.result())
  })

  test('the two parts of a trip over midnight are one trip; what no vehicle can drive is no distance', () => {
    const everywhere = (effect: 'no-go' | 'allowed') => ({ ...ruleSet, rules: [{ ...ruleSet.rules[0]!, code: 'all', zones: ['*'], times: [{ from: '00:00', to: '24:00' }], vehicles: [{}], exceptions: [], effect, priority: 1000, effectiveFrom: null, effectiveTo: null }] })
    const midnight = Date.parse('2028-03-07T00:00:00+08:00')
    const track = Array.from({ length: 20 }, (_, at) => ({ lon: 120.8 + at * 0.001 + (at === 15 ? 0.5 : 0), lat: 34.65, observedAt: midnight + (at - 10) * 60_000 }))
    const replay = createReplay({ published: compile([wholeOf(everywhere('allowed'))], randomCalendar), draft: compile([wholeOf(everywhere('no-go'))], randomCalendar), isPlausible: (a, b) => Math.abs(a.lon - b.lon) < 0.1 })
    const of = { vehicleId: 'v', enterpriseId: null, facts: recorded[0]!.facts }
    replay.add({ ...of, positions: track.slice(0, 10), trips: [{ startedAt: midnight - 600_000, endedAt: midnight - 60_000 }] })
    replay.add({ ...of, positions: track.slice(10), trips: [{ startedAt: midnight, endedAt: midnight + 300_000, beginsBefore: true }, { startedAt: midnight + 360_000, endedAt: midnight + 600_000 }] })
    const { newlyBarred, vehicleDays } = replay.result()
    expect(newlyBarred).toMatchObject({ vehicles: 1, firms: 0, trips: 2, positions: 20 })
    const step = newlyBarred.distanceMetres / 17
    expect(step).toBeGreaterThan(91)
    expect(step).toBeLessThan(92)
    expect(vehicleDays).toBe(2)
  })
})
