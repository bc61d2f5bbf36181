export { planCommand, planChecked, planOptions, renderContract, type Streams } from './command.ts'
export { checkEchelons, checkPlan, type EchelonVerdict, type Verdict, type Violation } from './checker/index.ts'
export { echelonsSchema, parseEchelons, searchEchelons, solveEchelons, type EchelonInput, type EchelonPlan, type EchelonProblem } from './echelons/index.ts'
export { echelonFormatNames, formatNames, readEchelons, readProblem, readVroom, renderVroom, type Convention } from './formats/index.ts'
export { deriveChanges, listRelaxed, parseProblem, planningProblem, problemSchema, stopLimit, type Order, type Plan, type PlanChange, type PlanDifference, type PlanningProblem, type PlanRoute, type PlanStop, type ProblemInput, type Relaxed, type Unassigned } from './model/index.ts'
export { priceConstraints, type ConstraintPrice, type PriceList, type PriceOptions } from './prices/index.ts'
export { solve, solveHere, type Progress, type SolveOptions, type Solving } from './solver/index.ts'
/** Only the sentences: the road network itself is loaded when it is asked for, through `roads/index.ts`. */
export { roadProblem } from './roads/problems.ts'
