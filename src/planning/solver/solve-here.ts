import type { Plan, PlanningProblem } from '../model/index.ts'
import { compile } from './instance/compile.ts'
import { writePlan } from './plan.ts'
import { beginSearch } from './begin-search.ts'

/** Searches in the calling thread for a fixed number of iterations: for tests and small problems, where a thread costs more than the search. */
export function solveHere(problem: PlanningProblem, options: { iterations: number; seed: number }): Plan {
  const instance = compile(problem)
  const search = beginSearch(problem, instance, {
    seed: options.seed,
    stream: 0,
    budget: { iterations: options.iterations },
    outside: { now: () => 0, isCancelled: () => false },
  })
  search.advance(1)
  return writePlan(problem, instance, search.best.packed, { iterations: search.iterations, seconds: 0, seed: options.seed, workers: 1 })
}
