import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayMs, startOfDay } from '../../base/time.ts'
import { deriveDay } from './derive-day.ts'
import { journeyParameters as parameters } from './parameters.ts'
import { seeded, syntheticTrack, type SyntheticTrack } from './synthetic-tracks.ts'
import type { DerivedDay, TrackPoint } from './types.ts'

const day = '2025-03-31'
const around = (points: readonly TrackPoint[], from: number, to: number) => points.filter((point) => (point.observedAt < from && point.observedAt >= from - parameters.contextMs) || (point.observedAt >= to && point.observedAt < to + parameters.contextMs))

function derive(points: readonly TrackPoint[], on = day): DerivedDay {
  const from = startOfDay(on)
  const to = from + dayMs
  return deriveDay({ day: on, positions: points.filter((point) => point.observedAt >= from && point.observedAt < to), neighbours: around(points, from, to) }, parameters)
}

const small = (seed: number, days = 1): SyntheticTrack => syntheticTrack({ seed, day, days, sampleSeconds: 30, noiseMetres: 5, wildShare: 0.005 })

/** Share of stretches found and true, counted as the same when they overlap in 80 % of their common time. */
function f1(found: readonly { startedAt: number; endedAt: number }[], truth: readonly { startedAt: number; endedAt: number }[]): number {
  const isSame = (a: { startedAt: number; endedAt: number }, b: { startedAt: number; endedAt: number }) => {
    const shared = Math.min(a.endedAt, b.endedAt) - Math.max(a.startedAt, b.startedAt)
    return shared / (Math.max(a.endedAt, b.endedAt) - Math.min(a.startedAt, b.startedAt)) >= 0.8
  }
  const hits = found.filter((each) => truth.some((other) => isSame(each, other))).length
  return (2 * hits) / (found.length + truth.length)
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!

describe('accuracy on labelled synthetic tracks', () => {
  test.each([
    { sampleSeconds: 10, noiseMetres: 5 },
    { sampleSeconds: 15, noiseMetres: 8 },
    { sampleSeconds: 30, noiseMetres: 5 },
    { sampleSeconds: 30, noiseMetres: 10 },
  ])('every $sampleSeconds s, noise $noiseMetres m: F1 ≥ 0.95, distance within 2 %', (options) => {
    const scores = { trips: [] as number[], halts: [] as number[], gnss: [] as number[], used: [] as number[] }
    for (let seed = 1; seed <= 12; seed++) {
      const track = syntheticTrack({ seed, day, ...options, wildShare: 0.005 })
      const found = derive(track.points)
      const truth = track.trips.reduce((sum, trip) => sum + trip.distanceMetres, 0)
      scores.trips.push(f1(found.trips, track.trips))
      scores.halts.push(f1(found.halts, track.halts))
      scores.gnss.push(Math.abs(found.activity.gnssDistanceMetres / truth - 1))
      scores.used.push(Math.abs(found.activity.distanceMetres / truth - 1))
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const report = { ...options, trips: mean(scores.trips), halts: mean(scores.halts), gnssError: median(scores.gnss), usedError: median(scores.used) }
    console.info(JSON.stringify(report))
    expect(report.trips).toBeGreaterThanOrEqual(0.95)
    expect(report.halts).toBeGreaterThanOrEqual(0.95)
    expect(report.usedError).toBeLessThanOrEqual(0.02)
    // Every 30 s the chord cuts corners of the street grid; the odometer then stands for the day.
    expect(report.gnssError).toBeLessThanOrEqual(options.sampleSeconds > 15 ? 0.04 : 0.02)
  })
})

describe('laws', () => {
  test('the order of arrival does not matter', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), (seed) => {
      const { points } = small(seed)
      const random = seeded(seed)
      const shuffled = points.map((point) => ({ point, at: random() })).sort((a, b) => a.at - b.at).map(({ point }) => point)
      expect(derive(shuffled)).toEqual(derive(points))
    }), { numRuns: 8 })
  })

  test('a position sent twice changes nothing but the count of duplicates', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(2000), (seed, at) => {
      const { points } = small(seed)
      const once = derive(points)
      const twice = derive([...points, points[at % points.length]!])
      expect(twice.leftOut.duplicate).toBe(1)
      expect({ ...twice, leftOut: { ...twice.leftOut, duplicate: 0 }, activity: { ...twice.activity, pointCount: once.activity.pointCount } }).toEqual(once)
    }), { numRuns: 8 })
  })

  test('days cut at midnight add up to the whole track', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(dayMs - 1), (seed, shift) => {
      // The shift lets midnight fall into trips, halts and single steps alike.
      const whole = small(seed, 2).points.map((point) => ({ ...point, observedAt: point.observedAt + shift }))
      const parts = [0, 1, 2].map((each) => derive(whole, addDays(day, each)))
      const sum = (pick: (part: DerivedDay) => number) => parts.reduce((total, part) => total + pick(part), 0)
      const uncut = wholeTrack(whole)
      expect(sum((part) => part.activity.gnssDistanceMetres)).toBeCloseTo(uncut.gnss, 3)
      expect(sum((part) => part.activity.odometerDistanceMetres ?? 0)).toBeCloseTo(whole.at(-1)!.odometerMetres! - whole[0]!.odometerMetres!, 3)
      expect(sum((part) => part.activity.movingSeconds)).toBeCloseTo(uncut.moving, 3)
      expect(sum((part) => part.activity.tripCount)).toBe(uncut.trips)
      expect(sum((part) => part.activity.haltCount)).toBe(uncut.halts)
      expect(sum((part) => part.activity.pointCount)).toBe(whole.length)
    }), { numRuns: 12 })
  })

  test('trips and gaps make up the GNSS distance, and stretches never overlap', () => {
    const { trips, halts, gaps, activity } = derive(small(7).points)
    expect(trips.reduce((sum, trip) => sum + trip.distanceMetres, 0) + activity.gapDistanceMetres).toBeCloseTo(activity.gnssDistanceMetres, 6)
    const all = [...trips, ...halts, ...gaps].sort((a, b) => a.startedAt - b.startedAt)
    for (let at = 1; at < all.length; at++) expect(all[at]!.startedAt).toBeGreaterThanOrEqual(all[at - 1]!.endedAt)
  })
})

