import { describe, expect, it } from 'vitest'
import { Budget } from './budget.ts'

describe('the budget of a port', () => {
  it('gives every place back, and never more than there are', () => {
    const budget = new Budget(2)
    expect([budget.take(() => 0), budget.take(() => 0), budget.take(() => 0)]).toEqual([true, true, false])
    budget.give(2)
    expect(budget.used).toBe(0)
  })

  it('serves the hungry in turn: a busy connection cannot keep the others waiting', () => {
    const budget = new Budget(2)
    const served: string[] = []
    const hungry = (name: string) => {
      const eat = (): void => {
        while (served.length < 12 && budget.take(eat)) served.push(name)
      }
      return eat
    }
    budget.take(() => 0)
    budget.take(() => 0)
    for (const name of ['a', 'b', 'c']) hungry(name)()
    while (served.length < 12) budget.give(2)
    expect(served.join('')).toBe('aabbccaabbcc')
  })

  it('forgets who is gone', () => {
    const budget = new Budget(1)
    let calls = 0
    const wake = () => {
      calls++
    }
    budget.take(wake)
    budget.take(wake)
    budget.forget(wake)
    budget.give(1)
    expect(calls).toBe(0)
  })
})
