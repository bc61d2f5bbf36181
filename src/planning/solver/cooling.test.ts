import { describe, expect, it } from 'vitest'
import { Cooling } from './cooling.ts'
import type { Instance } from './instance/instance.ts'

const tasks = 100

interface Has {
  readonly time: boolean
  readonly oneKind: boolean
  readonly carried?: boolean
}
/** What a cooling asks of its problem. */
const problem = (has: Has) => ({ tasks, has }) as unknown as Instance

/** Temperatures on the way down, at steps of a tenth, and the last one before the polishing. */
function wayDown(has: Has, options: { isVehiclesFirst: boolean; iterations: number }): number[] {
  const cooling = new Cooling(problem(has), { isReplanning: false, isVehiclesFirst: options.isVehiclesFirst })
  return [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9599].map((share) => {
    cooling.move(share, options.iterations)
    expect(cooling.isPolishing).toBe(false)
    return cooling.temperature
  })
}

const once = 5 * tasks ** 2
const windows = { time: true, oneKind: true }

describe('the temperature of the annealing', () => {
  it('falls by the same factor in the same time', () => {
    const way = wayDown(windows, { isVehiclesFirst: false, iterations: once })
    const [second, third, fourth] = way.slice(1, 4)
    expect(third! / second!).toBeCloseTo(fourth! / third!)
    for (const [at, each] of way.slice(1).entries()) expect(each).toBeLessThan(way[at]!)
  })

  it('ends warmer with the fewest vehicles, and with several kinds, where plans stand still earlier', () => {
    const last = (has: Has, isVehiclesFirst: boolean) => wayDown(has, { isVehiclesFirst, iterations: once }).at(-1)!
    expect(last(windows, true)).toBeGreaterThan(2 * last(windows, false))
    expect(last({ time: true, oneKind: false }, false)).toBeGreaterThan(2 * last(windows, false))
    expect(last({ ...windows, carried: true }, true)).toBe(last(windows, false))
    // without time nothing depends on who comes first
    expect(last({ time: false, oneKind: true }, true)).toBe(last({ time: false, oneKind: true }, false))
  })

  it('goes down several times where the budget allows it, and starts cooler where it is short', () => {
    const way = wayDown(windows, { isVehiclesFirst: true, iterations: 3 * 12 * tasks ** 2 })
    expect(way.filter((each, at) => at > 0 && each > way[at - 1]!)).toHaveLength(2)
    const hurried = wayDown(windows, { isVehiclesFirst: false, iterations: 10 * tasks })
    expect(hurried[0]!).toBeLessThan(0.2 * wayDown(windows, { isVehiclesFirst: false, iterations: once })[0]!)
  })

  it('goes down again after fewer iterations where any number of vehicles will do', () => {
    const rises = (has: Has, isVehiclesFirst: boolean) => {
      const way = wayDown(has, { isVehiclesFirst, iterations: 3 * 4.5 * tasks ** 2 })
      return way.filter((each, at) => at > 0 && each > way[at - 1]!).length
    }
    expect(rises(windows, false)).toBe(2)
    for (const [has, isVehiclesFirst] of [[windows, true], [{ ...windows, carried: true }, true], [{ time: true, oneKind: false }, false]] as const) expect(rises(has, isVehiclesFirst)).toBe(0)
  })

  it('polishes at the end', () => {
    const cooling = new Cooling(problem(windows), { isReplanning: false, isVehiclesFirst: false })
    cooling.move(0.5, once)
    cooling.move(0.97, once)
    expect(cooling).toMatchObject({ isPolishing: true, depth: 1 })
  })

  it('leaves putting together anew its share between the last descent and the polishing', () => {
    const cooling = new Cooling(problem(windows), { isReplanning: false, isVehiclesFirst: false, covers: 0.1 })
    const descents = new Set<number>()
    for (const share of [0.05, 0.2, 0.4, 0.6, 0.8, 0.8599]) {
      cooling.move(share, 4 * 12 * tasks ** 2)
      expect(cooling.isPolishing).toBe(false)
      descents.add(cooling.descent)
    }
    expect(cooling.depth).toBeGreaterThan(0.99)
    cooling.move(0.87, 4 * 12 * tasks ** 2)
    expect(cooling.isPolishing).toBe(true)
    expect(descents.has(cooling.descent)).toBe(false)
  })
})
