import { describe, expect, it } from 'vitest'
import { plainInstance } from './moves/exchanges.fixture.ts'
import { Rounds, type Runner } from './rounds.ts'

/** Goes through all rounds; each plan comes out complete at the cost its first name says. Lists whose turn each was, and at what temperatures. */
function play(costs: readonly number[], steps = 7000): { turns: { runner: Runner; from: number; to: number }[]; rounds: Rounds } {
  const rounds = new Rounds([new Int32Array(0)], 30)
  const names = new Map<Runner, number>()
  const turns: { runner: Runner; from: number; to: number }[] = []
  for (let step = 0; step <= steps; step++) {
    const isOver = rounds.move(step / steps)
    if (isOver || step === 0) {
      if (!names.has(rounds.runner)) names.set(rounds.runner, names.size)
      turns.push({ runner: rounds.runner, from: rounds.temperature, to: rounds.temperature })
    }
    turns.at(-1)!.to = rounds.temperature
    rounds.note(costs[names.get(rounds.runner)!]!)
  }
  return { turns, rounds }
}

describe('rounds', () => {
  it('let four plans go down in turns, then the two best, then the best of these', () => {
    const { turns, rounds } = play([1007, 1002, 1009, 1001])
    const [first, second, third, fourth] = turns.map((each) => each.runner)
    expect(new Set([first, second, third, fourth]).size).toBe(4)
    expect(turns.slice(4).map((each) => each.runner)).toEqual([fourth, second, fourth])
    expect(rounds.isLast).toBe(true)
    expect(fourth!.score).toBeCloseTo(1001, 6)
  })

  it('go down without a gap from the mean arc to the end', () => {
    const { turns } = play([4, 3, 2, 1])
    const milestones = [[1, 0.35], [1, 0.35], [1, 0.35], [1, 0.35], [0.35, 0.15], [0.35, 0.15], [0.15, 0.015]] as const
    expect(turns.length).toBe(milestones.length)
    turns.forEach(({ from, to }, at) => {
      expect(from).toBeCloseTo(milestones[at]![0], 1)
      expect(to).toBeCloseTo(milestones[at]![1], 1)
    })
  })

  it('prefer any plan that came out complete to one that did not', () => {
    const rounds = new Rounds([new Int32Array(0)], 30)
    let turn = 0
    let complete: Runner | null = null
    for (let step = 0; step <= 7000; step++) {
      if (rounds.move(step / 7000)) turn++
      if (turn === 2) {
        complete = rounds.runner
        rounds.note(5000)
      }
    }
    expect(rounds.runner).toBe(complete)
  })

  it('begin with as many different plans as there are, in turns', () => {
    const firsts = [Int32Array.of(1), Int32Array.of(2), Int32Array.of(3)]
    const rounds = new Rounds(firsts, 30)
    const begun = new Set<unknown>([rounds.runner.packed])
    for (let step = 0; step <= 7000; step++) if (rounds.move(step / 7000)) begun.add(rounds.runner.packed)
    expect(begun).toEqual(new Set(firsts))
  })

  it('are for one kind of vehicle and windows', () => {
    const instance = plainInstance(1)
    expect(Rounds.suits({ ...instance, has: { ...instance.has, time: true } })).toBe(true)
    expect(Rounds.suits(instance)).toBe(false)
  })

  it('are for budgets that leave each plan enough', () => {
    const instance = plainInstance(1)
    const given = { firsts: [new Int32Array(0)], price: 1 }
    expect(Rounds.when(instance, { ...given, expected: 100 * instance.tasks })).toBeNull()
    expect(Rounds.when(instance, { ...given, expected: 10_000 * instance.tasks })).not.toBeNull()
  })
})
