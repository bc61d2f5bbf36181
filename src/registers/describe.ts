import type { Actor } from '../accounts/actor.ts'
import { coordinateSystems } from '../base/identifiers.ts'
import type { AnyRegister, CheckContext, EnumField, Field, NumberField, ReferenceField, TextField } from './define.ts'
import { dataSchema } from './schema.ts'
import { z } from 'zod'

export interface FieldDescription {
  readonly code: string
  readonly title: string
  readonly type: Field['type']
  readonly hint: string
  readonly required: boolean
  readonly listed: boolean
  readonly searchable: boolean
  readonly personal: boolean
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  readonly maxLength?: number
  /** choices of enum, enum-list, district and coordinate systems of a point */
  readonly values?: readonly { readonly code: string; readonly title: string }[]
  /** register a reference points to */
  readonly register?: string
}

const choices = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([code, title]) => ({ code, title }))

function valuesOf(field: Field, divisions: CheckContext['divisions']): FieldDescription['values'] {
  if (field.type === 'enum' || field.type === 'enum-list') return choices((field as EnumField).values)
  if (field.type === 'district') return divisions.map(({ code, name }) => ({ code, title: name }))
  return field.type === 'point' ? choices(coordinateSystems) : undefined
}

function describeField(code: string, field: Field, divisions: CheckContext['divisions']): FieldDescription {
  const { min, max } = field as NumberField
  const { maxLength, searchable } = field as TextField
  const values = valuesOf(field, divisions)
  return {
    code,
    title: field.title,
    type: field.type,
    hint: field.hint,
    required: field.required ?? false,
    listed: field.listed ?? false,
    searchable: searchable ?? false,
    personal: field.personal !== undefined,
    ...(field.unit ? { unit: field.unit } : {}),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(values ? { values } : {}),
    ...(field.type === 'reference' ? { register: (field as ReferenceField).register } : {}),
  }
}

/** What the web needs to draw a register's list, form and history, for one city and person. */
export const describeRegister = (register: AnyRegister, actor: Actor, divisions: CheckContext['divisions']) => ({
  code: register.code,
  plural: register.plural,
  title: register.title,
  description: register.description,
  naturalKey: register.naturalKey,
  pointField: register.pointField ?? null,
  mayWrite: register.writers.includes(actor.role),
  fields: register.codes.map((code) => describeField(code, register.fields[code]!, divisions)),
  schema: z.toJSONSchema(dataSchema(register), { target: 'draft-2020-12', unrepresentable: 'any' }),
})
