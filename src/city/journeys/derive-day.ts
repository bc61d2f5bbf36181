import { between, type Point } from '../../base/geo.ts'
import { dayMs, startOfDay } from '../../base/time.ts'
import { secondsFromMs } from '../../base/units.ts'
import { cleanTrack, noneLeftOut } from './derive-clean.ts'
import { chooseDistance, deriveOdometer, shareOf } from './derive-odometer.ts'
import { deriveSegments, type Segment } from './derive-segments.ts'
import { deriveStretches, type Stretch } from './derive-stretches.ts'
import type { JourneyParameters } from './parameters.ts'
import type { DayActivity, DerivedDay, Gap, Halt, TrackPoint, Trip } from './types.ts'

export interface DayInput {
  readonly day: string
  /** positions of the day, in any order */
  readonly positions: readonly TrackPoint[]
  /** positions around the day (`contextMs` to either side, or the nearest one further off), so that it can be cut at midnight */
  readonly neighbours: readonly TrackPoint[]
}

interface Window {
  readonly from: number
  readonly to: number
  readonly points: readonly TrackPoint[]
  readonly segments: readonly Segment[]
}

/**
 * Trips, halts, gaps and activity of one vehicle on one calendar day (Asia/Shanghai, half-open). Everything is decided on the
 * track with its neighbours and then cut at midnight, sharing the crossing step by time, so that days add up to the whole.
 */
export function deriveDay({ day, positions, neighbours }: DayInput, parameters: JourneyParameters): DerivedDay {
  const from = startOfDay(day)
  const to = from + dayMs
  const clean = cleanTrack([...neighbours, ...positions], parameters)
  const leftOut = noneLeftOut()
  for (const { point, reason } of clean.leftOut) if (point.observedAt >= from && point.observedAt < to) leftOut[reason]++
  const segments = deriveSegments(clean.kept, parameters)
  const stretches = clean.kept.length > 1 ? deriveStretches(clean.kept, segments, parameters) : []
  const window = { from, to, points: clean.kept, segments }
  const inDay = stretches.filter(({ first, last }) => clean.kept[last]!.observedAt > from && clean.kept[first]!.observedAt < to)
  const trips = inDay.filter(({ kind }) => kind === 'trip').map((stretch) => cutTrip(stretch, window))
  const halts = inDay.filter(({ kind }) => kind === 'halt').map((stretch) => cutHalt(stretch, window, parameters))
  const gaps = inDay.filter(({ kind }) => kind === 'gap').map((stretch) => cutGap(stretch, window))
  const observed = positions.map((point) => point.observedAt)
  const gapStarts = gaps.filter((gap) => gap.startedAt > from).length
  const activity = { ...sumUp({ trips, halts, gaps }, window, parameters), gapCount: gapStarts, pointCount: positions.length, firstObservedAt: least(observed), lastObservedAt: most(observed) }
  return { day, trips, halts, gaps, activity, leftOut }
}

const least = (numbers: readonly number[]): number | null => (numbers.length > 0 ? numbers.reduce((a, b) => Math.min(a, b)) : null)
const most = (numbers: readonly number[]): number | null => (numbers.length > 0 ? numbers.reduce((a, b) => Math.max(a, b)) : null)

/** Times of a stretch inside the day and whether it was cut. */
function cut({ first, last }: Stretch, { from, to, points }: Window): { startedAt: number; endedAt: number; beginsBefore: boolean; continuesAfter: boolean } {
  const [start, end] = [points[first]!.observedAt, points[last]!.observedAt]
  return { startedAt: Math.max(start, from), endedAt: Math.min(end, to), beginsBefore: start < from, continuesAfter: end > to }
}

