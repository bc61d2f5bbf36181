import { distanceMetres } from '../../base/geo.ts'
import { metresPerSecondFromKmh, secondsFromMs } from '../../base/units.ts'
import type { JourneyParameters } from './parameters.ts'
import { leftOutReasons, type LeftOutReason, type TrackPoint } from './types.ts'

export interface CleanTrack {
  /** in order of time, one position an instant */
  readonly kept: readonly TrackPoint[]
  readonly leftOut: readonly { readonly point: TrackPoint; readonly reason: LeftOutReason }[]
}

export const noneLeftOut = (): Record<LeftOutReason, number> => Object.fromEntries(leftOutReasons.map((reason) => [reason, 0])) as Record<LeftOutReason, number>

/** Receivers in order of trust; the freight terminal comes first because it reports more often. */
const sourceRank = (source: string): number => ['jt808', 'gb32960'].indexOf(source) >>> 0

const byTime = (a: TrackPoint, b: TrackPoint): number =>
  a.observedAt - b.observedAt || sourceRank(a.source) - sourceRank(b.source) || a.lon - b.lon || a.lat - b.lat || a.speedKmh - b.speedKmh

/** Orders positions by the device's clock and takes out, with a reason, what cannot be where the vehicle was. */
export function cleanTrack(points: readonly TrackPoint[], parameters: JourneyParameters): CleanTrack {
  const leftOut: { point: TrackPoint; reason: LeftOutReason }[] = []
  const usable: TrackPoint[] = []
  for (const point of isSorted(points) ? points : [...points].sort(byTime)) {
    const reason = faultOf(point)
    if (reason) leftOut.push({ point, reason })
    else if (usable.length > 0 && usable.at(-1)!.observedAt === point.observedAt) leftOut.push({ point, reason: 'duplicate' })
    else usable.push(point)
  }
  const oneSource = withoutSecondSource(usable, parameters, leftOut)
  return { kept: withoutTeleports(oneSource, parameters, leftOut), leftOut }
}

function isSorted(points: readonly TrackPoint[]): boolean {
  for (let at = 1; at < points.length; at++) if (byTime(points[at - 1]!, points[at]!) > 0) return false
  return true
}

function faultOf({ fixValid, lon, lat }: TrackPoint): LeftOutReason | undefined {
  if (!fixValid) return 'invalid-fix'
  if (Math.abs(lon) < 0.001 && Math.abs(lat) < 0.001) return 'null-island'
  return Math.abs(lon) > 180 || Math.abs(lat) > 90 || Number.isNaN(lon + lat) ? 'out-of-range' : undefined
}

/** Where two receivers speak at the same time, only the better one is heard. */
function withoutSecondSource(points: readonly TrackPoint[], { secondSourceReachMs }: JourneyParameters, leftOut: CleanTrack['leftOut'][number][]): TrackPoint[] {
  const best = points.reduce((rank, { source }) => Math.min(rank, sourceRank(source)), Infinity)
  const first = points.filter(({ source }) => sourceRank(source) === best)
  if (first.length === points.length) return first
  let near = 0
  return points.filter((point) => {
    if (sourceRank(point.source) === best) return true
    while (near + 1 < first.length && first[near + 1]!.observedAt <= point.observedAt) near++
    const isCovered = [near, near + 1].some((at) => first[at] !== undefined && Math.abs(first[at].observedAt - point.observedAt) <= secondSourceReachMs)
    if (isCovered) leftOut.push({ point, reason: 'second-source' })
    return !isCovered
  })
}

/** Whether a vehicle can have come from a to b in the time between them. */
export function isPlausible(a: Pick<TrackPoint, 'lon' | 'lat' | 'observedAt'>, b: Pick<TrackPoint, 'lon' | 'lat' | 'observedAt'>, { plausibleSpeedKmh, jumpSlackMetres }: JourneyParameters): boolean {
  return distanceMetres(a, b) <= jumpSlackMetres + metresPerSecondFromKmh(plausibleSpeedKmh) * secondsFromMs(b.observedAt - a.observedAt)
}

/**
 * Cuts the track where consecutive positions are impossible, then drops a short run when the track goes on plausibly
 * without it. Two long runs that do not fit stay both; the jump between them is a gap, never a distance.
 */
function withoutTeleports(points: readonly TrackPoint[], parameters: JourneyParameters, leftOut: CleanTrack['leftOut'][number][]): TrackPoint[] {
  const runs: TrackPoint[][] = []
  let run: TrackPoint[] = []
  for (const point of points) {
    if (run.length > 0 && !isPlausible(run.at(-1)!, point, parameters)) {
      add(runs, run, parameters, leftOut)
      run = []
    }
    run.push(point)
  }
  if (run.length > 0) add(runs, run, parameters, leftOut)
  // A lone wild fix at either end has nothing beyond it to prove it wrong; the longer company decides.
  for (const [edge, next] of [[0, 1], [-1, -2]] as const) {
    const lone = runs.at(edge)
    if (runs.length > 1 && lone!.length <= 2 && runs.at(next)!.length > 2) {
      for (const point of lone!) leftOut.push({ point, reason: 'teleport' })
      if (edge === 0) runs.shift()
      else runs.pop()
    }
  }
  return runs.flat()
}

function add(runs: TrackPoint[][], run: TrackPoint[], parameters: JourneyParameters, leftOut: CleanTrack['leftOut'][number][]): void {
  const last = runs.at(-1)
  const beforeLast = runs.at(-2)
  if (last && beforeLast && last.length <= parameters.excursionPoints && isPlausible(beforeLast.at(-1)!, run[0]!, parameters)) {
    for (const point of last) leftOut.push({ point, reason: 'teleport' })
    runs.pop()
    beforeLast.push(...run)
  } else runs.push(run)
}
