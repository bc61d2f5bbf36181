import { parseCoordinateSystem, parseDivision, surveyPoint, type CoordinateSystem } from '../base/identifiers.ts'
import type { Problem } from '../base/problems.ts'
import type { CheckContext, EnumField, Field, FieldType, NumberField, TextField } from './define.ts'
import { registerProblem as problem } from './problems.ts'

/** A value in its stored form, or what is wrong with it. A value beside a problem has the right type but fails a check. */
export interface Read {
  readonly value?: unknown
  readonly problem?: Problem
}

const invisible = /[\u200b-\u200d\u2060\ufeff]/g

const isTidy = /^[!-~\u4e00-\u9fff]+(?: [!-~\u4e00-\u9fff]+)*$/

/** Text made uniform: full-width letters and digits half-width, runs of white space one blank, nothing invisible. Brackets stay as written. */
export const tidyText = (text: string): string =>
  // Nearly all cells are plain already: digits, letters and Chinese with single blanks inside.
  isTidy.test(text) ? text : text
    .replace(invisible, '')
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0\u3000]+/g, ' ')
    .trim()

const isRealDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** `2025-03-31` of the spellings people use for a day; undefined when it is none. */
export function parseDay(input: string): string | undefined {
  const text = input.normalize('NFKC').trim()
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (!match) return undefined
  const day = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`
  return isRealDay(Number(match[1]), Number(match[2]), Number(match[3])) ? day : undefined
}

function readText(field: TextField, raw: unknown, context: CheckContext): Read {
  if (typeof raw !== 'string') return { problem: problem('value-not-text', { title: field.title, found: typeof raw }) }
  const tidy = tidyText(raw)
  const value = field.normalise ? field.normalise(tidy) : tidy
  if (value === '') return {}
  const limit = field.maxLength ?? 200
  if (value.length > limit) return { problem: problem('value-too-long', { title: field.title, found: value.length, limit }) }
  const found = field.check?.(value, context)
  return found ? { value, problem: found } : { value }
}

function readNumber(field: NumberField, raw: unknown): Read {
  const unit = field.unit ?? '数字'
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return { problem: problem('value-not-number', { title: field.title, value: String(raw), unit }) }
  if (field.type === 'integer' && !Number.isInteger(raw)) return { problem: problem('value-not-integer', { title: field.title, value: raw, unit }) }
  const { min = -Infinity, max = Infinity } = field
  if (raw < min || raw > max) return { value: raw, problem: problem('value-out-of-range', { title: field.title, value: raw, min, max, unit: field.unit ?? '' }) }
  return { value: raw }
}

const unlisted = (field: EnumField, value: unknown): Problem => problem('value-not-listed', { title: field.title, value: String(value), choices: Object.values(field.values).join('、') })

function readEnumList(field: EnumField, raw: unknown): Read {
  if (!Array.isArray(raw)) return { problem: unlisted(field, raw) }
  const wrong = raw.find((each) => typeof each !== 'string' || !Object.hasOwn(field.values, each))
  if (wrong !== undefined) return { problem: unlisted(field, wrong) }
  const codes = Object.keys(field.values).filter((code) => raw.includes(code))
  return codes.length > 0 ? { value: codes } : {}
}

function readPoint(field: Field, raw: unknown): Read {
  const { system, declaredLon, declaredLat, lon, lat } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>
  const parts = { system: system ?? 'WGS-84', lon: declaredLon ?? lon, lat: declaredLat ?? lat }
  if (typeof parts.lon !== 'number' || typeof parts.lat !== 'number' || typeof parts.system !== 'string') return { problem: problem('point-incomplete', { title: field.title }) }
  const known = parseCoordinateSystem(parts.system)
  if (typeof known !== 'string') return { problem: known }
  const point = surveyPoint({ system: known, declaredLon: parts.lon, declaredLat: parts.lat })
  return 'code' in point ? { problem: point } : { value: point }
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const readers: Readonly<Record<FieldType, (field: Field, raw: unknown, context: CheckContext) => Read>> = {
  text: (field, raw, context) => readText(field as TextField, raw, context),
  integer: (field, raw) => readNumber(field as NumberField, raw),
  decimal: (field, raw) => readNumber(field as NumberField, raw),
  date: (field, raw) => {
    const day = typeof raw === 'string' ? parseDay(raw) : undefined
    return day && day >= '1949-10-01' && day < '2200-01-01' ? { value: day } : { problem: problem('value-not-date', { title: field.title, value: String(raw) }) }
  },
  boolean: (field, raw) => (typeof raw === 'boolean' ? { value: raw } : { problem: problem('value-not-boolean', { title: field.title, value: String(raw) }) }),
  enum: (field, raw) => (typeof raw === 'string' && Object.hasOwn((field as EnumField).values, raw) ? { value: raw } : { problem: unlisted(field as EnumField, raw) }),
  'enum-list': (field, raw) => readEnumList(field as EnumField, raw),
  district: (_field, raw, context) => {
    const division = parseDivision(String(raw), context.divisions)
    return 'name' in division ? { value: division.code } : { problem: division }
  },
  reference: (field, raw) => (typeof raw === 'string' && isUuid.test(raw) ? { value: raw.toLowerCase() } : { problem: problem('reference-not-found', { title: field.title, value: String(raw), register: (field as { registerTitle: string }).registerTitle, keys: '记录编号' }) }),
  point: readPoint,
}

/** Reads one value in the form the API uses (codes, ids, numbers, `YYYY-MM-DD`); nothing given reads as no value. */
export const readValue = (field: Field, raw: unknown, context: CheckContext): Read => (raw === undefined || raw === null || raw === '' ? {} : readers[field.type](field, raw, context))

export type PointParts = { readonly system?: CoordinateSystem; readonly declaredLon?: number; readonly declaredLat?: number }
