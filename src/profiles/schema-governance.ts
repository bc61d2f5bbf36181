import { z } from 'zod'
import { recurrence } from './schema-task.ts'
import { clause } from './schema-words.ts'

export const profileUnit = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/).describe('单位代码，小写英文'),
  name: z.string().min(1).describe('正式或文件所用名称'),
  shortName: z.string().min(1),
  /** every other spelling that occurs, slips included */
  aliases: z.array(z.string()),
  /** `collective`: a phrase for several units (各成员单位, 各县区政府) */
  kind: z.enum(['department', 'government', 'company', 'office', 'collective']),
  /** what a collective stands for; empty when the document does not say */
  members: z.array(z.string()).optional(),
  duties: z.array(z.strictObject({ text: z.string().min(1), clause })),
  note: z.string().optional(),
})

const seat = z.strictObject({
  unit: z.string().nullable(),
  role: z.enum(['head', 'deputy-head', 'member']),
  /** the post as the document names it; null when only the unit is named */
  post: z.string().nullable(),
  /** names of people are never part of a profile: the office fills them in the product */
  person: z.null(),
})

export const governanceEvent = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  kind: z.enum(['plan', 'meeting', 'reporting-round', 'bulletin', 'summary-report', 'assessment']),
  name: z.string().min(1),
  recurrence,
  /** who hands in, who answers for it */
  by: z.array(z.string()),
  clause,
  quote: z.string().min(1),
})

export const governance = z.strictObject({
  leadingGroup: z.strictObject({ name: z.string().min(1), clause, seats: z.array(seat), duties: z.array(z.string()), openQuestions: z.array(z.string()) }).nullable(),
  office: z.strictObject({ unit: z.string().nullable(), name: z.string(), clause, duties: z.array(z.string()), note: z.string().optional() }).nullable(),
  calendar: z.array(governanceEvent),
  /** safeguards (保障措施): measures with a clause but without a row in the task table */
  measures: z.array(z.strictObject({ clause, title: z.string().min(1), text: z.string().min(1), openQuestions: z.array(z.string()) })),
})

export type ProfileUnit = z.infer<typeof profileUnit>
export type GovernanceEvent = z.infer<typeof governanceEvent>
export type Governance = z.infer<typeof governance>
