import { setRules } from './planner-sets.ts'
import type { InstanceResult } from './planner.ts'

/** One run of one instance. */
export interface ResultLine extends InstanceResult {
  readonly seconds: number
  readonly workers: number
}

/** What is asked of a group of instances: mean gap in percent, and where vehicles come first the share of plans with no more than the best known. */
interface Goal {
  readonly label: string
  readonly set: string
  readonly gap: { readonly 10?: number; readonly 60?: number }
  readonly vehicles?: { readonly 10?: number; readonly 60?: number }
  has?(name: string): boolean
}

const stops = (name: string): number => Number(/^X-n(\d+)/.exec(name)?.[1])
const isNarrow = (name: string): boolean => /^R?C?1/.test(name)

const goals: readonly Goal[] = [
  { label: 'cvrp-x n ≤ 200', set: 'cvrp-x', gap: { 10: 0.2, 60: 0.1 }, has: (name) => stops(name) <= 200 },
  { label: 'cvrp-x 200–600', set: 'cvrp-x', gap: { 10: 0.35, 60: 0.2 }, has: (name) => stops(name) > 200 && stops(name) <= 600 },
  { label: 'cvrp-x > 600', set: 'cvrp-x', gap: { 10: 1.2, 60: 0.55 }, has: (name) => stops(name) > 600 },
  { label: 'cvrp-xxl', set: 'cvrp-xxl', gap: { 60: 1 } },
  { label: 'vrptw-solomon', set: 'vrptw-solomon', gap: { 10: 0.1, 60: 0.03 } },
  { label: 'vrptw-gh1000 narrow', set: 'vrptw-gh1000', gap: { 10: 3, 60: 1.6 }, has: isNarrow },
  { label: 'vrptw-gh1000 wide', set: 'vrptw-gh1000', gap: { 10: 3, 60: 1.3 }, has: (name) => !isNarrow(name) },
  { label: 'vrptw-gh 200–400', set: 'vrptw-gh', gap: { 10: 1, 60: 0.6 }, vehicles: { 10: 90, 60: 95 } },
  { label: 'pdptw-lilim 100–200', set: 'pdptw-lilim', gap: {}, vehicles: { 10: 90, 60: 95 }, has: (name) => /^l[rc]+[12](\d\d|_2_\d+)$/.test(name) },
  { label: 'evrptw-schneider', set: 'evrptw-schneider', gap: { 60: 1 }, vehicles: { 60: 80 } },
  { label: 'hfvrp', set: 'hfvrp', gap: { 60: 1 } },
  { label: 'mdvrptw', set: 'mdvrptw', gap: { 60: 1 } },
  { label: 'mtvrptw-r', set: 'mtvrptw-r', gap: { 60: 1 } },
]

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length

/** The goal and what was measured of it at one budget, as two cells. */
function cells(goal: Goal, seconds: 10 | 60, lines: readonly ResultLine[]): string {
  const { isVehiclesFirst } = setRules[goal.set]!
  const own = lines.filter((each) => each.set === goal.set && each.seconds === seconds && each.workers === 1 && (goal.has?.(each.name) ?? true))
  const [gap, vehicles] = [goal.gap[seconds], goal.vehicles?.[seconds]]
  const asked = [vehicles === undefined ? '' : `≥ ${vehicles} % of vehicles`, gap === undefined ? '' : `${gap}`].filter(Boolean).join(', ') || '–'
  const complete = own.filter((each) => each.unassigned === 0 && each.violations === 0)
  const equal = complete.filter((each) => !isVehiclesFirst || each.vehicles <= (each.bestVehicles ?? Infinity))
  const measured = own.length === 0 ? '–' : `${isVehiclesFirst ? `${equal.length} of ${own.length} vehicles, ` : ''}${equal.length ? `${mean(equal.map((each) => each.gapPercent)).toFixed(2)} %` : '–'} (${equal.length})`
  return `${asked} | ${measured}`
}

/** The benchmark page in Markdown: goals beside what was measured, then every run. */
export function planTable(lines: readonly ResultLine[], about: { date: string; seed: number; clock: 'wall' | 'cpu'; remarks: string }): string {
  const clock = about.clock === 'cpu' ? 'seconds the worker thread ran' : 'seconds on the wall'
  const budgets = [...new Set(lines.map((each) => `${each.seconds}:${each.workers}`))].map((each) => each.split(':').map(Number) as [number, number]).sort((a, b) => a[1] - b[1] || a[0] - b[0])
  const sections = budgets.flatMap(([seconds, workers]) => [
    `## ${seconds} seconds, ${workers === 1 ? 'one worker' : `${workers} workers`}`, '',
    '| set | instance | gap % | vehicles / best known | unassigned | iterations/s | violations |', '|---|---|---|---|---|---|---|',
    ...lines.filter((each) => each.seconds === seconds && each.workers === workers).map((each) => `| ${each.set} | ${each.name} | ${percent(each.gapPercent)} | ${each.vehicles} / ${each.bestVehicles ?? '–'} | ${each.unassigned} | ${each.iterationsPerSecond} | ${each.violations} |`), '',
  ])
  return [
    '# Planner benchmark', '',
    `${about.date} · seed ${about.seed} · ${clock} · one run an instance`, '',
    'The gap is to the best known cost; where vehicles come first it is the mean over plans with no more vehicles than the best known. Behind each goal', 
    'stands what was measured with one worker, and of how many instances. Where a child of the genetic search is counted, it counts as many iterations as it has stops.', '',
    '| set | goal at 10 s, % | measured | goal at 60 s, % | measured |', '|---|---|---|---|---|',
    ...goals.map((goal) => `| ${goal.label} | ${cells(goal, 10, lines)} | ${cells(goal, 60, lines)} |`), '',
    ...(about.remarks ? [about.remarks, ''] : []),
    ...sections,
  ].join('\n')
}

/** Two decimals; what rounds to nothing has no sign. */
const percent = (value: number): string => value.toFixed(2).replace(/^-(?=0\.00$)/, '')
