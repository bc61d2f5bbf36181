import { expect, test } from 'vitest'
import { storedAs } from './closures.fixture.ts'
import { derivePartsInForce } from './derive-parts.ts'
import { compile, rankAt } from './engine/compile.ts'
import { localMinuteOf } from './engine/local-time.ts'
import { ruleUnder } from './engine/oracle.fixture.ts'
import { clocksOf, edgesOf, randomCalendar, randomClosures, randomFrom, randomInstant, randomPoint, randomRuleSet, randomVehicle } from './engine/random-rules.fixture.ts'
import { noRule } from './engine/ranked-rule.ts'

test('two versions and closures above them against a plain reading, at the edges of each', () => {
  const disagreements: unknown[] = []
  const seen = { closed: 0, first: 0, second: 0 }
  for (let seed = 1; seed <= 6; seed++) {
    const random = randomFrom(seed)
    const [first, second] = [seed, seed + 50].map((each) => randomRuleSet({ seed: each, zones: 8, rulesPerZone: 6, reach: 0.06 })) as [ReturnType<typeof randomRuleSet>, ReturnType<typeof randomRuleSet>]
    const closures = randomClosures(random, 8)
    const takesOver = Date.parse('2028-02-29T13:37:00+08:00')
    const versions = [{ document: first, effectiveFrom: Date.parse('2020-01-01T00:00:00+08:00') }, { document: second, effectiveFrom: takesOver }]
    const compiled = compile(derivePartsInForce(null, versions, closures.map(storedAs)), randomCalendar)
    const vehicles = Array.from({ length: 8 }, () => randomVehicle(random))
    const clocks = [...clocksOf(first), ...clocksOf(second)]
    const edges = [...edgesOf(closures), takesOver - 1, takesOver]
    for (let round = 0; round < 3000; round++) {
      const [facts, point, at] = [random.pick(vehicles), randomPoint(random), random.next() < 0.4 ? random.pick(edges) : randomInstant(random, clocks)]
      const vehicle = compiled.vehicle(facts)
      const rank = rankAt(compiled, vehicle, point.lon, point.lat, localMinuteOf(at))
      const inForce = at < takesOver ? first : second
      const theirs = ruleUnder(closures, inForce, randomCalendar, { vehicle: facts, ...point, at })
      const mine = rank === noRule ? null : compiled.rules[rank]!
      if (theirs.rule?.startsWith('closure')) seen.closed++
      else if (theirs.rule !== null) seen[inForce === first ? 'first' : 'second']++
      if ((mine?.rule.code ?? null) !== theirs.rule || vehicle.isAllowed(rank) !== theirs.allowed) disagreements.push({ seed, facts, point, at: new Date(at).toISOString(), mine: mine?.rule.code, theirs })
    }
  }
  expect(disagreements.slice(0, 3)).toEqual([])
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100)
})
