export { solve, type SolveOptions, type Solving } from './solve.ts'
export type { Progress } from './budget.ts'
export { solveHere } from './solve-here.ts'
