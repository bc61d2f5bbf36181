import { z } from 'zod'
import { canonicalIndicatorIds } from './canonical.ts'
import { clause, quote, statedDate } from './schema-words.ts'

/** `document`: a paper must be in force; `presence`: something must exist. The others compare `value` with `target`. */
export const comparators = ['≥', '>', '≤', '<', '=', 'document', 'presence'] as const

/** How a column of yearly values adds up: Σ to the target · running total · level at year's end · built in that year · paper of that year. */
export const yearlyKinds = ['increment', 'cumulative', 'level', 'presence', 'document'] as const

/** `city`: whole division · `built-up-area` 建成区 · `city-centre` 中心城区/城市中心区. */
export const areas = ['city', 'built-up-area', 'city-centre'] as const

/**
 * What differs between two cities that measure "the same" indicator. Only what the document says is set;
 * an absent key means the document does not say.
 */
export const indicatorVariant = z.strictObject({
  /** numerator of the NEV share: NEV only, or NEV and clean energy (CNG, LNG …) */
  energy: z.enum(['nev', 'nev-or-clean']).optional(),
  /** vehicles counted against piles: BEV and PHEV delivery trucks, or all NEV delivery vehicles */
  vehicles: z.enum(['bev-and-phev-trucks', 'nev-delivery-vehicles']).optional(),
  /** only operating vehicles (营运) count */
  operatingOnly: z.boolean().optional(),
  /** `new-in-period`: only what came into being in the creation period; `in-operation`: everything in service at the date */
  counting: z.enum(['new-in-period', 'in-operation']).optional(),
  /** functions a node must have to count */
  requiredFunctions: z.array(z.string()).optional(),
  /** reefers: `stock` 保有量 or `engaged` 从事冷藏保温运输 */
  reefers: z.enum(['stock', 'engaged']).optional(),
  /** items of a unified-management rule, e.g. 五统一 */
  unifiedItems: z.array(z.string()).optional(),
  /** days a mean daily distance divides by: days with distance (出车日) or all days in service (日历日) */
  days: z.enum(['active-days', 'calendar-days']).optional(),
})

export const yearly = z.strictObject({
  kind: z.enum(yearlyKinds).describe('年度值类型：increment 增量 · cumulative 累计 · level 年末水平 · presence 当年建成 · document 当年成文'),
  values: z.array(z.strictObject({ year: z.int().min(2015).max(2050), value: z.number().nullable(), text: z.string() })).min(1),
  /** one merged cell in the source stands for all these years */
  merged: z.boolean().optional(),
  clause,
})

export const indicatorDefinition = z.strictObject({
  /** `stated`: the document defines it · `implied`: follows from its words · `open`: undefined, so nothing is computed */
  status: z.enum(['stated', 'implied', 'open']),
  text: z.string().min(1).describe('口径：按原文或由原文推出'),
  formula: z.string().nullable().describe('计算式；口径未定时为 null'),
})

export const baseline = z.strictObject({
  /** what must be known at the start of the creation period */
  quantity: z.string().min(1),
  value: z.number().nullable(),
  unit: z.string(),
  asOf: statedDate.nullable(),
  source: z.string().nullable(),
  /** true only in made-up cities */
  madeUp: z.boolean().optional(),
  openQuestion: z.string().nullable(),
})

export const profileIndicator = z.strictObject({
  code: z.string().regex(/^[A-Z]-\d{2}$/).describe('指标编号，如 L-01'),
  name: z.string().min(1).describe('指标名称（该市用语）'),
  /** heading of the city's own table; null when it has none */
  group: z.string().nullable(),
  canonical: z.enum(canonicalIndicatorIds),
  variant: indicatorVariant.optional(),
  comparator: z.enum(comparators),
  /** false when the document gives a bare number and the comparator is how we read it */
  comparatorStated: z.boolean(),
  target: z.number().nullable().describe('目标值；文件类、定性指标为 null'),
  unit: z.string(),
  /** the target in the city's own words, as printed: `≤ 4∶1`, `不低于50%` */
  targetText: z.string().min(1),
  direction: z.enum(['up', 'down', 'none']),
  scope: z.strictObject({ area: z.enum(areas), text: z.string() }),
  definition: indicatorDefinition,
  baseline: baseline.nullable(),
  yearly: yearly.nullable().describe('年度分解；原文没有则为 null，不得自行拆分'),
  /** when the target is due; null: end of the creation period */
  due: statedDate.nullable(),
  /** indicator codes this one only sums up, e.g. the 3+8+80 formula */
  composedOf: z.array(z.string()).optional(),
  clause,
  quotes: z.array(quote).min(1),
  openQuestions: z.array(z.string()),
})

export type Comparator = (typeof comparators)[number]
export type YearlyKind = (typeof yearlyKinds)[number]
export type Area = (typeof areas)[number]
export type IndicatorVariant = z.infer<typeof indicatorVariant>
export type YearlyPlan = z.infer<typeof yearly>
export type Baseline = z.infer<typeof baseline>
/** One indicator with its target as one city's plan states it. */
export type ProfileIndicator = z.infer<typeof profileIndicator>
