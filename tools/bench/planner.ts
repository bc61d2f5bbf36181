import { writeFileSync } from 'node:fs'
import { checkEchelons, checkPlan, echelonFormatNames, parseEchelons, parseProblem, readEchelons, readProblem, searchEchelons, solve, solveEchelons, solveHere, type Plan, type ProblemInput } from '../../src/planning/index.ts'
import { randomCityProblem, randomLargeCityProblem, replannedProblem } from '../../src/planning/random-city.fixture.ts'
import { randomLargeProblem, randomProblem, randomTimelessProblem } from '../../src/planning/random-problem.fixture.ts'
import { randomTiersOfAnyShape } from '../../src/planning/random-tiers.fixture.ts'
import type { BenchLine } from './decode.ts'
import { listInstances, setRules, type BenchInstance } from './planner-sets.ts'
import { planTable } from './planner-table.ts'

export interface PlannerBenchOptions {
  /** folder with one folder a set: the instances are named on the command line and never shipped */
  readonly directory: string
  readonly sets: readonly string[]
  readonly seconds: number
  /** instances a set, spread evenly; all when absent */
  readonly count?: number
  readonly match?: RegExp
  readonly seed?: number
  readonly workers?: number
  /** `cpu` on a machine that does other things as well */
  readonly clock?: 'wall' | 'cpu'
  /** instances run at a time, each in its own thread; 1 when absent */
  readonly parallel?: number
  /** called with each result as it comes: a long bench that is ended loses nothing */
  note?(result: InstanceResult): void
}

export interface InstanceResult {
  readonly set: string
  readonly name: string
  readonly gapPercent: number
  readonly vehicles: number
  readonly bestVehicles: number | null
  readonly iterationsPerSecond: number
  readonly violations: number
  readonly unassigned: number
}

/** Solves one instance and has the plan checked; the gap is to the best known cost, in the set's own unit. */
export async function runInstance(instance: BenchInstance, options: PlannerBenchOptions): Promise<InstanceResult> {
  const rule = setRules[instance.set]!
  if (echelonFormatNames.includes(rule.format)) return runEchelonInstance(instance, options)
  const problem = readProblem(instance.text, rule.format, rule.convention)
  const plan: Plan = await solve(problem, { seconds: options.seconds, seed: options.seed ?? 1, workers: options.workers ?? 1, clock: options.clock ?? 'wall' }).plan
  return {
    set: instance.set,
    name: instance.name,
    gapPercent: 100 * ((plan.cost * rule.scale(instance.best)) / instance.best - 1),
    vehicles: plan.vehicles,
    bestVehicles: instance.vehicles,
    iterationsPerSecond: Math.round(plan.iterations / plan.seconds),
    violations: checkPlan(problem, plan).violations.length,
    unassigned: plan.unassigned.length,
  }
}

/** The same for a problem of several tiers; it is searched by one worker. */
async function runEchelonInstance(instance: BenchInstance, options: PlannerBenchOptions): Promise<InstanceResult> {
  const rule = setRules[instance.set]!
  const problem = readEchelons(instance.text, rule.format)
  const plan = await solveEchelons(problem, { seconds: options.seconds, seed: options.seed ?? 1, clock: options.clock ?? 'wall' }).plan
  return {
    set: instance.set,
    name: instance.name,
    gapPercent: 100 * ((plan.cost * rule.scale(instance.best)) / instance.best - 1),
    vehicles: plan.levels.reduce((sum, level) => sum + level.plan.vehicles, 0),
    bestVehicles: instance.vehicles,
    iterationsPerSecond: Math.round(plan.iterations / plan.seconds),
    violations: checkEchelons(problem, plan).violations.length,
    unassigned: plan.levels.reduce((sum, level) => sum + level.plan.unassigned.length, 0),
  }
}

/** All instances, some at a time; results in the order of the list. */
async function runAll(instances: readonly BenchInstance[], options: PlannerBenchOptions): Promise<InstanceResult[]> {
  const results: InstanceResult[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < instances.length) {
      const at = next++
      results[at] = await runInstance(instances[at]!, options)
      options.note?.(results[at])
    }
  }
  await Promise.all(Array.from({ length: options.parallel ?? 1 }, lane))
  return results
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length)

/**
 * `planner.<set>.<seconds>s`: mean gap to the best known, set by set. Where vehicles come first the gap counts only plans with the best known
 * number of vehicles, and a second line says how many those are.
 */
