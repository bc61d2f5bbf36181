import type { DataScope } from '../../accounts/index.ts'
import type { Point } from '../../base/geo.ts'
import { ProblemError } from '../../base/problems.ts'
import { formatInstant, parseInstant } from '../../base/time.ts'
import type { Db } from '../../runtime/database.ts'
import { answer, mayBeAt, type Answer } from './engine/answers.ts'
import { zonesNamed } from './engine/compile.ts'
import type { VehicleTables } from './engine/day-tables.ts'
import { departuresAlike, earliestArrival, earliestDeparture, mayDrive, routeAtSpeed } from './engine/paths.ts'
import { effectNames } from './engine/rule-set.ts'
import type { VehicleFacts } from './engine/vehicle-match.ts'
import { problem } from './problems.ts'
import type { RulesInForce } from './rules-in-force.ts'
import { findVehicleFacts } from './vehicle-facts.ts'

/** A question as people put it: a class of the city's rule set, a plate, or plain facts; a point, a zone, or from and to. */
export interface Question {
  readonly vehicle?: string | undefined
  readonly facts?: VehicleFacts | undefined
  /** passes held, besides those the class or the facts name */
  readonly passes?: VehicleFacts['passes'] | undefined
  readonly at: string
  readonly point?: Point | undefined
  readonly zone?: string | undefined
  readonly from?: Point | undefined
  readonly to?: Point | undefined
}

export interface Asking {
  readonly db: Db
  readonly rules: RulesInForce
  /** whose vehicles may be asked for by plate; null: nobody's */
  readonly scope: DataScope | null
  readonly now: number
  /** streets between two places; undefined: none known, the straight line is taken */
  readonly findPath?: ((from: Point, to: Point) => readonly Point[] | undefined) | undefined
}

/** Mean speed over a delivery trip in a city, taken for route questions and said in the answer. */
export const assumedSpeedKmh = 25

const instantOrNull = (instant: number | null): string | null => (instant === null ? null : formatInstant(instant))

export const presentAnswer = (found: Answer) => ({
  allowed: found.allowed, effect: found.effect, effectName: effectNames[found.effect], decidedBy: found.decidedBy, passes: found.passes, limit: found.limit,
  from: instantOrNull(found.from), until: instantOrNull(found.until), nextAllowed: instantOrNull(found.nextAllowed), assumed: found.assumed, beyondCalendar: found.beyondCalendar,
})

/** Facts of the vehicle a question names; throws `access-vehicle-unknown`. */
export async function getFacts({ vehicle, facts }: Pick<Question, 'vehicle' | 'facts'>, { db, rules, scope, now }: Pick<Asking, 'db' | 'rules' | 'scope' | 'now'>): Promise<VehicleFacts> {
  if (facts) return facts
  if (!vehicle) throw new ProblemError(problem('access-vehicle-missing'))
  const named = rules.current?.vehicleClasses.find((each) => each.code === vehicle)
  if (named) return named.facts
  const registered = scope ? await findVehicleFacts(db, { scope, plate: vehicle, asOf: now }) : undefined
  if (!registered) throw new ProblemError(problem('access-vehicle-unknown', { value: vehicle, known: rules.current?.vehicleClasses.map((each) => each.code).join('、') ?? '' }), 404)
  return registered.facts
}

/** Answers one question; throws problems somebody can act on. */
export async function ask(question: Question, asking: Asking) {
  const { rules } = asking
  const { point, zone, from, to } = question
  if ([point, zone, from ?? to].filter(Boolean).length !== 1 || Boolean(from) !== Boolean(to)) throw new ProblemError(problem('access-place-missing'))
  const at = parseInstant(question.at)
  if (at === undefined) throw new ProblemError(problem('access-time-invalid', { value: question.at }))
  const facts = await getFacts(question, asking)
  const vehicle = rules.compiled.vehicle(question.passes ? { ...facts, passes: [...facts.passes, ...question.passes] } : facts)
  const context = { at: formatInstant(at), asOf: formatInstant(asking.now), revision: rules.revision }
  if (point) return { ...presentAnswer(mayBeAt(rules.compiled, vehicle, point, at)), ...context }
  if (from && to) return { ...askRoute(from, to, { at, vehicle, asking }), ...context }
  const zones = zonesNamed(rules.compiled, zone!)
  if (!zones) throw new ProblemError(problem('access-zone-unknown', { value: zone }), 404)
  return { ...presentAnswer(answer(rules.compiled, vehicle, zones, at)), ...context }
}

function askRoute(from: Point, to: Point, { at, vehicle, asking: { rules, findPath } }: { at: number; vehicle: VehicleTables; asking: Asking }) {
  const streets = findPath?.(from, to)
  const route = routeAtSpeed(streets ?? [from, to], assumedSpeedKmh)
  const driven = mayDrive(rules.compiled, vehicle, route, at)
  const arrival = earliestArrival(rules.compiled, vehicle, route, at)
  const { barredBy } = driven
  const alike = departuresAlike(driven)
  const decisive = barredBy ?? driven.parts.find((part) => part.answer.decidedBy !== null) ?? driven.parts[0]
  return {
    ...presentAnswer({ ...(decisive?.answer ?? openRoad), ...alike, allowed: driven.allowed, nextAllowed: earliestDeparture(rules.compiled, vehicle, route, at) }),
    path: streets ? 'streets' : 'straight', speedKmh: assumedSpeedKmh, departAt: formatInstant(at), arriveAt: formatInstant(Math.round(driven.arriveAt)),
    earliestArrival: instantOrNull(arrival && Math.round(arrival.arriveAt)),
    barredAt: barredBy && { lon: pointOf(route.path, barredBy).lon, lat: pointOf(route.path, barredBy).lat, at: formatInstant(Math.round(barredBy.entersAt)) },
  }
}

/** From a place to itself there is no way to be asked about. */
const openRoad: Answer = { allowed: true, effect: 'allowed', decidedBy: null, passes: [], limit: null, from: null, until: null, nextAllowed: null, assumed: [], beyondCalendar: null }

const pointOf = (path: readonly Point[], { leg, from }: { leg: number; from: number }): Point => {
  const [a, b] = [path[leg]!, path[leg + 1]!]
  return { lon: Number((a.lon + (b.lon - a.lon) * from).toFixed(6)), lat: Number((a.lat + (b.lat - a.lat) * from).toFixed(6)) }
}
