import { kgFromPounds, kgFromTonnes, metresFromCentimetres, metresFromFeet } from '../../../base/units.ts'
import { parseConditional, type Condition, type Measure } from '../conditions.ts'
import { levels, truckClasses, type ConditionalSign, type Level, type Signs, type TruckClass } from '../vehicle.ts'

export type Tags = ReadonlyMap<string, string>
export type Direction = 'forward' | 'backward'

/** Counts what is met and not understood, so that an import can say what it left out. */
export type LeaveOut = (what: string) => void

/** What an access value means to a delivery truck (wiki.openstreetmap.org/wiki/Key:access); `private` yards are driven to, not through. */
const levelOfValue: Readonly<Record<string, Level>> = {
  yes: 2, designated: 2, permissive: 2, official: 2, discouraged: 2, destination: 1, delivery: 1, customers: 1, private: 1,
  no: 0, agricultural: 0, forestry: 0, emergency: 0, military: 0, psv: 0, bus: 0, permit: 0, residents: 0, use_sidepath: 0, service: 0,
}

/** From the widest to the narrowest word; the narrowest that is tagged decides. */
const wordsOf: Readonly<Record<TruckClass, readonly string[]>> = { goods: ['access', 'vehicle', 'motor_vehicle', 'goods'], hgv: ['access', 'vehicle', 'motor_vehicle', 'hgv'] }
const classesOfWord = (word: string): readonly TruckClass[] => truckClasses.filter((each) => wordsOf[each].includes(word))
const accessWords = [...new Set(truckClasses.flatMap((each) => wordsOf[each]))]

const limitKeys: Readonly<Record<string, Measure>> = {
  maxweight: 'massKg', maxweightrating: 'massKg', maxaxleload: 'axleLoadKg', maxheight: 'heightMetres', 'maxheight:physical': 'heightMetres',
  maxwidth: 'widthMetres', 'maxwidth:physical': 'widthMetres', maxlength: 'lengthMetres',
}

const same = (value: number): number => value
/** Units signs are written in, and what a bare number means: tonnes or metres. */
const unitsOf: Readonly<Record<'mass' | 'size', Readonly<Record<string, (value: number) => number>>>> = {
  mass: { '': kgFromTonnes, t: kgFromTonnes, kg: same, lbs: kgFromPounds },
  size: { '': same, m: same, cm: metresFromCentimetres, ft: metresFromFeet },
}

/** Value of a limit in kg or metres: `7.5`, `7.5 t`, `3500 kg`, `12'6"`; null: there is none; undefined: not understood. */
export function limitOf(value: string, measure: Measure): number | null | undefined {
  if (/^(none|default|no_sign|no_indications|below_default|unsigned)$/.test(value)) return null
  const kind = measure === 'massKg' || measure === 'axleLoadKg' ? 'mass' : 'size'
  const imperial = /^(\d+)'(?:\s*(\d+)")?$/.exec(value)
  if (imperial) return kind === 'size' ? metresFromFeet(Number(imperial[1]) + Number(imperial[2] ?? 0) / 12) : undefined
  const match = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/.exec(value.trim())
  const convert = match ? unitsOf[kind][match[2]!] : undefined
  return convert?.(Number(match![1]!.replace(',', '.')))
}

/** A tag for a direction goes before the one for both. */
const tagOf = (tags: Tags, key: string, direction: Direction, suffix = ''): string | undefined => tags.get(`${key}:${direction}${suffix}`) ?? tags.get(`${key}${suffix}`)

function accessLevel(value: string, leaveOut: LeaveOut): Level | undefined {
  if (value === 'unknown' || value === 'variable') return undefined
  const level = levelOfValue[value]
  if (level === undefined) leaveOut(`access=${value} 按禁行处理`)
  return level ?? levels.closed
}

