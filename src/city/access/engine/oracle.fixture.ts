import type { WorkCalendar } from './calendar.ts'
import type { AccessRule, RuleSet, TimeSpan, ZoneGeometry } from './rule-set.ts'
import type { VehicleFacts, VehicleMatch } from './vehicle-match.ts'

/**
 * The rules read one by one, straight from the document: no index, no tables, no code of the engine. Slow, and easy to believe.
 * Bench and tests hold the engine against it.
 */
export interface Ruling {
  readonly rule: string | null
  readonly allowed: boolean
}

const strictness = { 'no-go': 0, 'pass-needed': 1, limited: 2, allowed: 3 }

export function rule(ruleSet: RuleSet, calendar: WorkCalendar, vehicle: VehicleFacts, { lon, lat, at }: { lon: number; lat: number; at: number }): Ruling {
  let best: { rule: AccessRule; allowed: boolean } | null = null
  for (const each of ruleSet.rules) {
    if (best && (each.priority < best.rule.priority || (each.priority === best.rule.priority && strictness[each.effect] >= strictness[best.rule.effect]))) continue
    if (!isInForce(each, ruleSet, at)) continue
    const isHere = (code: string): boolean => code === '*' || ruleSet.zones.some((zone) => zone.code === code && zone.geometry && contains(zone.geometry, lon, lat))
    const through = each.zones.filter((code) => speaksOf(each, vehicle, kindsOfPasses(vehicle, code, at)) && isHere(code))
    if (through.length === 0 || !each.times.some((span) => covers(span, calendar, at))) continue
    const isMissing = through.some((code) => !each.passes.some((pass) => kindsOfPasses(vehicle, code, at).includes(pass)))
    best = { rule: each, allowed: each.effect !== 'no-go' && !(each.effect === 'pass-needed' && isMissing) }
  }
  return { rule: best?.rule.code ?? null, allowed: best?.allowed ?? true }
}

/** A temporary closure as an officer orders it. */
export interface OrderedClosure {
  readonly code: string
  readonly geometry: ZoneGeometry
  readonly vehicles: readonly VehicleMatch[]
  readonly exceptions: readonly VehicleMatch[]
  readonly startsAt: number
  readonly endsAt: number
}

/** The rules with closures above them. */
export function ruleUnder(closures: readonly OrderedClosure[], ruleSet: RuleSet, calendar: WorkCalendar, { vehicle, ...place }: { vehicle: VehicleFacts; lon: number; lat: number; at: number }): Ruling {
  const { lon, lat, at } = place
  const everyPass = vehicle.passes.flatMap((held) => (typeof held === 'string' ? [held] : []))
  const means = (match: VehicleMatch, whenUnknown: boolean): boolean => isMeant(match, vehicle, { passes: everyPass, whenUnknown })
  const closed = closures.find((each) => at >= each.startsAt && at < each.endsAt && contains(each.geometry, lon, lat) && each.vehicles.some((match) => means(match, true)) && !each.exceptions.some((match) => means(match, false)))
  return closed ? { rule: closed.code, allowed: false } : rule(ruleSet, calendar, vehicle, place)
}

/** Kinds of the passes that are valid at an instant for a zone; one for named zones counts in these only. */
const kindsOfPasses = ({ passes }: VehicleFacts, zone: string, at: number): string[] =>
  passes.flatMap((held) => {
    if (typeof held === 'string') return [held]
    const isNow = (held.from === null || at >= parsed(held.from)) && (held.to === null || at < parsed(held.to))
    return isNow && (held.zones === null || held.zones.includes(zone)) ? [held.pass] : []
  })

function isInForce(each: AccessRule, ruleSet: RuleSet, at: number): boolean {
  const starts = [ruleSet.effectiveFrom, each.effectiveFrom].filter((text) => text !== null)
  const ends = [ruleSet.effectiveTo, each.effectiveTo].filter((text) => text !== null)
  return starts.every((text) => at >= parsed(text)) && ends.every((text) => at < parsed(text))
}

const instants = new Map<string, number>()
const parsed = (text: string): number => instants.get(text) ?? instants.set(text, Date.parse(text)).get(text)!

/** Local date and clock of an instant by the platform's own zone data. */
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const held: { at: number; text: string } = { at: Number.NaN, text: '' }
const local = (at: number): string => {
  if (held.at !== at) Object.assign(held, { at, text: format.format(at) })
  return held.text
}

function covers(span: TimeSpan, calendar: WorkCalendar, at: number): boolean {
  const clock = local(at).slice(11, 16)
  const today = local(at).slice(0, 10)
  if (span.from < span.to) return clock >= span.from && clock < span.to && isDay(span, calendar, today)
  if (span.from === span.to) return false
  if (clock >= span.from) return isDay(span, calendar, today)
  return clock < span.to && isDay(span, calendar, local(at - 86_400_000).slice(0, 10))
}

