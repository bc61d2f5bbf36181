import { describe, expect, it } from 'vitest'
import { listRelaxed, parseProblem, type PlanningProblem } from '../model/index.ts'
import { randomProblem } from '../random-problem.fixture.ts'
import { solveHere } from '../solver/index.ts'
import { priceConstraints } from './index.ts'

function parsed(input: unknown): PlanningProblem {
  const { problem, problems } = parseProblem(input)
  expect(problems).toEqual([])
  return problem!
}

/** One van on a line: the far customer opens late, so the way is driven twice. */
const line = {
  format: 'lvpei-planning/1',
  loads: ['kg', 'pallets'],
  places: [{ id: 'depot', x: 0, y: 0 }, { id: 'near', x: 10, y: 0 }, { id: 'far', x: 20, y: 0 }],
  travel: [{ profile: 'plane', kind: 'euclidean' }],
  vehicles: [{ id: 'van', count: 2, capacity: [10, 10], start: 'depot', shift: { earliest: 0, latest: 1000 } }],
  orders: [
    { id: 'a', load: [1, 6], delivery: { place: 'near', windows: [[0, 10]] } },
    { id: 'b', load: [1, 6], delivery: { place: 'far', windows: [[0, 1000]] } },
  ],
}

describe('the price of a constraint', () => {
  it('is what a hand finds', async () => {
    const problem = parsed(line)
    const plan = solveHere(problem, { iterations: 300, seed: 1 })
    expect(plan.cost).toBe(60)
    const { prices, isEstimate } = await priceConstraints(problem, plan, { iterations: 3000 })
    expect(isEstimate).toBe(true)
    const table = Object.fromEntries(prices.map((each) => [each.code, each.percent]))
    // pallets keep the two apart; weight, windows, shift and the number of vans cost nothing
    expect(table).toEqual({ capacity: expect.closeTo(-33.333, 2), 'capacity:pallets': expect.closeTo(-33.333, 2), 'capacity:kg': 0, windows: 0, shift: 0, fleet: 0 })
  })

  it('names the orders that could be served, and then no percentage', async () => {
    const problem = parsed({ ...line, vehicles: [{ ...line.vehicles[0], count: 1 }] })
    const plan = solveHere(problem, { iterations: 300, seed: 1 })
    expect(plan.unassigned.length).toBe(1)
    const { prices } = await priceConstraints(problem, plan, { iterations: 3000 })
    expect(prices.find((each) => each.code === 'fleet')).toMatchObject({ servedWithout: plan.unassigned.map((each) => each.order), percent: null })
    expect(prices.find((each) => each.code === 'windows')).toMatchObject({ servedWithout: [], percent: 0 })
    expect(prices[0]!.servedWithout.length).toBe(1)
  })

  it('a ban with its name is priced where the caller knows the streets without it', async () => {
    const problem = parsed(line)
    const plan = solveHere(problem, { iterations: 300, seed: 1 })
    const shorter = parsed({ ...line, places: [line.places[0], { id: 'near', x: 5, y: 0 }, line.places[2]] })
    const { prices } = await priceConstraints(problem, plan, { iterations: 3000, variants: [{ code: 'ban:centre', name: '中心城区限行', problem: shorter }] })
    expect(prices.find((each) => each.code === 'ban:centre')).toMatchObject({ difference: -10, percent: expect.closeTo(-16.667, 2) })
  })

  it('is never positive, in random problems', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const problem = parsed(randomProblem(seed))
      const plan = solveHere(problem, { iterations: 60, seed })
      const { prices } = await priceConstraints(problem, plan, { iterations: 400 })
      for (const each of prices) expect(each.difference === null || each.difference <= 0, `seed ${seed} ${each.code} ${each.difference}`).toBe(true)
    }
  }, 60_000)
})

describe('the table of relaxations', () => {
  it('leaves out exactly what it says, and keeps a problem that parses', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const problem = parsed(randomProblem(seed))
      for (const { code, problem: relaxed } of listRelaxed(problem)) {
        expect(parseProblem(JSON.parse(JSON.stringify(relaxed))).problems, `seed ${seed} ${code}`).toEqual([])
        expect(listRelaxed(relaxed).map((each) => each.code), `seed ${seed}`).not.toContain(code === 'capacity' || code.startsWith('capacity:') || code === 'berths' || code === 'shift' ? 'nothing' : code)
      }
    }
  })
})
