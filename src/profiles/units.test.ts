import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProfile, meetsTarget, unitByName, unitsInText } from './index.ts'
import { editDistance, nearestName } from './nearest-name.ts'

const linzi = loadProfile(join(import.meta.dirname, '../../cities/linzi')).profile!

describe('units by name', () => {
  it.each([
    ['区综合执法局', 'law-enforcement'],
    ['区综合行政执法局', 'law-enforcement'],
    ['区投资促中心', 'investment'],
    ['区 投资促进中心；', 'investment'],
    ['各镇、街道', 'towns'],
    ['transport', 'transport'],
  ])('%s is %s', (text, code) => {
    expect(unitByName(linzi, text)?.code).toBe(code)
  })
  it('splits a cell and names the nearest for a slip', () => {
    const { units, unknown } = unitsInText(linzi, '区商务局、区供消社')
    expect(units.map((each) => each.code)).toEqual(['commerce'])
    expect(unknown).toEqual([{ text: '区供消社', nearest: '区供销社' }])
  })
  it('does not suggest what is far away', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(nearestName('weather', ['transport', 'commerce'])).toBeUndefined()
  })
})

describe('a target is met', () => {
  it.each([
    [3, '<', 3, false],
    [2.99, '<', 3, true],
    [4, '≤', 4, true],
    [4.01, '≤', 4, false],
    [0.25, '≥', 0.25, true],
    [0, 'document', null, false],
    [1, 'document', null, true],
  ] as const)('%d %s %s → %s', (value, comparator, target, met) => {
    expect(meetsTarget(value, comparator, target)).toBe(met)
  })
})
