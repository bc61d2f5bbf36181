import { z } from 'zod'
import { dayKinds } from './calendar.ts'
import { minuteInstant } from './local-time.ts'
import { vehicleFactsSchema, vehicleMatchSchema } from './vehicle-match.ts'

/** What a rule does to the vehicles it names, the strictest first. */
export const effects = ['no-go', 'pass-needed', 'limited', 'allowed'] as const
export type Effect = (typeof effects)[number]
export const effectNames: Readonly<Record<Effect, string>> = { 'no-go': '禁止驶入', 'pass-needed': '凭通行证驶入', limited: '限制通行', allowed: '允许驶入' }

const code = z.string().regex(/^[\w.-]{1,64}$/)
const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)
const position = z.array(z.number()).min(2).max(3)
const ring = z.array(position)

/** WGS-84. Roads are lines with a reach to both sides: where the carriageway lies. */
export const geometrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
  z.strictObject({ type: z.literal('RoadList'), reachMetres: z.number().positive().max(200), roads: z.array(z.strictObject({ name: z.string().min(1), line: z.array(position).min(2) })).min(1) }),
])
export type ZoneGeometry = z.infer<typeof geometrySchema>

const openQuestions = z.array(z.string().min(1)).default([])

export const zoneSchema = z.strictObject({
  code,
  title: z.string().min(1),
  /** null: the source names the zone but gives no coordinates; it can be asked by its code only */
  geometry: geometrySchema.nullable(),
  openQuestions,
})

/** Days and hours, half-open; `to` before `from` runs over midnight and belongs to the day it begins on. */
export const timeSpanSchema = z.strictObject({
  days: z.array(z.enum(dayKinds)).min(1).optional().describe('按工作日历：工作日、休息日、法定节假日'),
  weekdays: z.array(z.int().min(1).max(7)).min(1).optional().describe('星期一为 1'),
  months: z.array(z.int().min(1).max(12)).min(1).optional(),
  from: clock.default('00:00'),
  to: clock.default('24:00'),
})
export type TimeSpan = z.infer<typeof timeSpanSchema>

export const exampleSchema = z.strictObject({
  title: z.string().min(1),
  vehicle: code.describe('本规则集中的车辆类别'),
  at: minuteInstant,
  zone: code.optional(),
  point: z.strictObject({ lon: z.number(), lat: z.number() }).optional(),
  expect: z.strictObject({ allowed: z.boolean(), effect: z.enum(effects).optional(), rule: code.nullable().optional() }),
})
export type RuleExample = z.infer<typeof exampleSchema>

export const ruleSchema = z.strictObject({
  code,
  title: z.string().min(1),
  /** `*`: everywhere */
  zones: z.array(z.union([code, z.literal('*')])).min(1),
  times: z.array(timeSpanSchema).default([]),
  /** named periods, such as peak hours, defined once a set */
  periods: z.array(code).default([]),
  vehicles: z.array(vehicleMatchSchema).min(1),
  exceptions: z.array(vehicleMatchSchema).default([]),
  effect: z.enum(effects),
  passes: z.array(code).default([]).describe('effect 为 pass-needed 时：持其一即可'),
  limit: z.string().nullable().default(null).describe('effect 为 limited 时：限制的内容'),
  priority: z.int().min(0).max(1_000_000),
  effectiveFrom: minuteInstant.nullable().default(null),
  effectiveTo: minuteInstant.nullable().default(null),
  notice: z.strictObject({ code, clause: z.string().default(''), text: z.string().min(1) }),
  examples: z.array(exampleSchema).default([]),
  openQuestions,
})
export type AccessRule = z.infer<typeof ruleSchema>

export const ruleSetSchema = z.strictObject({
  $schema: z.string().optional(),
  code,
  title: z.string().min(1),
  cityCode: z.string().regex(/^\d{6}$/).nullable(),
  /** example: as published by a real city, for reading and comparing, never in force here */
  status: z.enum(['policy', 'example', 'made-up']),
  source: z.string().min(1),
  calendar: z.string().min(1),
  effectiveFrom: minuteInstant,
  effectiveTo: minuteInstant.nullable().default(null),
  notices: z.array(z.strictObject({ code, number: z.string().nullable(), title: z.string().min(1), authority: z.string().min(1), source: z.string().min(1) })).min(1),
  passes: z.array(z.strictObject({ code, title: z.string().min(1) })).default([]),
  vehicleClasses: z.array(z.strictObject({ code, title: z.string().min(1), facts: vehicleFactsSchema })).min(1),
  /** spans empty: the source uses the word without saying the hours */
  periods: z.array(z.strictObject({ code, title: z.string().min(1), spans: z.array(timeSpanSchema), openQuestions })).default([]),
  zones: z.array(zoneSchema),
  rules: z.array(ruleSchema),
  openQuestions,
})
export type RuleSet = z.infer<typeof ruleSetSchema>
export type Zone = RuleSet['zones'][number]

/** Every span of a rule: its own and those of its named periods. */
export const spansOf = (rule: AccessRule, ruleSet: Pick<RuleSet, 'periods'>): readonly TimeSpan[] => [...rule.times, ...rule.periods.flatMap((each) => ruleSet.periods.find((period) => period.code === each)?.spans ?? [])]
