/** Firms that take part in the programme. */
export { enterpriseGrades, enterpriseKinds, enterpriseRegister, enterpriseStatuses, type Enterprise } from './register.ts'
