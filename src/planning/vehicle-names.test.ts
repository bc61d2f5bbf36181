import { describe, expect, it } from 'vitest'
import { checkPlan } from './checker/index.ts'
import { parseProblem, type PlanningProblem } from './model/index.ts'
import { solveHere } from './solver/index.ts'

/** One vehicle of the given name, and an order that takes longer with a vehicle `other`. */
function problemOf(name: string, own: object = { other: 900 }): PlanningProblem {
  const { problem, problems } = parseProblem({
    format: 'lvpei-planning/1', places: [{ id: 'd', x: 0, y: 0 }, { id: 'a', x: 3, y: 4 }], travel: [{ profile: 'plane', kind: 'euclidean' }],
    vehicles: [{ id: name, capacity: [], start: 'd', shift: { earliest: 0, latest: 100 } }, { id: 'other', capacity: [], start: 'd', fixedCost: 1000, shift: { earliest: 0, latest: 2000 } }],
    orders: [{ id: 'o', delivery: { place: 'a', serviceSeconds: 30, serviceSecondsByVehicle: own } }],
  })
  expect(problems).toEqual([])
  return problem!
}

const names = ['van', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']

describe('a vehicle', () => {
  it.each([...names, '__proto__'])('called %s serves as long as the stop says for all', (name) => {
    const problem = problemOf(name)
    const plan = solveHere(problem, { iterations: 50, seed: 1 })
    expect(checkPlan(problem, plan).violations).toEqual([])
    expect(plan.routes.map((route) => [route.vehicle, route.return])).toEqual([[name, 40]])
    const [route] = plan.routes
    const hurried = { ...plan, routes: [{ ...route!, return: 39, stops: route!.stops.map((stop) => ({ ...stop, departure: stop.departure - 1 })) }] }
    expect(checkPlan(problem, hurried).violations.map((each) => each.code)).toEqual(['service-too-short'])
  })

  // the last name cannot be a key: the reading of JSON refuses it
  it.each(names)('called %s serves as long as the stop says for it', (name) => {
    const problem = problemOf(name, { [name]: 20 })
    const plan = solveHere(problem, { iterations: 50, seed: 1 })
    expect(checkPlan(problem, plan).violations).toEqual([])
    expect(plan.routes.map((route) => [route.vehicle, route.return])).toEqual([[name, 30]])
  })
})
