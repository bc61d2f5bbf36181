import { storedAs } from '../../src/city/access/closures.fixture.ts'
import { derivePartsInForce } from '../../src/city/access/derive-parts.ts'
import { compile, rankAt, wholeOf } from '../../src/city/access/engine/compile.ts'
import { localMinuteOf } from '../../src/city/access/engine/local-time.ts'
import { rule as ruleByOracle, ruleUnder } from '../../src/city/access/engine/oracle.fixture.ts'
import { clocksOf, edgesOf, randomCalendar, randomClosures, randomFrom, randomInstant, randomPoint, randomRuleSet, randomVehicle } from '../../src/city/access/engine/random-rules.fixture.ts'
import { noRule } from '../../src/city/access/engine/ranked-rule.ts'
import type { BenchLine } from './decode.ts'
import { benchPublish } from './rules-publish.ts'
import { benchStreets } from './rules-streets.ts'

const zones = 500
const rulesPerZone = 20
const questions = 200_000
const rounds = 5

/** Questions as flat arrays, so that the loop measures the engine and not the reading of the questions. */
function ask(count: number, seed: number, clocks: readonly string[]) {
  const random = randomFrom(seed)
  const [lon, lat, at] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  const vehicle = new Uint8Array(count)
  for (let each = 0; each < count; each++) {
    const point = randomPoint(random)
    lon[each] = point.lon
    lat[each] = point.lat
    at[each] = randomInstant(random, clocks)
    vehicle[each] = random.below(16)
  }
  return { lon, lat, at, vehicle }
}

/** Seconds of processor time of this process: other programs on the machine do not count. */
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/**
 * `rules.point-check`: answers a second on one core, 500 zones × 20 rules, against a plain loop over zones, rules and sides on the
 * same questions; `rules.oracle`: answers that differ from that loop; `rules.compile`: seconds until a changed set answers; memory; `rules.publish*`: publications
 * seen by others; `rules.streets`: closures of a street network by interval.
 */
export async function* benchRules({ oracleQuestions = 1_000_000 }: { readonly oracleQuestions?: number } = {}): AsyncGenerator<BenchLine> {
  const before = process.memoryUsage().rss
  const ruleSet = randomRuleSet({ seed: 500, zones, rulesPerZone, corners: 40, reach: 0.016 })
  const clocks = clocksOf(ruleSet)
  const random = randomFrom(501)
  const facts = Array.from({ length: 16 }, () => randomVehicle(random))
  const started = cpuSeconds()
  const compiled = compile([wholeOf(ruleSet)], randomCalendar)
  const vehicles = facts.map((each) => compiled.vehicle(each))
  const compileSeconds = cpuSeconds() - started
  const { lon, lat, at, vehicle } = ask(questions, 502, clocks)
  const round = (): number => {
    const begun = cpuSeconds()
    let sum = 0
    for (let each = 0; each < questions; each++) sum += rankAt(compiled, vehicles[vehicle[each]!]!, lon[each]!, lat[each]!, localMinuteOf(at[each]!)) & 1
    if (Number.isNaN(sum)) throw new Error('nothing was asked')
    return questions / (cpuSeconds() - begun)
  }
  const plain = (count: number): number => {
    const begun = cpuSeconds()
    for (let each = 0; each < count; each++) ruleByOracle(ruleSet, randomCalendar, facts[vehicle[each]!]!, { lon: lon[each]!, lat: lat[each]!, at: at[each]! })
    return count / (cpuSeconds() - begun)
  }
  const coldRate = round()
  const engine: number[] = []
  const loop: number[] = []
  for (let each = 0; each < rounds; each++) {
    engine.push(round())
    loop.push(plain(100))
  }
  const value = median(engine)
  const against = 'a plain loop over all zones and rules, same questions, checks/s'
  yield { name: 'rules.point-check', value: Math.round(value), unit: `checks/s a core, ${zones} zones x ${rulesPerZone} rules`, against, ratio: Number((value / median(loop)).toPrecision(3)) }
  yield { name: 'rules.point-check.cold', value: Math.round(coldRate), unit: 'checks/s in the first round, tables of the day still to be made', against, ratio: Number((coldRate / median(loop)).toPrecision(3)) }
  yield { name: 'rules.compile', value: Number(compileSeconds.toFixed(3)), unit: `s for ${zones} zones x ${rulesPerZone} rules`, against: 'the 2 s in which a published change must be in force everywhere', ratio: Number((compileSeconds / 2).toPrecision(3)) }
  const megabytes = (process.memoryUsage().rss - before) / 2 ** 20
  yield { name: 'rules.memory', value: Math.round(megabytes), unit: `MB resident for the set, the questions and the tables of ${vehicles.length} vehicle classes`, against: 'the process before, MB', ratio: Number((megabytes / (before / 2 ** 20)).toPrecision(3)) }
  yield benchStreets(ruleSet, cpuSeconds)
  yield* benchPublish(ruleSet)
  yield compareWithOracle(oracleQuestions)
}

/** Many random triples over small sets, each answered twice. */
function compareWithOracle(count: number): BenchLine {
  let differing = 0
  let decided = 0
  const perSet = 10_000
  for (let done = 0, seed = 1; done < count; done += perSet, seed++) {
    const ruleSet = randomRuleSet({ seed, zones: 8, rulesPerZone: 6, corners: 12 })
    const random = randomFrom(seed + 100_000)
    const closures = randomClosures(random, 4)
    const compiled = compile(derivePartsInForce(ruleSet, [], closures.map(storedAs)), randomCalendar)
    const edges = edgesOf(closures)
    const clocks = clocksOf(ruleSet)
    const facts = Array.from({ length: 10 }, () => randomVehicle(random))
    for (let each = 0; each < perSet; each++) {
      const [mine, point, at] = [random.pick(facts), randomPoint(random), random.next() < 0.1 ? random.pick(edges) : randomInstant(random, clocks)]
      const vehicle = compiled.vehicle(mine)
      const rank = rankAt(compiled, vehicle, point.lon, point.lat, localMinuteOf(at))
      const theirs = ruleUnder(closures, ruleSet, randomCalendar, { vehicle: mine, ...point, at })
      if (theirs.rule !== null) decided++
      if (theirs.rule !== (rank === noRule ? null : compiled.rules[rank]!.rule.code) || theirs.allowed !== vehicle.isAllowed(rank)) differing++
    }
  }
  return { name: 'rules.oracle', value: differing, unit: `differences in ${count} triples`, against: 'triples that a rule decided', ratio: Number((differing / decided).toPrecision(3)) }
}
