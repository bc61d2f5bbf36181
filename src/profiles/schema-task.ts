import { z } from 'zod'
import { clause, statedDate } from './schema-words.ts'

/** Months 1–12; null: the document names no month. */
const months = z.array(z.int().min(1).max(12)).min(1).nullable()

/** What the cell says, unchanged. Where the document is silent: the sentence that says so. */
const text = z.string().min(1)

export const recurrence = z.strictObject({
  kind: z.literal('recurring'),
  text,
  every: z.enum(['quarter', 'half-year', 'year', 'unspecified']),
  months,
  /** `within` the named months, or `before` they begin (每年2月前) */
  boundary: z.enum(['within', 'before']),
  /** only the first so many days of the month (第一周内 = 7) */
  firstDays: z.int().min(1).max(31).optional(),
})

/** A deadline as the document has it; nothing is converted into a date that was not one. */
export const deadline = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('date'), text, by: statedDate }),
  recurrence,
  z.strictObject({ kind: z.literal('ongoing'), text }),
  z.strictObject({ kind: z.literal('period-end'), text }),
  z.strictObject({ kind: z.literal('yearly-split'), text }),
  z.strictObject({ kind: z.literal('undated'), text }),
])

/** One wording of a task in one numbering of the document (Lianyungang has an annex and a body wording). */
export const passage = z.strictObject({
  /** key of `profile.numberings` */
  numbering: z.string().min(1),
  number: z.string().min(1),
  title: z.string().nullable(),
  text: z.string().min(1),
  clause,
})

export const profileTask = z.strictObject({
  id: z.string().regex(/^[A-Z]-T\d{2}$/).describe('任务编号，如 L-T04'),
  title: z.string().min(1),
  group: z.strictObject({ number: z.string().nullable(), title: z.string().min(1) }),
  passages: z.array(passage).min(1),
  lead: z.array(z.string()).describe('牵头单位代码'),
  joint: z.array(z.string()).describe('共同责任（配合）单位代码'),
  /** `by-duty` 按职责分工负责: all named units are equals, none assists */
  assignment: z.enum(['lead-and-joint', 'by-duty']),
  deadline,
  /** indicator codes this task must bring about */
  targets: z.array(z.string()),
  openQuestions: z.array(z.string()),
  note: z.string().optional(),
})

export type Recurrence = z.infer<typeof recurrence>
export type Deadline = z.infer<typeof deadline>
export type Passage = z.infer<typeof passage>
export type ProfileTask = z.infer<typeof profileTask>
