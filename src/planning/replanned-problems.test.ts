import { expect, it } from 'vitest'
import { checkPlan } from './checker/index.ts'
import { listRelaxed, parseProblem, type PlanningProblem, type ProblemInput } from './model/index.ts'
import { randomCityProblem } from './random-city.fixture.ts'
import { randomProblem } from './random-problem.fixture.ts'
import { solveHere } from './solver/index.ts'

const generators: [string, (seed: number) => ProblemInput][] = [['rich', randomProblem], ['city', randomCityProblem]]
/** A problem of a city takes a tenth of a second to schedule. */
const seeds = Array.from({ length: 15 }, (_, at) => at + 1)

function parsed(input: unknown, label: string): PlanningProblem {
  const { problem, problems } = parseProblem(input)
  expect(problems, label).toEqual([])
  return problem!
}

it.each(generators)('%s problems: a day planned, then an order dropped and another added, passes the checker with its frozen stops', (_, generate) => {
  for (const seed of seeds) {
    const whole = parsed(generate(seed), `seed ${seed}`)
    const [first, last] = [whole.orders[0]!.id, whole.orders.at(-1)!.id]
    const morning = { ...whole, orders: whole.orders.filter((order) => order.id !== last) }
    const plan = solveHere(morning, { iterations: 60, seed })
    const routes = plan.routes.map(({ vehicle, stops }) => ({ vehicle, stops: stops.flatMap(({ kind, order }) => (kind === 'delivery' || kind === 'pickup' ? [order] : [])), frozenStops: 1 }))
    const again = parsed({ ...whole, orders: whole.orders.filter((order) => order.id !== first), routes, replanning: { dropped: routes.some((route) => route.stops.includes(first)) && first !== last ? [first] : [] } }, `seed ${seed}`)
    let replanned: ReturnType<typeof solveHere>
    try {
      replanned = solveHere(again, { iterations: 200, seed })
    } catch (error) {
      // without the dropped stop a frozen one may no longer be reachable in time where roads obey no triangle inequality
      expect(String(error), `seed ${seed}`).toContain('frozen-impossible')
      continue
    }
    expect(checkPlan(again, replanned).violations, `seed ${seed}`).toEqual([])
    expect(replanned.replanning, `seed ${seed}`).toBeDefined()
  }
}, 60_000)

it.each(generators)('%s problems: without any one constraint the same routes still stand', (_, generate) => {
  for (const seed of seeds) {
    const problem = parsed(generate(seed), `seed ${seed}`)
    const plan = solveHere(problem, { iterations: 60, seed })
    for (const { code, problem: relaxed } of listRelaxed(problem)) {
      const { violations } = checkPlan(parsed(JSON.parse(JSON.stringify(relaxed)), `seed ${seed} ${code}`), plan)
      // money and schedules change with the constraint, and a charge or break may have no reason any more: what must not appear is a broken rule
      const harmless = ['cost-wrong', 'break-unknown', 'charge-not-allowed']
      expect(violations.filter((each) => !harmless.includes(each.code)), `seed ${seed} ${code}`).toEqual([])
    }
  }
}, 60_000)
