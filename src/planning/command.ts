import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { problemLine, ProblemError } from '../base/problems.ts'
import { checkPlan } from './checker/index.ts'
import { planEchelonsChecked, renderEchelonContract } from './command-echelons.ts'
import { echelonFormatNames, formatNames, parseJson, readEchelons, readProblem, readVroom, renderVroom, withoutMark, type Convention } from './formats/index.ts'
import { planningProblem, type Plan, type PlanningProblem } from './model/index.ts'
import { priceConstraints } from './prices/index.ts'
import { wantsRoads } from './roads/wants-roads.ts'
import { solve } from './solver/index.ts'

/** Options of `./lvpei plan`, as `parseArgs` wants them. */
export const planOptions = {
  format: { type: 'string' },
  seconds: { type: 'string' },
  iterations: { type: 'string' },
  seed: { type: 'string' },
  workers: { type: 'string' },
  objective: { type: 'string' },
  rounding: { type: 'string' },
  roads: { type: 'string' },
  rules: { type: 'string' },
  router: { type: 'string' },
  prices: { type: 'boolean' },
  full: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Values = { [Name in keyof typeof planOptions]?: string | boolean | undefined }

/** Where the command reads and writes; tests hand in their own. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

const standard: Streams = { out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) }

/** Format by what the file looks like, when none is named. */
function guessFormat(text: string): string {
  if (/^\s*\{/.test(text)) return text.includes('"lvpei-echelons/1"') ? 'lvpei-echelons' : text.includes('"lvpei-planning/1"') ? 'lvpei' : 'vroom'
  if (/^!.*Trucks/m.test(text)) return 'breunig'
  if (/_SECTION/.test(text)) return 'vrplib'
  if (/^StringID/m.test(text)) return 'schneider'
  return /^\s*\d+\s+\d+\s+\d+\s*$/m.test(text.split('\n')[0]!) ? 'lilim' : 'solomon'
}

/** Every worker is a thread with the problem and its matrices once more: beyond the cores of the largest machines they only take memory. */
const mostWorkers = 64

/** What a number may be: seconds may be parts of one, the others count something; a seed is told apart by all its digits. */
const numbers = {
  seconds: { isGood: (value: number) => Number.isFinite(value) && value > 0, reason: '应为正数' },
  iterations: { isGood: (value: number) => Number.isSafeInteger(value) && value > 0, reason: '应为正整数' },
  seed: { isGood: (value: number) => Number.isSafeInteger(value) && value > 0, reason: '应为正整数' },
  workers: { isGood: (value: number) => Number.isInteger(value) && value > 0 && value <= mostWorkers, reason: `应为 1 到 ${mostWorkers} 的整数` },
}

function readNumber(values: Values, name: keyof typeof numbers): number | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const value = Number(text)
  const { isGood, reason } = numbers[name]
  if (isGood(value)) return value
  throw new ProblemError(planningProblem('plan-field-invalid', { pointer: `--${name}`, reason, value: String(text) }), 2)
}

function choice<Choice extends string>(values: Values, name: 'objective' | 'rounding', choices: readonly Choice[]): { [key: string]: Choice } {
  const value = values[name]
  if (value === undefined) return {}
  if (choices.includes(value as Choice)) return { [name]: value as Choice }
  throw new ProblemError(planningProblem('plan-field-invalid', { pointer: `--${name}`, reason: `应为 ${choices.join(' | ')}`, value: String(value) }), 2)
}

/** The contract's JSON: customer ids as in the file, depot left out, cost in the instance's own convention. */
export function renderContract(problem: PlanningProblem, plan: Plan): { readonly feasible: boolean } {
  const left = new Set(plan.unassigned.map((each) => each.order))
  const contract = {
    feasible: problem.orders.every((order) => order.penalty !== undefined || !left.has(order.id)),
    cost: plan.cost,
    distance: plan.distanceMetres,
    vehicles: plan.vehicles,
    seconds: plan.seconds,
    iterations: plan.iterations,
    unassigned: plan.unassigned.map(({ order, ...why }) => ({ id: order, ...why })),
    // a carried order has two stops: their places are the numbers of the academic files
    routes: plan.routes.map((route) => route.stops.filter((stop) => stop.kind === 'pickup' || stop.kind === 'delivery').map((stop) => (isCarried(problem, stop.order) ? stop.place : stop.order))),
    ...(plan.replanning && { replanning: plan.replanning }),
  }
  return contract
}

function isCarried(problem: PlanningProblem, id: string): boolean {
  const order = problem.orders.find((each) => each.id === id)
  return Boolean(order?.pickup && order.delivery)
}

/** Solves a problem and has the independent checker confirm the plan before anybody sees it. */
export async function planChecked(problem: PlanningProblem, options: { seconds?: number; iterations?: number; seed?: number; workers?: number }): Promise<Plan> {
  const plan = await solve(problem, options).plan
  const { violations } = checkPlan(problem, plan)
  if (violations.length > 0) throw new ProblemError(planningProblem('plan-check-failed', { reason: violations.slice(0, 5).map((each) => `${each.code}: ${each.message}`).join('; ') }))
  return plan
}

/**
 * `./lvpei plan FILE --format … --seconds N --seed N --workers N`: prints the contract's JSON (`--full` the whole plan, VROOM's own output
 * for `--format vroom`). Exit 0 feasible, 1 not feasible or a bad problem, 2 wrong use.
 */
export async function planCommand(args: readonly string[], streams: Streams = standard): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: planOptions, allowPositionals: true, strict: true })
    return await runPlan(values, positionals, streams)
  } catch (error) {
    if (error instanceof ProblemError) {
      for (const each of error.problems) streams.err(`${problemLine(each)}\n`)
      return error.status === 2 ? 2 : 1
    }
    if (String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) {
      streams.err(`wrong-use: ${(error as Error).message}\n`)
      return 2
    }
    throw error
  }
}

