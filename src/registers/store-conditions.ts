import type { DataScope } from '../accounts/actor.ts'
import { ProblemError } from '../base/problems.ts'
import { dayOf } from '../base/time.ts'
import { sql, type RawBuilder } from '../runtime/database.ts'
import type { AnyRegister, Field } from './define.ts'
import type { Filter, ListOptions, ReadInstant } from './entity.ts'
import { registerProblem } from './problems.ts'

export type Condition = RawBuilder<unknown>

/**
 * The version that speaks for its entity at an instant: recorded by then and not retracted by then, already valid, and no
 * other such version is valid from a later day or was recorded later. An ended entity has a governing version too.
 * Half-open: a content valid from 1 April does not show in a read as of `2025-03-31T24:00+08:00`.
 */
export function governs(instant: ReadInstant): Condition {
  const asOf = new Date(instant.asOf)
  const day = dayOf((instant.validAt ?? instant.asOf) - 1)
  const seen = (alias: string) => sql`${sql.ref(`${alias}.recorded_at`)} <= ${asOf} and (${sql.ref(`${alias}.retracted_at`)} is null or ${sql.ref(`${alias}.retracted_at`)} > ${asOf}) and ${sql.ref(`${alias}.valid_from`)} <= ${day}::date`
  // A scalar subquery with a limit is always answered from the primary key, row by row. Written as an anti-join it is sometimes
  // planned as a comparison of every row with every row, when a large import is newer than the table's statistics.
  return sql`${seen('v')} and v.version_id = (select w.version_id from register_version w
    where w.city_code = v.city_code and w.register = v.register and w.entity_id = v.entity_id and ${seen('w')}
    order by w.valid_from desc, w.recorded_at desc, w.version_id desc limit 1)`
}

/** City always; district and firm when the person is narrowed to one. */
export function inScope(register: AnyRegister, scope: DataScope): Condition {
  const parts = [sql`v.city_code = ${scope.cityCode} and v.register = ${register.code}`]
  if (scope.districtCode !== null) parts.push(sql`v.district_code = ${scope.districtCode}`)
  if (scope.enterpriseId !== null && register.readers === 'owner') parts.push(sql`v.enterprise_id = ${scope.enterpriseId}`)
  return sql.join(parts, sql` and `)
}

const isNumeric = (field: Field | undefined): boolean => field?.type === 'integer' || field?.type === 'decimal'

/** SQL value of something a list can be filtered or ordered by. Text compares by code point, the same on every server. */
export function expression(register: AnyRegister, name: string): Condition {
  if (name === 'naturalKey') return sql`v.natural_key collate "C"`
  if (name === 'validFrom') return sql`v.valid_from`
  if (name === 'recordedAt') return sql`v.recorded_at`
  return isNumeric(register.fields[name]) ? sql`(v.data->>${sql.lit(name)})::numeric` : sql`(v.data->>${sql.lit(name)}) collate "C"`
}

const comparisons = { eq: sql`=`, ne: sql`<>`, gte: sql`>=`, gt: sql`>`, lte: sql`<=`, lt: sql`<` } as const

const malformed = (name: string, value: string, reason: string) => new ProblemError(registerProblem('query-malformed', { name, value, reason }))

function castValue(register: AnyRegister, { field: name, values }: Filter): (text: string) => Condition {
  if (!isNumeric(register.fields[name])) return (text) => sql`${text}`
  return (text) => {
    if (text.trim() === '' || !Number.isFinite(Number(text))) throw malformed(name, values.join(','), '应为数字')
    return sql`${Number(text)}::numeric`
  }
}

function condition(register: AnyRegister, filter: Filter): Condition {
  const { field: name, operator, values } = filter
  const field = register.fields[name]
  if (operator === 'empty') return sql`(v.data->${sql.lit(name)} is ${values[0] === 'false' ? sql`not null` : sql`null`})`
  const cast = castValue(register, filter)
  const any = (make: (value: string) => Condition) => sql`(${sql.join(values.map(make), sql` or `)})`
  if (operator === 'contains') return any((value) => sql`position(lower(${value}) in lower(v.data->>${sql.lit(name)})) > 0`)
  if (field?.type === 'enum-list') return any((value) => sql`v.data->${sql.lit(name)} @> to_jsonb(array[${value}::text])`)
  const left = expression(register, name)
  if (operator === 'ne') return sql`(${left} is null or ${left} not in (${sql.join(values.map(cast))}))`
  return any((value) => sql`${left} ${comparisons[operator]} ${cast(value)}`)
}

/** Everything a list's options say about which entities to show, pages aside. */
export function selection(register: AnyRegister, options: Omit<ListOptions, 'cursor' | 'limit' | 'order'>): Condition {
  const parts = [inScope(register, options.scope), governs(options), sql`not v.ended`, ...(options.filters ?? []).map((filter) => condition(register, filter))]
  const words = options.search?.trim()
  if (words) {
    const searchable = register.codes.filter((code) => (register.fields[code] as { searchable?: boolean }).searchable)
    const texts = [sql`v.natural_key`, ...searchable.map((code) => sql`v.data->>${sql.lit(code)}`)]
    parts.push(...words.split(/\s+/).map((word) => sql`position(lower(${word}) in lower(concat_ws(' ', ${sql.join(texts)}))) > 0`))
  }
  if (options.bbox && register.pointField) {
    const [west, south, east, north] = options.bbox
    const axis = (name: string) => sql`(v.data->${sql.lit(register.pointField!)}->>${sql.lit(name)})::float8`
    parts.push(sql`${axis('lon')} between ${west} and ${east} and ${axis('lat')} between ${south} and ${north}`)
  }
  return sql.join(parts, sql` and `)
}

export interface Order {
  readonly by: Condition
  readonly descending: boolean
  readonly name: string
  readonly numeric: boolean
}

export function parseOrder(register: AnyRegister, text = 'naturalKey'): Order {
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const field = register.fields[name]
  const known = ['naturalKey', 'validFrom', 'recordedAt'].includes(name) || (field !== undefined && field.type !== 'point' && field.type !== 'enum-list')
  if (!known) throw malformed('order', text, '不能按它排序')
  return { by: expression(register, name), descending, name, numeric: isNumeric(field) }
}

/** Cursor: order name, value and id of the page's last row; opaque to callers. */
export const encodeCursor = (order: Order, value: unknown, id: string): string => Buffer.from(JSON.stringify([`${order.descending ? '-' : ''}${order.name}`, value, id])).toString('base64url')

/** Rows after the cursor, in an order where rows without a value come last either way. */
export function afterCursor(order: Order, cursor: string): Condition {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    parts = undefined
  }
  if (!Array.isArray(parts) || parts[0] !== `${order.descending ? '-' : ''}${order.name}` || typeof parts[2] !== 'string' || !/^[0-9a-f-]{36}$/.test(parts[2])) throw malformed('cursor', cursor, '不是本列表同一排序给出的游标')
  const [, value, id] = parts as [string, string | number | null, string]
  if (value === null) return sql`(${order.by} is null and v.entity_id > ${id}::uuid)`
  const last = order.name === 'recordedAt' ? sql`${new Date(Number(value))}` : order.name === 'validFrom' ? sql`${String(value)}::date` : order.numeric ? sql`${Number(value)}::numeric` : sql`${String(value)}`
  return sql`(${order.by} ${order.descending ? sql`<` : sql`>`} ${last} or (${order.by} = ${last} and v.entity_id > ${id}::uuid) or ${order.by} is null)`
}