/** The same derivation on an artificial day that holds the whole track: shift time so that all of it fits between two midnights. */
function wholeTrack(points: readonly TrackPoint[]): { gnss: number; moving: number; trips: number; halts: number } {
  const squeeze = 3
  const origin = points[0]!.observedAt
  const from = startOfDay(day)
  // Time and every duration and speed threshold shrink together, so each decision stays the same.
  const squeezed = points.map((point) => ({ ...point, observedAt: from + (point.observedAt - origin) / squeeze }))
  const timed = ['secondSourceReachMs', 'stillWindowMs', 'spikeMs', 'haltMs', 'yardMs', 'gapMs', 'bridgeMs', 'contextMs'] as const
  const shrunk = { ...parameters, plausibleSpeedKmh: parameters.plausibleSpeedKmh * squeeze, ...Object.fromEntries(timed.map((name) => [name, parameters[name] / squeeze])) }
  const { activity } = deriveDay({ day, positions: squeezed, neighbours: [] }, shrunk)
  return { gnss: activity.gnssDistanceMetres, moving: activity.movingSeconds * squeeze, trips: activity.tripCount, halts: activity.haltCount }
}

describe('worked examples', () => {
  const at = (time: string) => Date.parse(`2025-03-31T${time}+08:00`)
  const point = (observedAt: number, north: number, extra: Partial<TrackPoint> = {}): TrackPoint => ({ observedAt, source: 'jt808', lon: 119.2, lat: 34.6 + north / 111_195, speedKmh: 0, odometerMetres: null, fixValid: true, ...extra })

  test('an empty day and a single position give zeros, not an error', () => {
    expect(derive([]).activity).toMatchObject({ distanceMetres: 0, pointCount: 0, firstObservedAt: null })
    expect(derive([point(at('08:00:00'), 0)]).activity).toMatchObject({ distanceMetres: 0, pointCount: 1, tripCount: 0 })
  })

  test('bad positions are left out, each with its reason', () => {
    const good = Array.from({ length: 20 }, (_, minute) => point(at('08:00:00') + minute * 60_000, minute * 500, { speedKmh: 30 }))
    const bad = [point(at('08:03:30'), 0, { fixValid: false }), { ...point(at('08:04:30'), 0), lon: 0, lat: 0 }, point(at('08:05:30'), 90_000), point(at('08:06:00'), 3010, { source: 'gb32960' })]
    const { leftOut, activity } = derive([...good, ...bad])
    expect(leftOut).toEqual({ 'invalid-fix': 1, 'null-island': 1, 'out-of-range': 0, duplicate: 1, 'second-source': 0, teleport: 1 })
    expect(activity.gnssDistanceMetres).toBeCloseTo(19 * 500, -1)
  })

  test('a silence in which the vehicle moved is a gap: no distance without an odometer, the odometer difference with one', () => {
    const legs = (odometer: boolean) => [0, 1, 2, 3].map((minute) => point(at('08:00:00') + minute * 60_000, minute * 400, { speedKmh: 24, odometerMetres: odometer ? 10_000 + minute * 400 : null }))
      .concat([0, 1, 2, 3].map((minute) => point(at('09:00:00') + minute * 60_000, 9000 + minute * 400, { speedKmh: 24, odometerMetres: odometer ? 24_000 + minute * 400 : null })))
    expect(derive(legs(false)).activity).toMatchObject({ gapCount: 1, gapDistanceMetres: 0, gapSeconds: 57 * 60, tripCount: 2 })
    expect(derive(legs(true)).activity).toMatchObject({ gapDistanceMetres: 12_800, distanceSource: 'odometer', distanceMetres: 15_200 })
  })

  test('an odometer that starts again is a fault: its step is not counted and GNSS stands for the day', () => {
    const run = Array.from({ length: 30 }, (_, minute) => point(at('08:00:00') + minute * 60_000, minute * 500, { speedKmh: 30, odometerMetres: minute < 15 ? 500_000 + minute * 500 : minute * 500 }))
    const { activity } = derive(run)
    expect(activity).toMatchObject({ odometerFaults: 1, distanceSource: 'gnss', odometerDistanceMetres: 28 * 500 })
  })

  test('a trip over midnight is shared by time: ten minutes before, twenty after', () => {
    const run = Array.from({ length: 31 }, (_, minute) => point(at('23:50:00') + minute * 60_000, minute * 500, { speedKmh: 30 }))
    const [before, after] = [derive(run), derive(run, '2025-04-01')]
    expect(before.trips[0]).toMatchObject({ beginsBefore: false, continuesAfter: true, endedAt: at('23:50:00') + 600_000 })
    expect(before.activity.distanceMetres).toBeCloseTo(5000, -1)
    expect(after.activity).toMatchObject({ tripCount: 0 })
    expect(after.activity.distanceMetres).toBeCloseTo(10_000, -1)
    const cross = derive([point(at('23:59:00'), 0, { speedKmh: 30 }), point(at('23:59:30'), 300, { speedKmh: 36 }), point(at('23:59:30') + 60_000, 900, { speedKmh: 36 })])
    expect(cross.trips[0]!.end.lat).toBeCloseTo(34.6 + 600 / 111_195, 6)
  })

  test('a truck parked with its terminal asleep stands there; a red light is no halt', () => {
    const parked = [point(at('06:00:00'), 0), point(at('11:00:00'), 10), point(at('11:00:30'), 12)]
    expect(derive(parked)).toMatchObject({ halts: [{ unobservedSeconds: 5 * 3600 }], activity: { gapCount: 0, distanceMetres: 0 } })
    const drive = (from: number, start: number) => Array.from({ length: 12 }, (_, step) => point(from + step * 15_000, start + step * 150, { speedKmh: 36 }))
    const light = [...drive(at('08:00:00'), 0), ...Array.from({ length: 8 }, (_, step) => point(at('08:03:00') + step * 15_000, 1655)), ...drive(at('08:05:00'), 1660)]
    expect(derive(light).activity).toMatchObject({ haltCount: 0, tripCount: 1 })
  })
})