/** The problem with its travel by road laid out as tables, where it asks for any. */
async function withTravel(text: string, format: string, values: Values): Promise<string> {
  if (format !== 'lvpei' || !wantsRoads(text)) return text
  const { layTravel } = await import('./roads/index.ts')
  const named = (name: 'roads' | 'rules' | 'router'): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined)
  return JSON.stringify(await layTravel(parseJson(text), { roadsFile: named('roads'), rulesFile: named('rules'), routerUrl: named('router') }))
}

async function runPlan(values: Values, positionals: readonly string[], streams: Streams): Promise<number> {
  const [file] = positionals
  const { iterations, seconds = 10, seed = 1, workers = 1 } = Object.fromEntries((Object.keys(numbers) as (keyof typeof numbers)[]).map((name) => [name, readNumber(values, name)])) as { [Name in keyof typeof numbers]?: number }
  const budget = iterations === undefined ? { seconds } : { iterations }
  if (file === undefined || positionals.length > 1) throw new ProblemError(planningProblem('plan-file-unreadable', { file: file ?? '', reason: '应给出一个文件' }), 2)
  const text = withoutMark(await readFile(file, 'utf8').catch((error: Error) => {
    throw new ProblemError(planningProblem('plan-file-unreadable', { file, reason: error.message }))
  }))
  const format = typeof values.format === 'string' ? values.format : guessFormat(text)
  if (![...formatNames, ...echelonFormatNames].includes(format)) throw new ProblemError(planningProblem('plan-format-unknown', { value: format, known: [...formatNames, ...echelonFormatNames].join('、') }), 2)
  if (echelonFormatNames.includes(format)) {
    const problem = readEchelons(text, format)
    const plan = await planEchelonsChecked(problem, { ...budget, seed })
    const contract = renderEchelonContract(problem, plan)
    streams.out(`${JSON.stringify(values.full ? plan : contract)}\n`)
    return contract.feasible ? 0 : 1
  }
  const convention: Convention = { ...choice(values, 'objective', ['cost', 'vehicles-then-cost'] as const), ...choice(values, 'rounding', ['none', 'nearest', 'tenths-down'] as const) }
  const problem = readProblem(await withTravel(text, format, values), format, convention)
  const plan = await planChecked(problem, { ...budget, seed, workers })
  const priced = values.prices ? await priceConstraints(problem, plan, { ...budget, seed }) : null
  const final = priced?.plan ?? plan
  const contract = renderContract(problem, final)
  const shown = values.full ? final : format === 'vroom' ? renderVroom(final, readVroom(parseJson(text))) : contract
  streams.out(`${JSON.stringify(priced ? { ...shown, prices: priced.prices, pricesAreEstimates: priced.isEstimate } : shown)}\n`)
  return contract.feasible ? 0 : 1
}
