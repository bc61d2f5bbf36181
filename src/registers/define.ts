import type { Role } from '../accounts/actor.ts'
import type { SurveyedPoint } from '../base/identifiers.ts'
import type { Problem } from '../base/problems.ts'

/** Kinds of values a register's field can hold; each has one reader for Excel cells and JSON and one writer (values.ts). */
export type FieldType = 'text' | 'integer' | 'decimal' | 'date' | 'boolean' | 'enum' | 'enum-list' | 'district' | 'reference' | 'point'

/** What a check may look at besides the value: the city's divisions and the day it is. */
export interface CheckContext {
  readonly cityCode: string
  /** calendar day in Asia/Shanghai */
  readonly today: string
  readonly divisions: readonly { readonly code: string; readonly name: string }[]
  /** a city's own view of how grave a problem is, by problem code; `off` silences it */
  readonly severities?: Readonly<Record<string, Severity | 'off'>>
}

/** An `error` keeps a row out; a `warning` is shown and lets it in. */
export type Severity = 'error' | 'warning'

export interface FieldProblem {
  /** field code; empty for the row as a whole */
  readonly field: string
  readonly severity: Severity
  readonly problem: Problem
}

interface FieldBase {
  readonly title: string
  /** one sentence for forms and the template's instruction sheet */
  readonly hint: string
  readonly required?: boolean
  /** other headings people use for this column */
  readonly aliases?: readonly string[]
  readonly unit?: string
  /** about a person: masked for everybody but the office and its owner */
  readonly personal?: 'name' | 'phone'
  /** offered as a column of the list */
  readonly listed?: boolean
}

export interface TextField extends FieldBase {
  readonly type: 'text'
  readonly maxLength?: number
  /** spelling made uniform before anything looks at it */
  readonly normalise?: (text: string) => string
  readonly check?: (text: string, context: CheckContext) => Problem | undefined
  /** found by the list's `q` */
  readonly searchable?: boolean
}
export interface NumberField extends FieldBase {
  readonly type: 'integer' | 'decimal'
  readonly min?: number
  readonly max?: number
}
export interface PlainField extends FieldBase {
  readonly type: 'date' | 'boolean' | 'district' | 'point'
}
export interface EnumField extends FieldBase {
  readonly type: 'enum' | 'enum-list'
  /** code → Chinese, in the order of the drop-down */
  readonly values: Readonly<Record<string, string>>
  /** other spellings → code */
  readonly synonyms?: Readonly<Record<string, string>>
}
export interface ReferenceField extends FieldBase {
  readonly type: 'reference'
  /** register referred to; its natural key or one of `matchBy` is written in Excel, its entity id is stored */
  readonly register: string
  readonly registerTitle: string
  /** text fields of that register tried after the natural key */
  readonly matchBy: readonly string[]
  /** its field shown to people, when the natural key says little; e.g. the firm's name */
  readonly titleBy?: string
}

export type Field = TextField | NumberField | PlainField | EnumField | ReferenceField
export type Fields = Readonly<Record<string, Field>>

type ValueOf<F> = F extends { type: 'integer' | 'decimal' }
  ? number
  : F extends { type: 'boolean' }
    ? boolean
    : F extends { type: 'enum'; values: infer V }
      ? keyof V & string
      : F extends { type: 'enum-list'; values: infer V }
        ? readonly (keyof V & string)[]
        : F extends { type: 'point' }
          ? SurveyedPoint
          : string

type RequiredCodes<F extends Fields> = { [Code in keyof F]: F[Code] extends { required: true } ? Code : never }[keyof F]

/** The data of one version: required fields are there, an optional field without a value is absent (never null, never ''). */
export type DataOf<F extends Fields> = { readonly [Code in RequiredCodes<F>]: ValueOf<F[Code]> } & { readonly [Code in Exclude<keyof F, RequiredCodes<F>>]?: ValueOf<F[Code]> }

