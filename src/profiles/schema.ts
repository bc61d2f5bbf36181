import { z } from 'zod'
import { governance, profileUnit } from './schema-governance.ts'
import { profileIndicator } from './schema-indicator.ts'
import { profileTask } from './schema-task.ts'
import { divisionCode, inconsistency, openQuestion, statedDate } from './schema-words.ts'

/** The city's own words for things the product has one code word for; used in its screens and documents. */
const words = z.strictObject({
  lead: z.string().min(1).describe('牵头单位／牵头部门'),
  joint: z.string().min(1).describe('共同责任单位／责任单位／配合单位'),
  hub: z.string().min(1),
  publicDc: z.string().min(1),
  terminalStation: z.string().min(1),
  /** 临时停靠点, 停靠泊位 … as the target counts them */
  stopPlace: z.string().min(1),
  /** 示范企业, 试点企业, 配送企业 */
  enterprise: z.string().min(1),
  programme: z.string().min(1).describe('项目全称'),
  period: z.string().min(1).describe('创建期／示范建设期'),
  baseline: z.string().min(1).describe('创建期初／示范建设期初'),
})

const division = z.strictObject({ code: divisionCode, name: z.string().min(1) })

/** A city's (or district's) programme: policy as data. One profile is the union of all `*.jsonc` of its directory. */
export const profileSchema = z.strictObject({
  code: divisionCode,
  name: z.string().min(1),
  shortName: z.string().min(1),
  level: z.enum(['city', 'district']),
  /** the city a district belongs to; null for a city */
  parent: division.nullable(),
  districts: z.array(division),
  /** true: invented for demonstration; its figures must be labelled so wherever they are shown */
  madeUp: z.boolean(),
  document: z.strictObject({
    title: z.string().min(1),
    number: z.string().nullable(),
    issuer: z.string().nullable(),
    issuedOn: statedDate.nullable(),
    status: z.enum(['issued', 'draft-for-comment', 'made-up']),
    source: z.string().min(1).describe('来源说明，见 docs/sources'),
    /** documents it carries out */
    basedOn: z.array(z.strictObject({ title: z.string().min(1), number: z.string().nullable() })),
    note: z.string().optional(),
  }),
  period: z.strictObject({ text: z.string().min(1), from: statedDate.nullable(), to: statedDate.nullable(), openQuestions: z.array(z.string()) }),
  words,
  /** the numberings the document uses for tasks, first the one people cite */
  numberings: z.array(z.strictObject({ key: z.string().min(1), name: z.string().min(1) })).min(1),
  units: z.array(profileUnit).min(1),
  indicators: z.array(profileIndicator),
  tasks: z.array(profileTask),
  governance,
  openQuestions: z.array(openQuestion),
  inconsistencies: z.array(inconsistency),
})

export type Profile = z.infer<typeof profileSchema>
export type ProfilePeriod = Profile['period']

/** The published JSON Schema (docs/generated/profile.schema.json) for editors and other systems. */
export const profileJsonSchema = (): Record<string, unknown> => ({
  ...(z.toJSONSchema(profileSchema, { target: 'draft-2020-12' }) as Record<string, unknown>),
  title: '绿配城市方案 · city profile',
})
