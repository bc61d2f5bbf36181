import { describe, expect, it } from 'vitest'
import { Absences } from './absences.ts'

const looksEvery = 1000

/** One look's plans, of which a share is complete; what the last of them answers. */
function look(absences: Absences, complete: number): boolean {
  let isLost = false
  for (let plan = 0; plan < looksEvery; plan++) isLost = absences.note(plan < complete * looksEvery ? 0 : 2)
  return isLost
}

describe('the price of an absence', () => {
  it('rises while few plans are complete, falls while most are, and stays between', () => {
    const absences = new Absences(3, 10)
    look(absences, 0.2)
    expect(absences.price).toBeCloseTo(12)
    look(absences, 0.7)
    expect(absences.price).toBeCloseTo(12)
    look(absences, 1)
    expect(absences.price).toBeCloseTo(10.2)
    expect([...absences.penalty]).toEqual([absences.price, absences.price, absences.price])
  })

  it('says when no plan was complete for ten looks, and counts anew from there', () => {
    const absences = new Absences(1, 10)
    for (let time = 0; time < 9; time++) expect(look(absences, 0)).toBe(false)
    expect(look(absences, 0)).toBe(true)
    for (let time = 0; time < 9; time++) expect(look(absences, 0)).toBe(false)
    expect(look(absences, 0.001)).toBe(false)
    expect(look(absences, 0)).toBe(false)
  })
})
