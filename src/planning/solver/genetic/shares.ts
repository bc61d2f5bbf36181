import type { Budget } from '../budget.ts'

/** Iterations a second that strings make on a machine of today, where the budget is seconds: what is worth doing depends on how many there will be. */
const usualSpeed = 150_000
/** Beyond this number of tasks only parts are crossed: a population of whole plans would not live to see its second generation. */
const mostTasks = 1200

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/**
 * Iterations of the budget over the square of the tasks: a population needs so many children however many tasks there are, and each costs more.
 * Measured on 24 of the cvrp-x: from about 45 on whole plans are crossed best from the start, below 15 hardly at all.
 */
const ease = (tasks: number, { seconds, iterations }: Budget): number => (iterations ?? (seconds ?? 1) * usualSpeed) / tasks ** 2

/** Iterations a task below which strings themselves have not come to rest. */
const unhurried = 2000

/** Share of the budget for the descent before anything is crossed. */
export function shareOfDescent(tasks: number, budget: Budget): number {
  const hurry = clamp(1 - (ease(tasks, budget) * tasks) / unhurried, 0, 1)
  return clamp(0.4 - ease(tasks, budget) / 150, 0.08, 0.35) + hurry / 2
}

/** Share of the crossing that goes to parts of the best plan, the rest to whole plans. */
export const shareOfParts = (tasks: number, budget: Budget): number => (tasks > mostTasks ? 1 : clamp(1.1 - ease(tasks, budget) / 30, 0.15, 1))
