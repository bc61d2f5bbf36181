import { describe, expect, it } from 'vitest'
import { isBetter } from './best.ts'

const plan = { objective: 100, vehicles: 3, absent: 2, unserved: 40 }

describe('which plan is better', () => {
  it('fewer vehicles, whatever they cost', () => {
    expect(isBetter({ ...plan, vehicles: 2, objective: 900 }, plan, true)).toBe(true)
    expect(isBetter({ ...plan, vehicles: 2, objective: 900 }, plan, false)).toBe(false)
  })

  it('but not at the price of an order that must be served', () => {
    expect(isBetter({ ...plan, vehicles: 2, unserved: 60 }, plan, true)).toBe(false)
    expect(isBetter({ ...plan, vehicles: 4, unserved: 20 }, plan, true)).toBe(true)
  })

  it('the same orders left out, added up in another order, are the same', () => {
    expect(isBetter({ ...plan, vehicles: 2, unserved: plan.unserved + 1e-12 }, plan, true)).toBe(true)
  })
})
