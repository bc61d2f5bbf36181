import { z } from 'zod'
import { coordinateSystems } from '../base/identifiers.ts'
import type { AnyRegister, EnumField, Field, FieldType, NumberField, TextField } from './define.ts'

const codesOf = (field: Field): [string, ...string[]] => Object.keys((field as EnumField).values) as [string, ...string[]]

const number = (field: Field): z.ZodType => {
  const { type, min, max } = field as NumberField
  let schema = type === 'integer' ? z.int() : z.number()
  if (min !== undefined) schema = schema.min(min)
  if (max !== undefined) schema = schema.max(max)
  return schema
}

const systems = Object.keys(coordinateSystems) as [string, ...string[]]

const shapes: Readonly<Record<FieldType, (field: Field) => z.ZodType>> = {
  text: (field) => z.string().max((field as TextField).maxLength ?? 200),
  integer: number,
  decimal: number,
  date: () => z.iso.date(),
  boolean: () => z.boolean(),
  enum: (field) => z.enum(codesOf(field)),
  'enum-list': (field) => z.array(z.enum(codesOf(field))),
  district: () => z.string(),
  reference: () => z.uuid(),
  point: () => z.object({ system: z.enum(systems), declaredLon: z.number(), declaredLat: z.number(), lon: z.number().optional(), lat: z.number().optional() }),
}

const titled = (field: Field): z.ZodType => shapes[field.type](field).describe(`${field.title}：${field.hint}${field.unit ? `（${field.unit}）` : ''}`)

/** The row of a register as the API takes it, for OpenAPI and for other programs; the problems people see come from check.ts. */
export const dataSchema = (register: AnyRegister): z.ZodObject =>
  z.strictObject(Object.fromEntries(register.codes.map((code) => [code, register.fields[code]!.required ? titled(register.fields[code]!) : titled(register.fields[code]!).optional()])))

/** A merge patch (RFC 7396) of such a row: what is absent stays, null empties. */
export const patchSchema = (register: AnyRegister): z.ZodObject => z.strictObject(Object.fromEntries(register.codes.map((code) => [code, titled(register.fields[code]!).nullable().optional()])))

const repeated = z.union([z.string(), z.array(z.string())]).optional()

/** Query of a list, for OpenAPI; query.ts reads it and refuses what it does not know. */
export const listQuerySchema = (register: AnyRegister): z.ZodType =>
  z.looseObject({
    q: z.string().optional().describe('在主要栏目中查找的词'),
    bbox: z.string().optional().describe('west,south,east,north（WGS-84 度）'),
    order: z.string().optional().describe('排序栏目，前加 - 为倒序'),
    cursor: z.string().optional(),
    limit: z.string().optional().describe('每页行数，至多 1000'),
    total: z.string().optional().describe('为 true 时附总数'),
    asOf: z.string().optional().describe('RFC 3339 时刻：当时已知且有效的内容'),
    validAt: z.string().optional().describe('RFC 3339 时刻：按 asOf 时的了解，看该时刻有效的内容'),
    ...Object.fromEntries(register.codes.filter((code) => register.fields[code]!.type !== 'point' && !register.fields[code]!.personal).map((code) => [code, repeated.describe(`${register.fields[code]!.title}；也可写 ${code}[gte]、[gt]、[lte]、[lt]、[ne]、[contains]、[empty]`)])),
  })

export const entitySchema = z.object({
  id: z.string(),
  versionId: z.string(),
  naturalKey: z.string(),
  districtCode: z.string().nullable(),
  enterpriseId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  validFrom: z.string(),
  recordedAt: z.string(),
  source: z.object({ kind: z.string(), ref: z.string(), author: z.string() }),
})
