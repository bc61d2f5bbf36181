import { describe, expect, test } from 'vitest'
import { answer, mayBeAt } from './answers.ts'
import { compile, rankAt, wholeOf, zonesAt } from './compile.ts'
import { localMinuteOf } from './local-time.ts'
import { noRule } from './ranked-rule.ts'
import { rule as ruleByOracle } from './oracle.fixture.ts'
import { clocksOf, randomCalendar, randomFrom, randomInstant, randomPoint, randomRuleSet, randomVehicle } from './random-rules.fixture.ts'

describe('the engine against a plain reading of the rules', () => {
  test('100,000 random vehicles, places and instants, boundary minutes, holidays and the leap day among them', () => {
    const disagreements: unknown[] = []
    let decided = 0
    for (let seed = 1; seed <= 20; seed++) {
      const ruleSet = randomRuleSet({ seed, zones: 12, rulesPerZone: 8, reach: 0.06 })
      const compiled = compile([wholeOf(ruleSet)], randomCalendar)
      const random = randomFrom(seed + 1000)
      const clocks = clocksOf(ruleSet)
      const vehicles = Array.from({ length: 12 }, () => randomVehicle(random))
      for (let round = 0; round < 5000; round++) {
        const [facts, point, at] = [random.pick(vehicles), randomPoint(random), randomInstant(random, clocks)]
        const vehicle = compiled.vehicle(facts)
        const rank = rankAt(compiled, vehicle, point.lon, point.lat, localMinuteOf(at))
        const mine = { rule: rank === noRule ? null : compiled.rules[rank]!.rule.code, allowed: vehicle.isAllowed(rank) }
        const theirs = ruleByOracle(ruleSet, randomCalendar, facts, { ...point, at })
        if (mine.rule !== null) decided++
        if (mine.rule !== theirs.rule || mine.allowed !== theirs.allowed) disagreements.push({ seed, facts, point, at: new Date(at).toISOString(), mine, theirs })
      }
    }
    expect(disagreements.slice(0, 3)).toEqual([])
    // The triples are not all in the open: most questions have a rule to decide them.
    expect(decided).toBeGreaterThan(30_000)
  }, 180_000)

  test('every minute at which something begins or ends, the one before and the one after, on every kind of day', () => {
    const ruleSet = randomRuleSet({ seed: 41, zones: 5, rulesPerZone: 8, reach: 0.08 })
    const compiled = compile([wholeOf(ruleSet)], randomCalendar)
    const random = randomFrom(42)
    const vehicles = Array.from({ length: 4 }, () => randomVehicle(random))
    const points = Array.from({ length: 5 }, () => randomPoint(random))
    // Workday, make-up Saturday, Sunday, holiday, leap day, the day after, year's end, beyond the calendar.
    const days = ['2028-03-08', '2028-02-26', '2028-03-12', '2028-05-01', '2028-02-29', '2028-03-02', '2028-12-31', '2029-01-01']
    const clocks = [...new Set(['00:00', ...clocksOf(ruleSet)])]
    let asked = 0
    for (const day of days) for (const clock of clocks) for (const offset of [-60_000, 0, 60_000]) for (const facts of vehicles) for (const point of points) {
      const at = Date.parse(`${day}T${clock}:00+08:00`) + offset
      const vehicle = compiled.vehicle(facts)
      const rank = rankAt(compiled, vehicle, point.lon, point.lat, localMinuteOf(at))
      const theirs = ruleByOracle(ruleSet, randomCalendar, facts, { ...point, at })
      asked++
      if ((rank === noRule ? null : compiled.rules[rank]!.rule.code) !== theirs.rule || vehicle.isAllowed(rank) !== theirs.allowed) expect({ day, clock, offset, facts, point }).toBeNull()
    }
    expect(asked).toBeGreaterThan(15_000)
  })

  test('until, from and next allowed are the very minutes at which the plain reading changes', () => {
    const ruleSet = randomRuleSet({ seed: 77, zones: 30, rulesPerZone: 8 })
    const compiled = compile([wholeOf(ruleSet)], randomCalendar)
    const random = randomFrom(78)
    const effectAt = (facts: Parameters<typeof ruleByOracle>[2], point: { lon: number; lat: number }, at: number) => {
      const { rule, allowed } = ruleByOracle(ruleSet, randomCalendar, facts, { ...point, at })
      return `${allowed} ${ruleSet.rules.find((each) => each.code === rule)?.effect ?? 'allowed'}`
    }
    let changes = 0
    for (let round = 0; round < 300; round++) {
      const [facts, point, at] = [randomVehicle(random), randomPoint(random), randomInstant(random, clocksOf(ruleSet))]
      const found = mayBeAt(compiled, compiled.vehicle(facts), point, at)
      const now = effectAt(facts, point, at)
      expect(now).toBe(`${found.allowed} ${found.effect}`)
      if (found.until !== null) {
        changes++
        expect(effectAt(facts, point, found.until)).not.toBe(now)
        for (let minute = Math.floor(at / 60_000) * 60_000; minute < Math.min(found.until, at + 3 * 86_400_000); minute += 1_260_000) expect(effectAt(facts, point, Math.max(at, minute))).toBe(now)
        expect(effectAt(facts, point, found.until - 1)).toBe(now)
      }
      if (found.from !== null) {
        expect(effectAt(facts, point, found.from)).toBe(now)
        expect(effectAt(facts, point, found.from - 1)).not.toBe(now)
      }
      if (found.nextAllowed !== null) {
        expect(effectAt(facts, point, found.nextAllowed)).toMatch(/^true/)
        if (found.nextAllowed > at) expect(effectAt(facts, point, found.nextAllowed - 1)).toMatch(/^false/)
      }
    }
    expect(changes).toBeGreaterThan(80)
  }, 180_000)

  test('an answer by zones is the answer by point', () => {
    const ruleSet = randomRuleSet({ seed: 5, zones: 40, rulesPerZone: 6 })
    const compiled = compile([wholeOf(ruleSet)], randomCalendar)
    const random = randomFrom(6)
    for (let round = 0; round < 500; round++) {
      const [vehicle, point, at] = [compiled.vehicle(randomVehicle(random)), randomPoint(random), randomInstant(random, clocksOf(ruleSet))]
      const byZones = answer(compiled, vehicle, zonesAt(compiled, point.lon, point.lat), at)
      const rank = rankAt(compiled, vehicle, point.lon, point.lat, localMinuteOf(at))
      expect(byZones.decidedBy?.rule ?? null).toBe(rank === noRule ? null : compiled.rules[rank]!.rule.code)
    }
  })
})
