import { z } from 'zod'

/** Small shapes shared by all parts of a profile. */

/** GB/T 2260 division code, six digits. */
export const divisionCode = z.string().regex(/^\d{6}$/).describe('行政区划代码（GB/T 2260，六位数字）')

/** A calendar date at the precision the document states: year, month or day. Never made finer than its source. */
export const statedDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/).describe('按文件所写精度的日期：2024、2024-06 或 2024-06-30')

/** Where in the document a statement stands, e.g. `三（一）1`, `附件（4）`, `表1第6行`. */
export const clause = z.string().min(1).describe('出处：文件中的条款位置')

/** Words of the source, unchanged, with their place. */
export const quote = z.strictObject({ clause, text: z.string().min(1) })

/** Something the document leaves open and somebody has to answer. */
export const openQuestion = z.strictObject({
  id: z.string().regex(/^[A-Z]-Q\d{2}$/).describe('问题编号，如 L-Q01'),
  question: z.string().min(1).describe('待明确的问题，一句话'),
  /** indicator codes or task ids it concerns; empty: the whole plan */
  about: z.array(z.string()),
  /** code of the unit that must answer; null: nobody is named in the document */
  askUnit: z.string().nullable(),
  clause,
})

/** A contradiction or slip of the document, recorded and never silently repaired. */
export const inconsistency = z.strictObject({ id: z.string().regex(/^[A-Z]-N\d{2}$/), text: z.string().min(1), clauses: z.array(clause).min(1) })

export type StatedDate = z.infer<typeof statedDate>
export type Quote = z.infer<typeof quote>
export type OpenQuestion = z.infer<typeof openQuestion>
export type Inconsistency = z.infer<typeof inconsistency>
