import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDivisionCode, checkPhone, checkTerminalPhone, checkUscc, checkVin, normalisePlate, parseCoordinateSystem, parseDivision, parsePlate, surveyPoint, usccCheckDigit, vinCheckDigit } from './identifiers.ts'
import { distanceMetres } from './geo.ts'
import type { Problem } from './problems.ts'

const directory = join(import.meta.dirname, '../../fixtures/identifiers')
const linesOf = (name: string): string[] => readFileSync(join(directory, name), 'utf8').replace(/\n$/, '').split('\n').filter((line) => !line.startsWith('#'))

const checks: Readonly<Record<string, (text: string) => Problem | undefined>> = {
  plates: (text) => {
    const plate = parsePlate(text)
    return 'code' in plate ? plate : undefined
  },
  vins: checkVin,
  'credit-codes': checkUscc,
  'division-codes': checkDivisionCode,
  phones: checkPhone,
}

describe.each(Object.entries(checks))('%s', (name, check) => {
  it.each(linesOf(`${name}.valid.txt`))('accepts %s', (text) => expect(check(text)).toBeUndefined())
  it.each(linesOf(`${name}.invalid.txt`).map((line) => line.split('\t') as [string, string]))('refuses %s: %s', (text, code) => expect(check(text)?.code).toBe(code))
  it('never throws on any text', () => fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void check(text))))
})

describe('what a check notices', () => {
  it('a single wrong sign of a credit code, always: 31 is a prime', () => {
    const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(fc.property(fc.nat(16), fc.constantFrom(...signs), (at, sign) => {
      const sound = '91350100M000100Y43'
      if (sound[at] === sign) return
      expect(checkUscc(sound.slice(0, at) + sign + sound.slice(at + 1))).toBeDefined()
    }))
  })

  it('the check digits of made-up numbers are those it computes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9_999_999 }), (n) => {
      const first = `91990100MA${String(n).padStart(7, '0')}`
      expect(checkUscc(first + usccCheckDigit(first))).toBeUndefined()
      const vin = `LVPDEMA00P${String(n).padStart(7, '0')}`
      expect(checkVin(vin.slice(0, 8) + vinCheckDigit(vin) + vin.slice(9))).toBeUndefined()
    }))
  })

  it('what kind of plate it is, and whether the car is battery-electric', () => {
    expect(parsePlate('苏GD12345')).toEqual({ text: '苏GD12345', kind: 'nev-small', batteryElectric: true })
    expect(parsePlate('苏GF12345')).toMatchObject({ kind: 'nev-small', batteryElectric: false })
    expect(parsePlate('苏G12345D')).toMatchObject({ kind: 'nev-large', batteryElectric: true })
    expect(parsePlate('苏G1234挂')).toMatchObject({ kind: 'trailer' })
    expect(normalisePlate(' 苏g·ｄ12345')).toBe('苏GD12345')
  })

  it('a division by code, name or short name, and which are known', () => {
    const known = [{ code: '990101', name: '东港区' }, { code: '990102', name: '西山县' }]
    expect(parseDivision('东港', known)).toEqual(known[0])
    expect(parseDivision('990102', known)).toEqual(known[1])
    expect(parseDivision('南区', known)).toMatchObject({ code: 'division-unknown', details: { known: '东港区、西山县' } })
  })

  it('a terminal number of either edition', () => {
    expect(checkTerminalPhone('013800000000')).toBeUndefined()
    expect(checkTerminalPhone('0'.repeat(12))).toBeDefined()
    expect(checkTerminalPhone('1'.repeat(21))).toBeDefined()
  })
})

describe('declared points', () => {
  it('are shifted once, by some hundred metres, and keep what was declared', () => {
    for (const system of ['GCJ-02', 'BD-09'] as const) {
      const point = surveyPoint({ system, declaredLon: 119.2, declaredLat: 34.6 })
      if ('code' in point) throw new Error(point.code)
      expect(point).toMatchObject({ system, declaredLon: 119.2, declaredLat: 34.6 })
      const shifted = distanceMetres(point, { lon: 119.2, lat: 34.6 })
      expect(shifted).toBeGreaterThan(100)
      expect(shifted).toBeLessThan(2000)
    }
    expect(surveyPoint({ system: 'WGS-84', declaredLon: 119.2, declaredLat: 34.6 })).toMatchObject({ lon: 119.2, lat: 34.6 })
  })

  it('are refused when swapped or off the globe', () => {
    expect(surveyPoint({ system: 'WGS-84', declaredLon: 34.6, declaredLat: 119.2 })).toMatchObject({ code: 'point-malformed' })
    expect(surveyPoint({ system: 'WGS-84', declaredLon: 219.2, declaredLat: 34.6 })).toMatchObject({ code: 'point-malformed' })
    expect(surveyPoint({ system: 'WGS-84', declaredLon: Number.NaN, declaredLat: 34.6 })).toMatchObject({ code: 'point-malformed' })
  })

  it('name their system in many ways', () => {
    for (const [text, system] of [['高德', 'GCJ-02'], ['gcj02', 'GCJ-02'], ['百度地图', 'BD-09'], ['wgs 84', 'WGS-84'], ['CGCS2000', 'WGS-84']] as const) expect(parseCoordinateSystem(text)).toBe(system)
    expect(parseCoordinateSystem('北京54')).toMatchObject({ code: 'coordinate-system-unknown' })
  })
})
