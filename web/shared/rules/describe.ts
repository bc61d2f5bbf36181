import type { DayKind, StripPart, TimeSpan, VehicleMatch } from '../../api/access.ts'
import { currentLanguage } from '../language.ts'
import { dayKindNames, factNames, monthWord, weekdayNames, type ruleWords } from './words.ts'

type Say = (key: keyof typeof ruleWords, parameters?: Record<string, string | number>) => string
const side = (): 0 | 1 => (currentLanguage() === 'zh' ? 0 : 1)

/** A code of a vehicle's facts in words; one the table does not know stands as it is. */
const factName = (field: string, code: string): string => (factNames as Record<string, Record<string, readonly [string, string]>>)[field]?.[code]?.[side()] ?? code

/** Choices of a field, in the order of the register. */
export const factChoices = (field: keyof typeof factNames): readonly { readonly code: string; readonly title: string }[] => Object.keys(factNames[field]).map((code) => ({ code, title: factName(field, code) }))

const listed = ['enterpriseStatus', 'energy', 'body', 'plateColour', 'purpose', 'category'] as const

function matchInWords(match: VehicleMatch, passTitles: Readonly<Record<string, string>>, t: Say): string {
  const words = [
    ...listed.flatMap((field) => (match[field] ? [match[field].map((code) => factName(field, code)).join('、')] : [])),
    ...(match.grossMassKgOver === undefined ? [] : [t('mass-over', { kg: match.grossMassKgOver })]),
    ...(match.grossMassKgUpTo === undefined ? [] : [t('mass-up-to', { kg: match.grossMassKgUpTo })]),
    ...(match.unifiedMark === undefined ? [] : [t(match.unifiedMark ? 'marked' : 'unmarked')]),
    ...(match.passes ? [t('holding', { passes: match.passes.map((code) => passTitles[code] ?? code).join('、') })] : []),
    ...(match.plates ? [t('plates', { plates: match.plates.join('、') })] : []),
  ]
  return words.length === 0 ? t('any-vehicle') : words.join(' ')
}

/** Vehicles of a rule in words: `柴油、汽油 配送货车（持有冷链证 除外）`. */
export function vehiclesInWords({ vehicles, exceptions }: { vehicles: readonly VehicleMatch[]; exceptions: readonly VehicleMatch[] }, passTitles: Readonly<Record<string, string>>, t: Say): string {
  const all = (matches: readonly VehicleMatch[]) => matches.map((match) => matchInWords(match, passTitles, t)).join(t('or'))
  return exceptions.length === 0 ? all(vehicles) : t('except', { vehicles: all(vehicles), exceptions: all(exceptions) })
}

const weekdayText = (days: readonly number[]): string => days.map((day) => weekdayNames[day - 1]?.[side()] ?? day).join(' ')
const kindText = (kinds: readonly DayKind[]): string => kinds.map((kind) => dayKindNames[kind][side()]).join(' ')

/** A span as it is typed into the table: `工作日 07:00-09:00`, `3月 周六 周日 22:00-06:00`. */
const spanText = ({ days, weekdays, months, from, to }: TimeSpan): string =>
  [months?.map((month) => monthWord[side() === 0 ? 'zh' : 'en'](month)).join(' '), days && kindText(days), weekdays && weekdayText(weekdays), `${from}-${to}`].filter(Boolean).join(' ')

/** Spans one after the other; `；` between them. */
export const spansText = (spans: readonly TimeSpan[]): string => spans.map(spanText).join('；')

/** Parts of a day, neighbours that do the same as one: where a rule or a version follows another, nothing changes for who drives. */
export function joinParts(parts: readonly StripPart[]): StripPart[] {
  const joined: StripPart[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last && last.effect === part.effect && last.allowed === part.allowed) joined[joined.length - 1] = { ...last, to: part.to }
    else joined.push(part)
  }
  return joined
}
