import { kgFromTonnes } from '../../base/units.ts'

/**
 * Conditions of OSM's `*:conditional` tags: a subset of opening hours (weekdays and clock times), comparisons with the vehicle's
 * measures, and "destination". Syntax: wiki.openstreetmap.org/wiki/Conditional_restrictions.
 */
export interface HourSpan {
  /** bit 0 is Monday */
  readonly weekdays: number
  /** minutes of the day; `to` at or before `from` runs over midnight and belongs to the day it begins on */
  readonly from: number
  readonly to: number
}

export const measures = ['massKg', 'heightMetres', 'widthMetres', 'lengthMetres', 'axleLoadKg'] as const
export type Measure = (typeof measures)[number]

export interface Comparison {
  readonly measure: Measure
  readonly operator: '<' | '<=' | '>' | '>=' | '='
  readonly value: number
}

/** All parts must hold; of the spans any. */
export interface Condition {
  /** null: at any time */
  readonly spans: readonly HourSpan[] | null
  readonly comparisons: readonly Comparison[]
  /** holds only for who has business there */
  readonly isDestination: boolean
  /** words that are not understood: such a condition is taken against the vehicle */
  readonly unknown: string | null
}

/** A moment as signs know it. */
export interface WeekMinute {
  /** 0 is Monday */
  readonly weekday: number
  readonly minute: number
}

const everyDay = 0b1111111
const minutesOfDay = 1440
const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

function minuteOf(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

function daysBetween(first: string, last: string | undefined): number {
  let mask = 0
  const end = dayNames.indexOf(last ?? first)
  for (let day = dayNames.indexOf(first); ; day = (day + 1) % 7) {
    mask |= 1 << day
    if (day === end) return mask
  }
}

const hourToken = /\s*(?:(24\/7)|(Mo|Tu|We|Th|Fr|Sa|Su)(?:-(Mo|Tu|We|Th|Fr|Sa|Su))?|((?:[01]?\d|2[0-4]):[0-5]\d)-((?:[01]?\d|2[0-4]):[0-5]\d)|[,;])\s*/y

/** `Mo-Fr 07:00-09:00,17:00-19:00; Sa 08:00-12:00`; undefined when anything else stands there. */
export function parseHours(text: string): HourSpan[] | undefined {
  const spans: HourSpan[] = []
  let weekdays = 0
  let hasTimes = true
  const closeDays = (): void => void (hasTimes || spans.push({ weekdays, from: 0, to: minutesOfDay }))
  hourToken.lastIndex = 0
  while (hourToken.lastIndex < text.length) {
    const found = hourToken.exec(text)
    if (!found) return undefined
    const [, always, first, last, from, to] = found
    if (always) spans.push({ weekdays: everyDay, from: 0, to: minutesOfDay })
    if (first) {
      // a day after times begins a new rule
      weekdays = (hasTimes ? 0 : weekdays) | daysBetween(first, last)
      hasTimes = false
    }
    if (from && to) {
      spans.push({ weekdays: weekdays || everyDay, from: minuteOf(from), to: minuteOf(to) })
      hasTimes = true
    }
  }
  closeDays()
  return spans.length > 0 ? spans : undefined
}

const measureNames: Readonly<Record<string, Measure>> = {
  weight: 'massKg', maxweight: 'massKg', weightrating: 'massKg', maxweightrating: 'massKg', axleload: 'axleLoadKg', height: 'heightMetres', width: 'widthMetres', length: 'lengthMetres',
}

function parseComparison(text: string): Comparison | undefined {
  const match = /^(\w+)\s*(<=|>=|<|>|=)\s*(\d+(?:\.\d+)?)\s*(?:t|m)?$/.exec(text)
  const measure = match ? measureNames[match[1]!] : undefined
  if (!match || !measure) return undefined
  const value = Number(match[3])
  return { measure, operator: match[2] as Comparison['operator'], value: measure === 'massKg' || measure === 'axleLoadKg' ? kgFromTonnes(value) : value }
}

/** Reads what stands behind the `@`. */
export function parseCondition(text: string): Condition {
  const condition = { spans: null as HourSpan[] | null, comparisons: [] as Comparison[], isDestination: false, unknown: null as string | null }
  for (const part of text.replace(/^\s*\(|\)\s*$/g, '').split(/\s+AND\s+/i)) {
    const atom = part.trim()
    const comparison = parseComparison(atom)
    const spans = comparison ? undefined : parseHours(atom)
    if (comparison) condition.comparisons.push(comparison)
    else if (spans && condition.spans === null) condition.spans = spans
    else if (atom === 'destination' || atom === 'delivery') condition.isDestination = true
    else condition.unknown = atom
  }
  return condition
}

/** `value @ condition; value @ condition`, semicolons inside brackets belonging to the condition. */
export function parseConditional(text: string): { readonly value: string; readonly when: Condition }[] {
  return [...text.matchAll(/\s*([^@;]+?)\s*@\s*(\([^)]*\)|[^;]*)\s*(?:;|$)/g)].map((match) => ({ value: match[1]!, when: parseCondition(match[2]!) }))
}

function isInSpan({ weekdays, from, to }: HourSpan, { weekday, minute }: WeekMinute): boolean {
  const holdsOn = (day: number): boolean => ((weekdays >> day) & 1) === 1
  if (to > from) return holdsOn(weekday) && minute >= from && minute < to
  return (holdsOn(weekday) && minute >= from) || (holdsOn((weekday + 6) % 7) && minute < to)
}

const compare: Readonly<Record<Comparison['operator'], (a: number, b: number) => boolean>> = { '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b, '=': (a, b) => a === b }

/** Whether a condition holds now for a vehicle; `unknown` words leave it open. */
export function holdsNow(condition: Condition, vehicle: Readonly<Record<Measure, number>>, now: WeekMinute): 'yes' | 'no' | 'unknown' {
  if (condition.spans && !condition.spans.some((span) => isInSpan(span, now))) return 'no'
  if (!condition.comparisons.every(({ measure, operator, value }) => compare[operator](vehicle[measure], value))) return 'no'
  return condition.unknown === null ? 'yes' : 'unknown'
}

/** Minutes of the day at which a condition may change. */
export const cutsOf = (condition: Condition): number[] => (condition.spans ? [0, ...condition.spans.flatMap(({ from, to }) => [from, to % minutesOfDay])] : [])