export interface RegisterSpec<F extends Fields> {
  /** singular kebab-case code, the `register` column */
  readonly code: string
  /** path of its API */
  readonly plural: string
  readonly title: string
  readonly description: string
  readonly fields: F
  /** required text fields that together name an entity within its city */
  readonly naturalKey: readonly (RequiredCodes<F> & string)[]
  /** field of type `district`, when the register has one */
  readonly district?: keyof F & string
  /** whose row it is: the reference field naming the firm, or `self` for the register of firms */
  readonly owner?: (keyof F & string) | 'self'
  /** `owner`: a firm sees its own rows only; `everybody`: rows are city infrastructure, readable by every firm of the city */
  readonly readers: 'owner' | 'everybody'
  readonly writers: readonly Role[]
  /** dates from which a newly registered row counts, e.g. the day of registration: the earliest given; without one, or in the future: the day of recording */
  readonly startsWith?: (keyof F & string) | readonly (keyof F & string)[]
  /** what one field alone cannot tell */
  readonly rules?: (data: Partial<DataOf<F>>, context: CheckContext) => readonly FieldProblem[]
  /** how grave a problem is for this row, when it differs from the usual; a city's own `severities` come after it */
  readonly severityOf?: (problemCode: string, data: Readonly<Record<string, unknown>>) => Severity | undefined
}

/** A register as all other parts see it. `F` gives `Entity` its typed data. */
export interface Register<F extends Fields = Fields> extends RegisterSpec<F> {
  readonly codes: readonly (keyof F & string)[]
  readonly pointField: string | undefined
}

/** A register of any fields: what the mechanism itself works with. */
export type AnyRegister = Omit<Register<Fields>, 'naturalKey' | 'rules'> & {
  readonly naturalKey: readonly string[]
  readonly rules?: (data: never, context: CheckContext) => readonly FieldProblem[]
}

/** The mechanism treats registers of any fields alike; the type of the data matters only to rooms that read one. */
export const typed = (register: AnyRegister): Register => register as unknown as Register

/** Fields that can say since when a row has been true. */
export const startCodes = ({ startsWith = [] }: { readonly startsWith?: string | readonly string[] }): readonly string[] => [startsWith].flat()

/** Declares a register; refuses contradictions when the program starts. */
export function defineRegister<const F extends Fields>(spec: RegisterSpec<F>): Register<F> {
  const codes = Object.keys(spec.fields) as (keyof F & string)[]
  const fail = (sentence: string): never => {
    throw new Error(`register ${spec.code}: ${sentence}`)
  }
  if (!/^[a-z][a-z-]*$/.test(spec.code) || !/^[a-z][a-z-]*$/.test(spec.plural)) fail('code and plural must be kebab-case words')
  for (const code of codes) if (!/^[a-z][A-Za-z0-9]*$/.test(code)) fail(`field ${code} must be camelCase`)
  for (const code of spec.naturalKey) if (spec.fields[code]?.type !== 'text' || !spec.fields[code].required) fail(`natural key ${code} must be a required text field`)
  if (spec.district && spec.fields[spec.district]?.type !== 'district') fail(`${spec.district} is not a district field`)
  for (const code of startCodes(spec)) if (spec.fields[code]?.type !== 'date') fail(`${code} is not a date field`)
  const titles = codes.flatMap((code) => [spec.fields[code]!.title, ...(spec.fields[code]!.aliases ?? [])])
  for (const title of titles) if (titles.indexOf(title) !== titles.lastIndexOf(title)) fail(`two columns would be called ${title}`)
  const points = codes.filter((code) => spec.fields[code]!.type === 'point')
  if (points.length > 1) fail('one point a register')
  return { ...spec, codes, pointField: points[0] }
}

/** Text of an entity's natural key, e.g. `苏GD12345`, or parts joined by a blank. */
export const naturalKeyOf = (register: AnyRegister, data: Readonly<Record<string, unknown>>): string => register.naturalKey.map((code) => String(data[code] ?? '')).join(' ')

/** Chinese name of the natural key: `号牌号码`. */
export const naturalKeyTitle = (register: AnyRegister): string => register.naturalKey.map((code) => register.fields[code]!.title).join('、')
