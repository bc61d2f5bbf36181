import type { Halt, TrackPoint } from '../../api/journeys.ts'
import type { MapLine, MapPoint } from '../../shared/map/city-map-types.ts'
import { colour } from '../../shared/tokens.ts'

/** A track point with its instant as a number. */
export interface TimedPoint extends TrackPoint {
  readonly time: number
}

export const timed = (points: readonly TrackPoint[]): TimedPoint[] => points.filter(({ fixValid }) => fixValid).map((point) => ({ ...point, time: Date.parse(point.observedAt) }))

/** The last point at or before a moment (binary search); the first one before the track begins. */
export function pointAt(points: readonly TimedPoint[], at: number): TimedPoint | undefined {
  let [low, high] = [0, points.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (points[middle]!.time <= at) low = middle
    else high = middle - 1
  }
  return points[low]
}

const gapMs = 600_000

/** The track as lines, broken and dashed where nothing was received for ten minutes. */
export function trackLines(points: readonly TimedPoint[]): MapLine[] {
  const lines: MapLine[] = []
  let stretch: [number, number][] = []
  points.forEach((point, index) => {
    const before = points[index - 1]
    if (before && point.time - before.time > gapMs) {
      if (stretch.length > 1) lines.push({ id: `track-${index}`, coordinates: stretch, colour: colour.programme })
      lines.push({ id: `gap-${index}`, coordinates: [[before.lon, before.lat], [point.lon, point.lat]], colour: colour.unknown, dashed: true })
      stretch = []
    }
    stretch.push([point.lon, point.lat])
  })
  if (stretch.length > 1) lines.push({ id: 'track-end', coordinates: stretch, colour: colour.programme })
  return lines
}

export const haltPoints = (halts: readonly Halt[]): MapPoint[] => halts.map(({ startedAt, lon, lat }) => ({ id: `halt-${startedAt}`, lon, lat, icon: 'halt' as const }))
