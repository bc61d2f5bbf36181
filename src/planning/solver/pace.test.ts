import { describe, expect, it } from 'vitest'
import { Pace } from './pace.ts'

describe('the pace of a search', () => {
  it('is not taken in by a slow beginning', () => {
    // a twentieth of the seconds went by before the first iteration, the first hundredth after it is ten times as slow
    const pace = new Pace(0.05, 0)
    const done = (fraction: number) => (fraction < 0.06 ? 1e5 : 1e6) * (fraction - 0.05)
    let expected = 0
    for (let fraction = 0.05; fraction < 0.1; fraction += 0.0001) expected = pace.expect(fraction, done(fraction))
    expect(expected / done(1)).toBeCloseTo(1, 1)
    expect(done(0.1) / 0.1 / done(1)).toBeLessThan(0.6)
  })

  it('follows a machine that slows down', () => {
    const pace = new Pace(0, 1000)
    const done = (fraction: number) => 1000 + (fraction < 0.2 ? 1e6 * fraction : 2e5 + 4e5 * (fraction - 0.2))
    let expected = 0
    for (let fraction = 0; fraction < 0.85; fraction += 0.001) expected = pace.expect(fraction, done(fraction))
    expect(expected / (done(1) - 1000)).toBeCloseTo(1, 2)
  })

  it('expects nothing until the clock has moved, and counts shares from where it began', () => {
    const pace = new Pace(0.2, 500)
    expect(pace.expect(0.2, 500)).toBe(0)
    expect(pace.expect(0.2, 532)).toBe(0)
    expect(pace.expect(0.3, 700)).toBeCloseTo(1600)
    expect(pace.share(0.2)).toBe(0)
    expect(pace.share(0.6)).toBeCloseTo(0.5)
    expect(pace.rest(1000)).toBe(800)
  })
})
