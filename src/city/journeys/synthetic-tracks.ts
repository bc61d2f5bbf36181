import { dayMs, startOfDay } from '../../base/time.ts'
import type { TrackPoint } from './types.ts'

/** Labelled tracks for tests and benches: what the vehicle really did, and what a receiver would have said about it. */
export interface SyntheticTrack {
  readonly points: TrackPoint[]
  readonly trips: { startedAt: number; endedAt: number; distanceMetres: number }[]
  readonly halts: { startedAt: number; endedAt: number }[]
}

export interface SyntheticOptions {
  readonly seed: number
  readonly day: string
  readonly days?: number
  readonly sampleSeconds: number
  /** standard deviation of each axis */
  readonly noiseMetres: number
  /** share of positions thrown kilometres away */
  readonly wildShare: number
  readonly withOdometer?: boolean
}

/** Small seeded generator (mulberry32), so that a failing track can be made again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const metresPerDegree = 111_195

/** A delivery vehicle on a street grid: legs with corners and red lights, stops of 4–25 minutes, rest from evening to morning. */
export function syntheticTrack({ seed, day, days = 1, sampleSeconds, noiseMetres, wildShare, withOdometer = true }: SyntheticOptions): SyntheticTrack {
  const random = seeded(seed)
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const from = startOfDay(day)
  const to = from + days * dayMs
  const track: SyntheticTrack = { points: [], trips: [], halts: [] }
  const place = { east: 0, north: 0, metres: 1_000_000 }
  let now = from
  let nextSample = from
  const sample = (speed: number) => {
    while (nextSample <= now && nextSample < to) {
      const wild = random() < wildShare ? 3000 + 20_000 * random() : 0
      const lat = 34.6 + (place.north + gauss() * noiseMetres + wild) / metresPerDegree
      const lon = 119.2 + (place.east + gauss() * noiseMetres + wild) / (metresPerDegree * Math.cos((34.6 * Math.PI) / 180))
      const odometerMetres = withOdometer ? Math.floor(place.metres / 100) * 100 : null
      track.points.push({ observedAt: nextSample, source: 'jt808', lon, lat, speedKmh: Math.max(0, speed * 3.6 + (speed > 0 ? gauss() : 0)), odometerMetres, fixValid: true })
      nextSample += sampleSeconds * 1000
    }
  }
  const stand = (seconds: number) => {
    const end = Math.min(to, now + seconds * 1000)
    while (now < end) { now += 1000; sample(0) }
  }
  const halt = (seconds: number) => {
    const startedAt = now
    stand(seconds)
    track.halts.push({ startedAt, endedAt: now })
  }
  const drive = () => {
    const startedAt = now
    const before = place.metres
    const corners = 2 + Math.floor(random() * 8)
    for (let corner = 0; corner < corners && now < to; corner++) {
      const axis = corner % 2 === 0 ? 'east' : 'north'
      const sign = random() < 0.5 ? -1 : 1
      const top = 6 + random() * 9
      for (let left = 200 + random() * 1200, speed = 0; left > 0 && now < to; ) {
        speed = Math.min(top, speed + 1.2, Math.sqrt(2 * 1.5 * left) + 1)
        const step = Math.min(left, speed)
        place[axis] += sign * step
        place.metres += step
        left -= step
        now += 1000
        sample(speed)
      }
      if (corner + 1 < corners && random() < 0.4) stand(10 + random() * 80)
    }
    track.trips.push({ startedAt, endedAt: now, distanceMetres: place.metres - before })
  }
  halt((5 + 2 * random()) * 3600)
  while (now < to) {
    const hour = ((now - from) % dayMs) / 3_600_000
    drive()
    if (now < to) halt(hour > 21 ? (8 + random()) * 3600 : 240 + random() * 1260)
  }
  return track
}
