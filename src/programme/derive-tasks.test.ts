import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startOfDay } from '../base/time.ts'
import { loadProfile, type Profile } from '../profiles/index.ts'
import { deriveTargets } from './derive-targets.ts'
import { deriveTasks } from './derive-tasks.ts'
import type { MeasuredValue } from './measured-value.ts'

const profileOf = (name: string): Profile => loadProfile(join(import.meta.dirname, '../../cities', name)).profile!
const measured = (profile: Profile, values: Record<string, number>, day: string): MeasuredValue[] =>
  Object.entries(values).map(([code, value], index) => ({
    id: `value-${index}`, city: profile.code, code, definition: 'test', definitionVersion: '1', period: '2024H1', asOf: `${day}T00:00:00+08:00`, value, unit: '', numerator: value, denominator: null, rowsCounted: 1, rowsExcluded: 0, met: null, openQuestions: [],
  }))
const tasksOf = (name: string, day: string, values: Record<string, number> = {}) => {
  const profile = profileOf(name)
  const asOf = startOfDay(day)
  return deriveTasks(profile, deriveTargets(profile, measured(profile, values, day), asOf), asOf)
}
const stateOf = (name: string, id: string, day: string, values?: Record<string, number>) => tasksOf(name, day, values).find((each) => each.id === id)!

describe('task table', () => {
  it.each([
    ['2024-01-31', 'due', '2024年2月前'],
    ['2024-02-01', 'upcoming', '2025年2月前'],
  ])('Luoyang’s plan before February, on %s: %s', (day, state, label) => {
    const row = stateOf('luoyang', 'Y-T01', day)
    expect(row.state).toBe(state)
    expect(row.nextOccurrence?.label).toBe(label)
  })

  it.each([
    ['2024-06-30', 'upcoming'],
    ['2024-07-01', 'past'],
  ])('a date of June 2024 on %s is %s', (day, state) => {
    expect(stateOf('luoyang', 'Y-T05', day).state).toBe(state)
  })

  it('is done when all its targets are met, also after the date', () => {
    expect(stateOf('luoyang', 'Y-T05', '2024-07-01', { 'Y-20': 1 }).state).toBe('done')
    expect(stateOf('luoyang', 'Y-T12', '2024-07-01', { 'Y-04': 25 }).state).toBe('upcoming')
    expect(stateOf('luoyang', 'Y-T12', '2024-07-01', { 'Y-04': 25, 'Y-05': 80 }).state).toBe('done')
  })

  it('keeps ongoing and undated apart', () => {
    expect(stateOf('luoyang', 'Y-T29', '2024-07-01').state).toBe('ongoing')
    expect(stateOf('lianyungang', 'L-T10', '2024-07-01').state).toBe('undated')
  })

  it('shows both numberings, units by name, targets with their values and the open questions with who must answer', () => {
    const row = stateOf('lianyungang', 'L-T06', '2024-07-01', { 'L-04': 51 })
    expect(row.numbers.map((each) => each.number)).toEqual(['（6）', '3'])
    expect(row.lead).toEqual([{ code: 'public-security', name: '市公安局' }])
    expect(row.targets).toEqual([{ code: 'L-04', name: '新增城市配送车辆临时停靠点', targetText: '不少于80个', actualText: '51个', pace: 'on-pace', valueId: 'value-0' }])
    expect(row.openQuestions).toEqual([{ id: 'L-Q08', question: '80个按停靠点计还是按泊位计，是新增数还是总数？', askUnit: '市公安局', clause: '三（一）3' }])
  })
})
