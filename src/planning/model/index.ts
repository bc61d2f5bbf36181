export * from './plan.ts'
export * from './problem.ts'
export * from './problems.ts'
export { parseProblem, stopLimit } from './parse-problem.ts'
