import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatInstant } from '../../base/time.ts'
import { derivePartsInForce } from './derive-parts.ts'
import { mayBeAt } from './engine/answers.ts'
import { checkRuleSet } from './engine/check-rule-set.ts'
import { compile } from './engine/compile.ts'
import { instantOfMinute } from './engine/local-time.ts'
import { findCityRules, readCalendars } from './rule-files.ts'
import type { Closure } from './store.ts'

const cities = join(import.meta.dirname, '../../../cities')
const calendar = readCalendars(join(cities, 'calendar')).get('china')!
const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const file = checkRuleSet(findCityRules(join(cities, 'demo'))!.value, { calendar, known: null, now: at('2026-01-01T00:00') }).ruleSet!
const closed: Closure = {
  closureId: '00000000-0000-7000-8000-000000000001', title: '雪', reason: '积雪', noticeNumber: '1', authority: '公安', geometry: file.zones[0]!.geometry!, vehicles: [{}], exceptions: [],
  startsAt: at('2026-12-01T10:00'), endsAt: at('2026-12-01T12:00'), authorName: '', recordedAt: at('2026-12-01T09:00'), withdrawnAt: null,
}
const spans = (parts: ReturnType<typeof derivePartsInForce>) => parts.map((part) => [part.ruleSet.title, part.from === null ? null : formatInstant(instantOfMinute(part.from)).slice(0, 10), part.to === null ? null : formatInstant(instantOfMinute(part.to)).slice(0, 10)])
const version = (title: string, day: string) => ({ document: { ...file, title }, effectiveFrom: at(`${day}T00:00`) })

describe('what is in force when', () => {
  test('the file until the first version, each version until the next', () => {
    expect(spans(derivePartsInForce(file, [version('甲', '2026-03-01'), version('乙', '2026-06-01')], []))).toEqual([[file.title, '2025-07-01', '2026-03-01'], ['甲', '2026-03-01', '2026-06-01'], ['乙', '2026-06-01', null]])
  })

  test('a version published later with an earlier date takes the place of one not yet in force', () => {
    expect(spans(derivePartsInForce(file, [version('甲', '2026-06-01'), version('乙', '2026-03-01')], []))).toEqual([[file.title, '2025-07-01', '2026-03-01'], ['乙', '2026-03-01', null]])
    expect(spans(derivePartsInForce(null, [version('甲', '2025-01-01')], []))).toEqual([['甲', '2025-01-01', null]])
  })

  test('a closure bars from its start to its end, one withdrawn until then', () => {
    const answerAt = (closures: readonly Closure[], text: string) => {
      const compiled = compile(derivePartsInForce(file, [], closures), calendar)
      return mayBeAt(compiled, compiled.vehicle(file.vehicleClasses[0]!.facts), { lon: 120.795, lat: 34.64 }, at(text))
    }
    expect(answerAt([closed], '2026-12-01T09:59')).toMatchObject({ allowed: true, until: at('2026-12-01T10:00') })
    expect(answerAt([closed], '2026-12-01T10:00')).toMatchObject({ allowed: false, until: at('2026-12-01T12:00'), decidedBy: { text: '积雪' } })
    expect(answerAt([closed], '2026-12-01T12:00').allowed).toBe(true)
    expect(answerAt([{ ...closed, withdrawnAt: at('2026-12-01T11:00') }], '2026-12-01T11:00').allowed).toBe(true)
    expect(answerAt([{ ...closed, withdrawnAt: at('2026-12-01T09:30') }], '2026-12-01T10:30').allowed).toBe(true)
  })
})
