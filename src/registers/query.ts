import type { DataScope } from '../accounts/actor.ts'
import { ProblemError } from '../base/problems.ts'
import { parseInstant } from '../base/time.ts'
import type { AnyRegister } from './define.ts'
import type { Filter, ListOptions, Operator, ReadInstant } from './entity.ts'
import { registerProblem as problem } from './problems.ts'

export type RawQuery = Readonly<Record<string, unknown>>

const operators: readonly Operator[] = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt', 'contains', 'empty']
const malformed = (name: string, value: string, reason: string) => new ProblemError(problem('query-malformed', { name, value, reason }))

function instant(name: string, raw: unknown): number | undefined {
  if (raw === undefined) return undefined
  // An unencoded + of the offset arrives as a blank.
  const value = parseInstant(String(raw).replace(/ (\d{2}:\d{2})$/, '+$1'))
  if (value === undefined) throw malformed(name, String(raw), '应为带时区的时刻，如 2025-03-31T24:00+08:00')
  return value
}

/** `asOf` and `validAt` of a read; now when nothing is asked. */
export function readInstant(query: RawQuery, now: number): ReadInstant {
  const validAt = instant('validAt', query['validAt'])
  // The end of today, which a date picker gives, is ahead: what is known is what is known now, and the answer says so.
  return { asOf: Math.min(instant('asOf', query['asOf']) ?? now, now), ...(validAt === undefined ? {} : { validAt }) }
}

/** Fields a list can be filtered by: not points, and nothing about people. */
const filterable = (register: AnyRegister): string[] => register.codes.filter((code) => register.fields[code]!.type !== 'point' && !register.fields[code]!.personal)

function readFilter(register: AnyRegister, name: string, raw: unknown): Filter | undefined {
  const match = /^([A-Za-z0-9]+)(?:\[([a-z]+)\])?$/.exec(name)
  const operator = (match?.[2] ?? 'eq') as Operator
  if (!match || !operators.includes(operator) || !filterable(register).includes(match[1]!)) return undefined
  return { field: match[1]!, operator, values: (Array.isArray(raw) ? raw : [raw]).map(String) }
}

function readBox(text: string): [number, number, number, number] {
  const parts = text.split(',').map(Number)
  if (parts.length !== 4 || parts.some((part) => !Number.isFinite(part))) throw malformed('bbox', text, '应为 west,south,east,north 四个数')
  return parts as [number, number, number, number]
}

const known = ['q', 'bbox', 'order', 'cursor', 'limit', 'total', 'asOf', 'validAt'] as const

/** Reads a list's query; throws `query-unknown` or `query-malformed` (400), so that a mistyped filter never shows everything. */
export function parseListQuery(register: AnyRegister, query: RawQuery, { scope, now }: { scope: DataScope; now: number }): ListOptions & { readonly total: boolean } {
  const text = (name: string): string | undefined => (query[name] === undefined ? undefined : String(query[name]))
  const filters: Filter[] = []
  for (const [name, raw] of Object.entries(query)) {
    if ((known as readonly string[]).includes(name) || raw === undefined) continue
    const filter = readFilter(register, name, raw)
    if (!filter) throw new ProblemError(problem('query-unknown', { name, register: register.title, known: [...known, ...filterable(register)].join('、') }))
    filters.push(filter)
  }
  const [q, bbox, order, cursor, limit] = [text('q'), text('bbox'), text('order'), text('cursor'), text('limit')]
  if (limit !== undefined && (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000)) throw malformed('limit', limit, '应为 1 至 1000')
  if (order !== undefined && register.fields[order.replace(/^-/, '')]?.personal) throw malformed('order', order, '不能按它排序')
  return {
    scope,
    ...readInstant(query, now),
    filters,
    total: text('total') === 'true',
    ...(q === undefined ? {} : { search: q }),
    ...(bbox === undefined ? {} : { bbox: readBox(bbox) }),
    ...(order === undefined ? {} : { order }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  }
}
