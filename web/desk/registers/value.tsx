import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FieldDescription, SurveyedPoint } from '../../api/registers.ts'
import { dayText, numberText } from '../../shared/format.ts'
import { usePluralOf } from './descriptions.ts'
import { useRegisterWords } from './words.ts'

const titleOf = (field: FieldDescription, code: unknown): string => field.values?.find((each) => each.code === code)?.title ?? String(code)

/** A value as people read it; used where text is wanted (export of a change, aria labels). */
export function valueText(field: FieldDescription, value: unknown, { titles, yes, no }: { titles: Readonly<Record<string, string>>; yes: string; no: string }): string {
  if (value === undefined || value === null || value === '') return '—'
  switch (field.type) {
    case 'enum':
    case 'district':
      return titleOf(field, value)
    case 'enum-list':
      return (value as readonly unknown[]).map((each) => titleOf(field, each)).join('、')
    case 'boolean':
      return value ? yes : no
    case 'reference':
      return titles[String(value)] ?? String(value)
    case 'date':
      return dayText(String(value))
    case 'integer':
    case 'decimal':
      return numberText(Number(value), 4)
    case 'point': {
      const { lon, lat } = value as SurveyedPoint
      return `${lon.toFixed(5)}, ${lat.toFixed(5)}`
    }
    case 'text':
      return String(value)
  }
}

/** A value in a table or on a card; references are links. */
export function Value({ field, value, titles }: { field: FieldDescription; value: unknown; titles: Readonly<Record<string, string>> }): ReactNode {
  const t = useRegisterWords()
  const pluralOf = usePluralOf()
  const text = valueText(field, value, { titles, yes: t('yes'), no: t('no') })
  const plural = field.type === 'reference' && value ? pluralOf(field.register ?? '') : undefined
  return plural ? <Link to={`/desk/registers/${plural}/${String(value)}`}>{text}</Link> : text
}

export const isNumeric = (field: FieldDescription): boolean => field.type === 'integer' || field.type === 'decimal'