export async function* benchPlanner(options: PlannerBenchOptions): AsyncGenerator<BenchLine & { readonly instances?: readonly InstanceResult[] }> {
  for (const set of options.sets) {
    const results = await runAll(listInstances(options.directory, set, options), options)
    const isFirst = setRules[set]!.isVehiclesFirst
    const complete = results.filter((each) => each.unassigned === 0 && each.violations === 0)
    const equal = complete.filter((each) => !isFirst || each.vehicles <= (each.bestVehicles ?? Infinity))
    const gap = mean(equal.map((each) => each.gapPercent))
    const name = `planner.${set}.${options.seconds}s`
    yield { name, value: Number(gap.toFixed(3)), unit: '% gap', against: `best known cost, ${equal.length} of ${results.length} instances`, ratio: Number((1 + gap / 100).toFixed(5)), instances: results }
    if (isFirst) yield { name: `${name}.vehicles`, value: Number(((100 * equal.length) / Math.max(1, results.length)).toFixed(1)), unit: '% of instances with no more vehicles than best known', against: 'best known vehicles', ratio: equal.length / Math.max(1, results.length) }
    yield { name: `${name}.iterations`, value: Math.round(mean(results.map((each) => each.iterationsPerSecond))), unit: 'iterations/s', against: 'seconds of the search', ratio: options.seconds }
  }
}

const richIterations = 60

/**
 * `planner.rich`: random rich problems whose plans pass the checker, half of them with every constraint of a city in any combination, and
 * of those every fourth planned a second time with frozen stops and one order more; beside them, once in eight seeds, two or three tiers and one without
 * anything about time, and once in 32 one of
 * hundreds of orders and a larger city. Faults go to standard error.
 */
export function benchRich(problems: number): BenchLine {
  const began = process.cpuUsage()
  let passed = 0
  let plans = 0
  const note = (seed: number, violations: readonly { readonly code: string; readonly message: string }[]): void => {
    plans++
    if (violations.length === 0) passed++
    else process.stderr.write(`seed ${seed}: ${violations[0]!.code} ${violations[0]!.message}\n`)
  }
  const runTiers = (seed: number): void => {
    const { problem, problems: refused } = parseEchelons(randomTiersOfAnyShape(seed))
    if (!problem) throw new Error(`seed ${seed}: ${refused[0]!.message}`)
    note(seed, checkEchelons(problem, searchEchelons(problem, { budget: { iterations: richIterations }, seed, outside: { now: () => 0, isCancelled: () => false } })).violations)
  }
  const run = (seed: number, input: ProblemInput): Plan => {
    const { problem, problems: refused } = parseProblem(input)
    if (!problem) throw new Error(`seed ${seed}: ${refused[0]!.message}`)
    const plan = solveHere(problem, { iterations: richIterations, seed })
    note(seed, checkPlan(problem, plan).violations)
    return plan
  }
  for (let seed = 1; plans < problems; seed++) {
    run(seed, randomProblem(seed))
    const plan = run(seed, randomCityProblem(seed))
    if (seed % 4 === 0) run(seed, replannedProblem(seed, plan))
    if (seed % 8 === 0) runTiers(seed)
    if (seed % 8 === 4) run(seed, randomTimelessProblem(seed))
    if (seed % 32 !== 0) continue
    run(seed, randomLargeProblem(seed))
    run(seed, randomLargeCityProblem(seed))
  }
  const seconds = process.cpuUsage(began).user / 1e6
  return { name: 'planner.rich', value: passed, unit: 'plans that pass the checker', against: `${plans} random rich problems, ${Math.round(seconds)} s of processor`, ratio: passed / plans }
}

/**
 * `planner.city`: larger cities whose routes share berths and charging points, each searched for some seconds of processor. What their routes are
 * judged by decides how far a search comes.
 */
export async function* benchCities(cities: number, seconds: number): AsyncGenerator<BenchLine> {
  const speeds: number[] = []
  let wanted = 0
  let served = 0
  let broken = 0
  for (let seed = 1; speeds.length < cities; seed++) {
    const { problem } = parseProblem(randomLargeCityProblem(seed))
    if (!problem || !problem.vehicles.some((each) => each.energy) || !problem.places.some((each) => each.berths ?? each.chargers)) continue
    const plan = await solve(problem, { seconds, seed, workers: 1, clock: 'cpu' }).plan
    const left = new Set(plan.unassigned.map((each) => each.order))
    const must = problem.orders.filter((each) => each.penalty === undefined)
    wanted += must.length
    served += must.filter((each) => !left.has(each.id)).length
    broken += checkPlan(problem, plan).violations.length
    speeds.push(Math.max(1, plan.iterations) / seconds)
  }
  const against = `${cities} larger cities with electric vehicles, ${seconds} s each`
  yield { name: 'planner.city.served', value: served, unit: 'orders served that must be', against: `${wanted} such orders of ${against}; ${broken} violations`, ratio: served / wanted }
  yield { name: 'planner.city.iterations', value: Number(Math.exp(mean(speeds.map(Math.log))).toFixed(1)), unit: 'iterations/s, geometric mean', against, ratio: seconds }
}

/** Writes the page of one run: what was run, on what, and every instance. */
export function writeTable(file: string, results: readonly InstanceResult[], { seconds, workers = 1, seed = 1, clock }: PlannerBenchOptions, date: string): void {
  writeFileSync(file, planTable(results.map((each) => ({ ...each, seconds, workers })), { date, seed, clock: clock ?? 'wall', remarks: '' }))
}
