export { checkEchelons, type EchelonVerdict } from './check-echelons.ts'
export { checkPlan, type Verdict, type Violation } from './check-plan.ts'