/** Signs of one direction of a way, or of a barrier (`standard`: its level when no tag speaks). */
export function signsOf(tags: Tags, direction: Direction, { standard, leaveOut }: { standard: Level; leaveOut: LeaveOut }): Signs {
  const level = { goods: standard, hgv: standard }
  const conditional: ConditionalSign[] = []
  for (const word of accessWords) {
    const value = tagOf(tags, word, direction)
    const found = value === undefined ? undefined : accessLevel(value, leaveOut)
    const classes = classesOfWord(word)
    if (found !== undefined) for (const each of classes) level[each] = found
    // A condition on a wider word does not touch a class that a narrower one speaks of.
    const meant = classes.filter((each) => !wordsOf[each].slice(wordsOf[each].indexOf(word) + 1).some((narrower) => tagOf(tags, narrower, direction) !== undefined))
    for (const { value: then, when } of parsed(tagOf(tags, word, direction, ':conditional'), leaveOut)) {
      const wanted = accessLevel(then, leaveOut)
      if (wanted !== undefined && meant.length > 0) conditional.push({ kind: 'access', classes: meant, level: wanted, when })
    }
  }
  const limits: Partial<Record<Measure, number>> = {}
  for (const [key, measure] of Object.entries(limitKeys)) {
    const value = tagOf(tags, key, direction)
    const limit = value === undefined ? null : limitOf(value, measure)
    if (limit === undefined) leaveOut(`${key}=${value}`)
    else if (limit !== null) limits[measure] = Math.min(limits[measure] ?? Infinity, limit)
    for (const { value: then, when } of parsed(tagOf(tags, key, direction, ':conditional'), leaveOut)) {
      const wanted = limitOf(then, measure)
      if (wanted === undefined) leaveOut(`${key}:conditional=${then}`)
      else conditional.push({ kind: 'limit', measure, value: wanted, when })
    }
  }
  return { level, limits, conditional }
}

function parsed(value: string | undefined, leaveOut: LeaveOut): { value: string; when: Condition }[] {
  const found = value === undefined ? [] : parseConditional(value)
  if (value !== undefined && found.length === 0) leaveOut(`conditional=${value}`)
  for (const { when } of found) if (when.unknown !== null) leaveOut(`条件“${when.unknown}”从严处理`)
  return found
}

/** Whether any goods vehicle may ever come here. */
export const isEverOpen = ({ level, conditional }: Signs): boolean => level.goods > 0 || level.hgv > 0 || conditional.some((each) => each.kind === 'access' && each.level > 0)

/** Which ways a way can be driven: always, never, or when a condition holds. */
export function directionsOf(tags: Tags, impliesOneWay: boolean): Readonly<Record<Direction, 'always' | 'never' | readonly ConditionalSign[]>> {
  const oneWay = tags.get('oneway:motor_vehicle') ?? tags.get('oneway')
  if (oneWay === 'reversible' || oneWay === 'alternating') return { forward: 'never', backward: 'never' }
  if (oneWay === '-1' || oneWay === 'reverse') return { forward: 'never', backward: 'always' }
  const isRound = tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular'
  const isOneWay = oneWay === 'yes' || oneWay === 'true' || oneWay === '1' || (oneWay === undefined && (isRound || impliesOneWay))
  const changes = parseConditional(tags.get('oneway:conditional') ?? '').map(({ value, when }): ConditionalSign => ({ kind: 'access', classes: truckClasses, level: value === 'no' ? levels.open : levels.closed, when }))
  if (changes.length > 0) return { forward: 'always', backward: isOneWay ? [{ kind: 'access', classes: truckClasses, level: levels.closed, when: always }, ...changes] : changes }
  return { forward: 'always', backward: isOneWay ? 'never' : 'always' }
}
const always: Condition = { spans: null, comparisons: [], isDestination: false, unknown: null }

/** Barriers a truck passes unless tags say otherwise; all others stop it (wiki.openstreetmap.org/wiki/Key:barrier). */
const openBarriers = new Set(['gate', 'lift_gate', 'swing_gate', 'toll_booth', 'border_control', 'sally_port', 'entrance', 'cattle_grid', 'height_restrictor', 'bump_gate', 'no', 'kerb', 'sliding_gate', 'checkpoint'])

/** Signs of a barrier node; undefined when the node is none. */
export function barrierSigns(tags: Tags, leaveOut: LeaveOut): Signs | undefined {
  const barrier = tags.get('barrier')
  const isSigned = [...accessWords, ...Object.keys(limitKeys)].some((key) => tags.has(key) || tags.has(`${key}:conditional`))
  if (barrier === undefined && !(tags.has('highway') && isSigned)) return undefined
  return signsOf(tags, 'forward', { standard: barrier === undefined || openBarriers.has(barrier) ? levels.open : levels.closed, leaveOut })
}
