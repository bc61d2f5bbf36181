export { checkPlan, type Verdict, type Violation } from './check-plan.ts'
