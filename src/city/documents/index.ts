/** Policy documents, reports and public platforms: evidence that something was issued or built. */
export { documentRegister, documentStatuses, documentSubjects, type DocumentSubject, type PolicyDocument } from './register.ts'
