import type { PlanningProblem } from './problem.ts'

/** Whether a problem asks for few changes to a plan in use. */
export const isReplanning = (problem: PlanningProblem): boolean => Boolean(problem.routes?.length) && (problem.replanning?.scope ?? 'near') === 'near'
