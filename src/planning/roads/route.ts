import { mayDrive, type DecidedBy } from '../../city/access/index.ts'
import type { Point } from '../../base/geo.ts'
import { ProblemError } from '../../base/problems.ts'
import { dayOf, formatInstant } from '../../base/time.ts'
import { msFromSeconds } from '../../base/units.ts'
import { DayRoads, earliestOption, mayBegin, type DayRoadsInput, type WayOption } from './day-roads.ts'
import { measuresOfEnd, WayFinder } from './many-to-many.ts'
import type { RoadNetwork } from './network.ts'
import { passageAt } from './passage.ts'
import { roadProblem } from './problems.ts'
import { buildSearchGraph } from './search-graph.ts'
import type { Metric } from './search.ts'
import type { Snapped } from './snap.ts'
import { stepsOf, type Step } from './steps.ts'
import { wayLine, type WayLine } from './way-line.ts'

export interface RouteQuestion extends Omit<DayRoadsInput, 'day' | 'days'> {
  readonly from: Point
  readonly to: Point
  /** departure, epoch ms */
  readonly at: number
  readonly metric?: Metric
}

interface Measured {
  readonly distanceMetres: number
  readonly durationSeconds: number
}

/** The best way allowed when one departs now, as GeoJSON with its steps, and what the rules cost. */
export interface RouteAnswer {
  readonly type: 'Feature'
  readonly geometry: { readonly type: 'LineString'; readonly coordinates: readonly (readonly [number, number])[] }
  readonly properties: Measured & {
    readonly departAt: string
    readonly arriveAt: string
    readonly vehicle: DayRoadsInput['vehicle']
    readonly steps: readonly Step[]
    /** the way if only the signs held, and which rule bars it; null: no rule bars it */
    readonly withoutRules: Measured
    readonly detour: Measured
    readonly barredBy: DecidedBy | null
    /** rules under which the way may be driven with limits, each with what it limits */
    readonly limited: readonly (DecidedBy & { readonly limit: string | null })[]
    /** when waiting at the start arrives earlier than this way: leave then; null: leaving now is best */
    readonly waitUntil: string | null
    readonly attribution: string | null
  }
}

const rounded = (value: number): number => Number(value.toFixed(3))
const pointText = ({ lon, lat }: Point): string => `${lon},${lat}`

/** Answers a route question; throws `roads-too-far` and `roads-no-way`. */
export function answerRoute(question: RouteQuestion): RouteAnswer {
  const { network, vehicle, rules, from, to, at, metric = 'time' } = question
  const roads = new DayRoads({ network, vehicle, rules, day: dayOf(at) })
  const [source, target] = roads.snapAll([from, to]) as [Snapped, Snapped]
  const [options] = roads.optionsFrom(source, [target])
  const all = options ? ('always' in options ? [options.always] : options.options) : []
  const costOf = (option: WayOption): number => (metric === 'time' ? option.durationSeconds : option.distanceMetres)
  const now = all.filter((each) => mayBegin(each, at)).toSorted((a, b) => costOf(a) - costOf(b))[0]
  const soonest = options && earliestOption(options, at)
  const departAt = now ? at : soonest?.departAt
  const best = now ?? soonest?.option
  const plain = withoutRules(network, { vehicle, at, metric, source, target })
  if (!best || departAt === undefined || !plain) throw new ProblemError(roadProblem('roads-no-way', { from: pointText(from), to: pointText(to) }), 404)
  const line = wayLine(network, best.way)
  const asked = (way: WayLine, departAt: number) => (rules && roads.tables ? mayDrive(rules.compiled, roads.tables, way, departAt) : undefined)
  const [driven, checked] = [asked(wayLine(network, plain.way), at), asked(line, departAt)]
  // The rule engine has the last word on what is shown.
  if (checked?.allowed === false) throw new Error(`a way from ${pointText(from)} to ${pointText(to)} at ${formatInstant(departAt)} is refused by the rule engine`)
  const isLater = soonest && soonest.departAt + msFromSeconds(soonest.option.durationSeconds) < departAt + msFromSeconds(best.durationSeconds)
  return {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: line.path.map(({ lon, lat }) => [Number(lon.toFixed(7)), Number(lat.toFixed(7))]) },
    properties: {
      distanceMetres: best.distanceMetres, durationSeconds: best.durationSeconds, departAt: formatInstant(departAt), arriveAt: formatInstant(Math.round(departAt + msFromSeconds(best.durationSeconds))),
      vehicle, steps: stepsOf(network, best.way), withoutRules: { distanceMetres: plain.distanceMetres, durationSeconds: plain.durationSeconds },
      detour: { distanceMetres: rounded(best.distanceMetres - plain.distanceMetres), durationSeconds: rounded(best.durationSeconds - plain.durationSeconds) },
      barredBy: driven?.barredBy?.answer.decidedBy ?? null, limited: limitsOf(checked), waitUntil: isLater && soonest.departAt > departAt ? formatInstant(soonest.departAt) : null, attribution: network.source.attribution,
    },
  }
}

function limitsOf(driven: ReturnType<typeof mayDrive> | undefined): RouteAnswer['properties']['limited'] {
  const limits = (driven?.parts ?? []).flatMap(({ answer: { effect, decidedBy, limit } }) => (effect === 'limited' && decidedBy ? [{ ...decidedBy, limit }] : []))
  return [...new Map(limits.map((each) => [each.rule, each])).values()]
}

function withoutRules(network: RoadNetwork, { vehicle, at, metric, source, target }: { vehicle: DayRoadsInput['vehicle']; at: number; metric: Metric; source: Snapped; target: Snapped }) {
  const finder = new WayFinder(network, buildSearchGraph(network, passageAt(network, vehicle, at)), metric).from(source, [target])
  const ended = finder.to(target)
  return ended && { way: finder.wayOf(ended), ...measuresOfEnd(metric, ended) }
}
