import { describe, expect, it } from 'vitest'
import { checkPlan } from './checker/index.ts'
import { parseProblem } from './model/index.ts'
import { randomProblem } from './random-problem.fixture.ts'
import { solveHere } from './solver/index.ts'

/** `benchRich` of tools/bench/planner.ts runs ten thousand with the same generator. */
const problems = 300

describe('random rich problems', () => {
  it(`every plan of ${problems} passes the independent checker`, () => {
    const broken: string[] = []
    let served = 0
    for (let seed = 1; seed <= problems; seed++) {
      const { problem, problems: refused } = parseProblem(randomProblem(seed))
      expect(refused, `seed ${seed}`).toEqual([])
      const plan = solveHere(problem!, { iterations: 100, seed })
      served += plan.routes.reduce((sum, route) => sum + route.stops.length, 0)
      for (const violation of checkPlan(problem!, plan).violations) broken.push(`seed ${seed}: ${violation.code} ${violation.message}`)
    }
    expect(broken).toEqual([])
    // a planner that serves nobody would pass every check
    expect(served).toBeGreaterThan(problems * 3)
  })

  it('the same seed gives the same plan', () => {
    for (const seed of [3, 17, 41]) {
      const { problem } = parseProblem(randomProblem(seed))
      expect(solveHere(problem!, { iterations: 400, seed: 5 })).toEqual(solveHere(problem!, { iterations: 400, seed: 5 }))
    }
  })
})