const kinds = new WeakMap<WorkCalendar, Map<string, string>>()

function isDay(span: TimeSpan, calendar: WorkCalendar, day: string): boolean {
  const date = new Date(`${day}T12:00:00Z`)
  const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay()
  if (span.weekdays && !span.weekdays.includes(weekday)) return false
  if (span.months && !span.months.includes(Number(day.slice(5, 7)))) return false
  if (!span.days) return true
  const memo = kinds.get(calendar) ?? kinds.set(calendar, new Map()).get(calendar)!
  const isIn = (list: WorkCalendar['holidays']): boolean => list.some((each) => (each.to ? day >= each.day && day < each.to : day === each.day))
  const kind = memo.get(day) ?? (isIn(calendar.holidays) ? 'holiday' : isIn(calendar.makeUpWorkdays) || weekday < 6 ? 'workday' : 'rest-day')
  memo.set(day, kind)
  return (span.days as string[]).includes(kind)
}

/** Restrictions hold for a vehicle that may be meant, permissions only for one that is. */
function speaksOf(each: AccessRule, vehicle: VehicleFacts, passes: readonly string[]): boolean {
  if (each.exceptions.some((match) => isMeant(match, vehicle, { passes, whenUnknown: false }))) return false
  return each.vehicles.some((match) => isMeant(match, vehicle, { passes, whenUnknown: each.effect !== 'allowed' }))
}

function isMeant(match: VehicleMatch, vehicle: VehicleFacts, { passes, whenUnknown }: { passes: readonly string[]; whenUnknown: boolean }): boolean {
  for (const field of ['category', 'energy', 'body', 'plateColour', 'purpose', 'enterpriseStatus'] as const) {
    const fact = vehicle[field]
    if (match[field] && !(fact === null ? whenUnknown : match[field].includes(fact))) return false
  }
  if (match.passes && !match.passes.some((pass) => passes.includes(pass))) return false
  if (match.plates && !(vehicle.plate !== null && match.plates.includes(vehicle.plate))) return false
  if (match.unifiedMark !== undefined && !(vehicle.unifiedMark === null ? whenUnknown : vehicle.unifiedMark === match.unifiedMark)) return false
  if (match.grossMassKgOver === undefined && match.grossMassKgUpTo === undefined) return true
  if (vehicle.grossMassKg === null) return whenUnknown
  return !(match.grossMassKgOver !== undefined && vehicle.grossMassKg <= match.grossMassKgOver) && !(match.grossMassKgUpTo !== undefined && vehicle.grossMassKg > match.grossMassKgUpTo)
}

/** Straight from the coordinates: in the outline and in no hole, or near enough to a road. */
export function contains(geometry: ZoneGeometry, lon: number, lat: number): boolean {
  if (geometry.type === 'RoadList') return geometry.roads.some(({ line }) => line.some((end, at) => at > 0 && metresTo(line[at - 1]!, end, { lon, lat, line }) <= geometry.reachMetres))
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.some(([outline, ...holes]) => winds(outline!, lon, lat) && !holes.some((hole) => winds(hole, lon, lat)))
}

/** Winding number: the turns of the outline around the place. */
function winds(ring: readonly (readonly number[])[], lon: number, lat: number): boolean {
  let turns = 0
  for (let at = 1; at < ring.length; at++) {
    const [x1, y1, x2, y2] = [ring[at - 1]![0]!, ring[at - 1]![1]!, ring[at]![0]!, ring[at]![1]!]
    const left = (x2 - x1) * (lat - y1) - (lon - x1) * (y2 - y1)
    if (y1 <= lat && y2 > lat && left > 0) turns++
    if (y1 > lat && y2 <= lat && left < 0) turns--
  }
  return turns !== 0
}

/** Metres to a straight side, on a plane laid at the middle of the road's box. */
function metresTo(a: readonly number[], b: readonly number[], { lon, lat, line }: { lon: number; lat: number; line: readonly (readonly number[])[] }): number {
  const lats = line.map((each) => each[1]!)
  const scale = (6_371_008.8 * Math.PI) / 180
  const wide = scale * Math.cos((((Math.min(...lats) + Math.max(...lats)) / 2) * Math.PI) / 180)
  const [px, py, qx, qy] = [(a[0]! - lon) * wide, (a[1]! - lat) * scale, (b[0]! - lon) * wide, (b[1]! - lat) * scale]
  const length = Math.hypot(qx - px, qy - py)
  if (length === 0) return Math.hypot(px, py)
  const along = -(px * (qx - px) + py * (qy - py)) / length
  if (along <= 0) return Math.hypot(px, py)
  return along >= length ? Math.hypot(qx, qy) : Math.abs(px * qy - qx * py) / length
}
