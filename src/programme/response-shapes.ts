import { z } from 'zod'
import { canonicalIndicatorIds, indicatorGroups, profileSchema } from '../profiles/index.ts'
import { paces } from './derive-pace.ts'
import { taskStates } from './derive-tasks.ts'
import { officialDocument } from './document-schema.ts'

/** What the programme's routes answer with, as schemas, so that OpenAPI and the clients know them. */
const namedUnit = z.strictObject({ code: z.string(), name: z.string() })
const askedQuestion = z.strictObject({ id: z.string(), question: z.string(), askUnit: z.string().nullable(), clause: z.string() })
const pace = z.enum(paces)

export const profileEntry = z.strictObject({
  code: z.string(),
  name: z.string(),
  level: z.enum(['city', 'district']),
  parent: namedUnit.nullable(),
  madeUp: z.boolean(),
  document: profileSchema.shape.document.pick({ title: true, number: true, issuedOn: true, status: true }),
  period: profileSchema.shape.period,
  tasks: z.number(),
  indicators: z.number(),
  openQuestions: z.number(),
})

const indicatorShape = profileSchema.shape.indicators.element.shape

export const targetRow = z.strictObject({
  code: z.string(),
  name: z.string(),
  canonical: z.enum(canonicalIndicatorIds),
  group: z.enum(indicatorGroups),
  comparator: indicatorShape.comparator,
  target: z.number().nullable(),
  targetText: z.string(),
  unit: z.string(),
  actual: z.number().nullable(),
  actualText: z.string().nullable(),
  met: z.boolean().nullable(),
  expectedByNow: z.number().nullable(),
  expectedText: z.string().nullable(),
  pace,
  reason: z.string(),
  baseline: indicatorShape.baseline,
  valueId: z.string().nullable(),
  rowsCounted: z.number().nullable(),
  rowsExcluded: z.number().nullable(),
  asOf: z.string().nullable(),
  leadUnits: z.array(namedUnit).readonly(),
  openQuestions: z.array(askedQuestion).readonly(),
  clause: z.string(),
})

const taskShape = profileSchema.shape.tasks.element.shape

export const taskRow = z.strictObject({
  id: z.string(),
  numbers: z.array(z.strictObject({ numbering: z.string(), number: z.string(), clause: z.string() })).readonly(),
  title: z.string(),
  text: z.string(),
  group: taskShape.group,
  lead: z.array(namedUnit).readonly(),
  joint: z.array(namedUnit).readonly(),
  assignment: taskShape.assignment,
  deadline: taskShape.deadline,
  nextOccurrence: z.strictObject({ label: z.string(), opens: z.string().nullable(), dueBefore: z.string() }).nullable(),
  state: z.enum(taskStates),
  targets: z.array(z.strictObject({ code: z.string(), name: z.string(), targetText: z.string(), actualText: z.string().nullable(), pace, valueId: z.string().nullable() })).readonly(),
  openQuestions: z.array(askedQuestion).readonly(),
  note: z.string().nullable(),
})

const bulletinFacts = {
  id: z.string(),
  cityCode: z.string(),
  period: z.string(),
  version: z.number(),
  status: z.enum(['draft', 'published']),
  asOf: z.string(),
  recordedAt: z.string(),
  authorName: z.string(),
  reason: z.string().nullable(),
}
export const bulletinEntry = z.strictObject({ ...bulletinFacts, title: z.string(), documentNumber: z.string() })
export const bulletinFull = z.strictObject({ ...bulletinFacts, document: officialDocument })
