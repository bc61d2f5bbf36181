import { parseProblem, type PlanningProblem } from '../../model/index.ts'
import { lcg } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import type { Instance } from '../instance/instance.ts'
import type { Tours } from './ground.ts'

/** A made-up city of deliveries that only loads bind; `oneWay` has streets neither symmetric nor shortest. */
export function loadProblem(seed: number, orders: number, more: { oneWay?: boolean; fixedCost?: number; count?: number; end?: null; objective?: 'vehicles-then-cost'; capacity?: number } = {}): PlanningProblem {
  const { oneWay = false, objective, capacity = 30, ...vehicle } = more
  const draw = lcg(seed)
  const table = () => Array.from({ length: orders + 1 }, (_, i) => Array.from({ length: orders + 1 }, (_, j) => (i === j ? 0 : 5 + draw(200))))
  const { problem, problems } = parseProblem({
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    ...(objective ? { objective } : {}),
    places: Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: draw(1000), y: draw(1000) })),
    travel: [oneWay ? { profile: 'road', kind: 'matrix', distanceMetres: table() } : { profile: 'plane', kind: 'euclidean', rounding: 'nearest' }],
    vehicles: [{ id: 'van', capacity: [capacity], start: 'p0', ...vehicle }],
    orders: Array.from({ length: orders }, (_, at) => ({ id: `o${at + 1}`, load: [1 + draw(9)], delivery: { place: `p${at + 1}` } })),
  })
  if (!problem) throw new Error(JSON.stringify(problems))
  return problem
}

export const loadInstance = (...facts: Parameters<typeof loadProblem>): Instance => compile(loadProblem(...facts))

export const everyTask = (tasks: number): Int32Array => Int32Array.from({ length: tasks }, (_, task) => task)

/** A random plan: a random order, cut at random into as many routes. */
export function randomTours(seed: number, tasks: number, routes: number): Tours {
  const draw = lcg(seed)
  const sequence = everyTask(tasks)
  for (let at = tasks - 1; at > 0; at--) {
    const other = draw(at + 1)
    ;[sequence[at], sequence[other]] = [sequence[other]!, sequence[at]!]
  }
  const cuts = new Set<number>()
  while (cuts.size < routes - 1) cuts.add(1 + draw(tasks - 1))
  return { sequence, starts: Int32Array.from([0, ...[...cuts].sort((a, b) => a - b), tasks]) }
}