function cutTrip(stretch: Stretch, window: Window): Trip {
  const { points } = window
  const times = cut(stretch, window)
  const inside = points.slice(stretch.first, stretch.last + 1).filter((point) => point.observedAt >= window.from && point.observedAt < window.to)
  return {
    ...times,
    start: placeAt(stretch, times.startedAt, points),
    end: placeAt(stretch, times.endedAt, points),
    distanceMetres: metresOf(stretch, window) ?? 0,
    maxSpeedKmh: inside.reduce((top, point) => Math.max(top, point.speedKmh), 0),
    pointCount: inside.length,
  }
}

function cutHalt(stretch: Stretch, window: Window, { gapMs }: JourneyParameters): Halt {
  const { points, from, to } = window
  const stay = points.slice(stretch.first, stretch.last + 1)
  let unobservedMs = 0
  for (let at = stretch.first; at < stretch.last; at++) {
    const [a, b] = [points[at]!.observedAt, points[at + 1]!.observedAt]
    if (b - a > gapMs) unobservedMs += (b - a) * shareOf(a, b, from, to)
  }
  const pointCount = stay.filter((point) => point.observedAt >= from && point.observedAt < to).length
  return { ...cut(stretch, window), place: middleOf(stay), pointCount, unobservedSeconds: secondsFromMs(unobservedMs) }
}

function cutGap(stretch: Stretch, window: Window): Gap {
  const { startedAt, endedAt } = cut(stretch, window)
  return { startedAt, endedAt, distanceMetres: metresOf(stretch, window) }
}

/** Metres of a stretch inside the day; null when a step of it has none. */
function metresOf({ first, last }: Stretch, { from, to, points, segments }: Window): number | null {
  let sum = 0
  for (let at = first; at < last; at++) {
    const { metres } = segments[at]!
    if (metres === null) return null
    sum += metres * shareOf(points[at]!.observedAt, points[at + 1]!.observedAt, from, to)
  }
  return sum
}

/** Where the vehicle was at an instant of a stretch. */
function placeAt({ first, last }: Stretch, instant: number, points: readonly TrackPoint[]): Point {
  let at = first
  while (at + 1 < last && points[at + 1]!.observedAt <= instant) at++
  const [a, b] = [points[at]!, points[at + 1]!]
  return between(a, b, Math.min(1, Math.max(0, (instant - a.observedAt) / (b.observedAt - a.observedAt))))
}

/** Median of longitude and of latitude: a few wild fixes do not move it. */
function middleOf(points: readonly TrackPoint[]): Point {
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!
  return { lon: median(points.map((point) => point.lon)), lat: median(points.map((point) => point.lat)) }
}

function sumUp({ trips, halts, gaps }: { trips: readonly Trip[]; halts: readonly Halt[]; gaps: readonly Gap[] }, { from, to, points }: Window, parameters: JourneyParameters) {
  const seconds = (each: readonly { startedAt: number; endedAt: number }[]): number => each.reduce((sum, { startedAt, endedAt }) => sum + secondsFromMs(endedAt - startedAt), 0)
  const gapDistanceMetres = gaps.reduce((sum, gap) => sum + (gap.distanceMetres ?? 0), 0)
  const gnssDistanceMetres = trips.reduce((sum, trip) => sum + trip.distanceMetres, gapDistanceMetres)
  const odometer = deriveOdometer(points, { from, to }, parameters)
  const distanceSource = chooseDistance(gnssDistanceMetres, odometer, parameters)
  return {
    distanceMetres: distanceSource === 'odometer' ? odometer.distanceMetres! : gnssDistanceMetres,
    distanceSource,
    gnssDistanceMetres,
    odometerDistanceMetres: odometer.distanceMetres,
    gapDistanceMetres,
    odometerFaults: odometer.faults,
    movingSeconds: seconds(trips),
    haltSeconds: seconds(halts),
    gapSeconds: seconds(gaps),
    tripCount: trips.filter((trip) => !trip.beginsBefore).length,
    haltCount: halts.filter((halt) => !halt.beginsBefore).length,
  } satisfies Partial<DayActivity>
}
