import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as units from './units.ts'

/** Pairs of conversions, there and back. */
const pairs: readonly { name: string; there: (value: number) => number; back: (value: number) => number; isInteger: boolean }[] = [
  { name: 'tenths of km/h', there: units.kmhFromTenths, back: units.tenthsFromKmh, isInteger: true },
  { name: 'tenths of km', there: units.metresFromTenthsOfKm, back: units.tenthsOfKmFromMetres, isInteger: true },
  { name: 'micro-degrees', there: units.degreesFromMicro, back: units.microFromDegrees, isInteger: true },
  { name: 'km', there: units.metresFromKm, back: units.kmFromMetres, isInteger: false },
  { name: 'm/s', there: units.kmhFromMetresPerSecond, back: units.metresPerSecondFromKmh, isInteger: false },
  { name: 'ms', there: units.secondsFromMs, back: units.msFromSeconds, isInteger: false },
  { name: 't', there: units.kgFromTonnes, back: units.tonnesFromKg, isInteger: false },
  { name: 'cm', there: units.metresFromCentimetres, back: units.centimetresFromMetres, isInteger: false },
  { name: 'mm on paper', there: units.pointsFromMillimetres, back: units.millimetresFromPoints, isInteger: false },
]

/** Smaller than anything a device measures; below it doubles lose their digits. */
const nothing = 1e-200

describe('units', () => {
  it.each(pairs)('$name there and back is the same', ({ there, back, isInteger }) => {
    const value = isInteger ? fc.integer({ min: -180_000_000, max: 180_000_000 }) : fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(fc.property(value, (raw) => {
      if (isInteger) expect(back(there(raw)) + 0).toBe(raw + 0)
      else expect(Math.abs(back(there(raw)) - raw)).toBeLessThanOrEqual(Math.abs(raw) * 1e-12 + nothing)
    }))
  })

  it('has the values a hand computes', () => {
    expect([units.kmhFromTenths(365), units.metresFromTenthsOfKm(12), units.kmhFromMetresPerSecond(10), units.msFromMinutes(2), units.msFromHours(1), units.pointsFromMillimetres(25.4), units.twipsFromPoints(16)]).toEqual([36.5, 1200, 36, 120_000, 3_600_000, 72, 320])
    expect([units.kgFromTonnes(7.5), units.kgFromPounds(100), units.metresFromFeet(10), units.kmhFromMilesPerHour(100)].map((each) => Number(each.toFixed(6)))).toEqual([7500, 45.359237, 3.048, 160.9344])
  })
})
