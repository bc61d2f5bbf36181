import { describe, expect, it } from 'vitest'
import { ProblemError, type Problem } from '../../base/problems.ts'
import { checkPlan } from '../checker/index.ts'
import type { Plan, PlanStop } from '../model/index.ts'
import { solveHere } from '../solver/index.ts'
import { readProblem, readVroom, renderVroom } from './index.ts'

const matrices = { car: { durations: [[0, 10, 20], [10, 0, 15], [20, 15, 0]], distances: [[0, 100, 200], [100, 0, 150], [200, 150, 0]] } }
const shop = [119.1, 34.1]

/** Everything the answer says, in numbers a hand can check. */
const file = {
  vehicles: [
    { id: 7, description: 'van', start_index: 0, start: [119, 34], end_index: 0, capacity: [10, 4], time_window: [0, 2000], breaks: [{ id: 77, description: 'tea', time_windows: [[30, 60]], service: 40 }] },
    { id: 8, start_index: 2, capacity: [1, 0], skills: [9], costs: { fixed: 1000 } },
  ],
  jobs: [
    { id: 1, location_index: 1, location: shop, delivery: [3, 1], service: 5, time_windows: [[100, 200]], priority: 4, description: 'shop' },
    { id: 2, location_index: 2, pickup: [2, 0], service: 1 },
    { id: 3, location_index: 1, skills: [9] },
  ],
  shipments: [
    { pickup: { id: 1, location_index: 2, service: 3 }, delivery: { id: 1, location_index: 1, service: 2, time_windows: [[0, 90]] }, amount: [4, 2], priority: 10 },
    { pickup: { id: 5, location_index: 2, description: 'out' }, delivery: { id: 6, location_index: 1, location: shop }, amount: [40, 2] },
  ],
  matrices,
}
const served = (kind: PlanStop['kind'], order: string, place: string, [arrival, start, departure]: readonly [number, number, number]): PlanStop => ({ kind, order, place, arrival, start, departure })
const plan: Plan = {
  format: 'lvpei-plan/1', cost: 1060, distanceMetres: 600, vehicles: 2, iterations: 1, seconds: 1, seed: 1, workers: 1,
  routes: [
    {
      vehicle: '7', number: 1, departure: 0, return: 115, distanceMetres: 450, cost: 45,
      stops: [served('pickup', 'shipment-1-1', '2', [20, 20, 23]), served('pickup', 'job-2', '2', [23, 23, 24]), served('delivery', 'shipment-1-1', '1', [39, 39, 41]), served('break', '', '', [41, 41, 81]), served('delivery', 'job-1', '1', [81, 100, 105])],
    },
    { vehicle: '8', number: 1, departure: 0, return: 15, distanceMetres: 150, cost: 1015, stops: [served('delivery', 'job-3', '1', [15, 15, 15])] },
  ],
  unassigned: [{ order: 'shipment-5-6', reason: 'load-too-large', message: 'too much' }],
}

describe("VROOM's answer", () => {
  const problem = readProblem(JSON.stringify(file), 'vroom')
  const answer = renderVroom(plan, readVroom(file))
  const [van, other] = answer.routes

  it('is of a plan that can be driven', () => expect(checkPlan(problem, plan).violations).toEqual([]))

  it('sums up: travel apart from waiting and service, tasks of either end of a shipment', () => {
    expect(answer.summary).toEqual({ cost: 1060, routes: 2, unassigned: 2, delivery: [7, 3], pickup: [6, 2], setup: 0, service: 51, duration: 60, waiting_time: 19, priority: 24, distance: 600, violations: [] })
    expect({ ...van, steps: [] }).toEqual({ vehicle: 7, cost: 45, description: 'van', delivery: [7, 3], pickup: [6, 2], setup: 0, service: 51, duration: 45, waiting_time: 19, priority: 24, distance: 450, violations: [], steps: [] })
    expect({ ...other, steps: [] }).toEqual({ vehicle: 8, cost: 1015, delivery: [0, 0], pickup: [0, 0], setup: 0, service: 0, duration: 15, waiting_time: 0, priority: 0, distance: 150, violations: [], steps: [] })
  })

  it('says of each step what is on board after it and how long and far it was to it', () => {
    const still = { setup: 0, service: 0, waiting_time: 0, violations: [] }
    expect(van!.steps).toEqual([
      { ...still, type: 'start', location: [119, 34], location_index: 0, load: [3, 1], arrival: 0, duration: 0, distance: 0 },
      { ...still, type: 'pickup', id: 1, location_index: 2, service: 3, load: [7, 3], arrival: 20, duration: 20, distance: 200 },
      { ...still, type: 'job', id: 2, location_index: 2, service: 1, load: [9, 3], arrival: 23, duration: 20, distance: 200 },
      { ...still, type: 'delivery', id: 1, location_index: 1, service: 2, load: [5, 1], arrival: 39, duration: 35, distance: 350 },
      { ...still, type: 'break', id: 77, description: 'tea', service: 40, load: [5, 1], arrival: 41, duration: 35, distance: 350 },
      { ...still, type: 'job', id: 1, description: 'shop', location: shop, location_index: 1, service: 5, waiting_time: 19, load: [2, 0], arrival: 81, duration: 35, distance: 350 },
      { ...still, type: 'end', location_index: 0, load: [2, 0], arrival: 115, duration: 45, distance: 450 },
    ])
  })

  it('ends an open route with its last task', () => expect(other!.steps.map((step) => step.type)).toEqual(['start', 'job']))

  it('lists both ends of a shipment that is not served', () => {
    expect(answer.unassigned).toEqual([
      { id: 5, type: 'pickup', location_index: 2, description: 'out', reason: 'load-too-large', message: 'too much' },
      { id: 6, type: 'delivery', location_index: 1, location: shop, reason: 'load-too-large', message: 'too much' },
    ])
  })

  it('says no metres without a matrix of distances, and no amounts where there are none', () => {
    const bare = { vehicles: [{ id: 1, start_index: 0, end_index: 0 }], jobs: [{ id: 1, location_index: 1 }], matrices: { car: { durations: matrices.car.durations } } }
    const { summary, routes } = renderVroom(solveHere(readProblem(JSON.stringify(bare), 'vroom'), { iterations: 20, seed: 1 }), readVroom(bare))
    expect(summary).toMatchObject({ duration: 20, routes: 1 })
    for (const each of [summary, routes[0]!, ...routes[0]!.steps]) expect(Object.keys(each).filter((key) => ['distance', 'load', 'pickup', 'delivery'].includes(key))).toEqual([])
  })

  it('knows the metres of the great circle', () => {
    const far = { vehicles: [{ id: 1, start: [119, 34], end: [119, 34] }], jobs: [{ id: 1, location: [119, 34.1], service: 60.1 }] }
    const { summary, routes } = renderVroom(solveHere(readProblem(JSON.stringify(far), 'vroom'), { iterations: 20, seed: 1 }), readVroom(far))
    expect(summary.distance! / summary.duration).toBeCloseTo(7, 3)
    // exact, though the instants around it are not
    expect(summary.service).toBe(60.1)
    const [start, there, back] = routes[0]!.steps.map((step) => step.distance)
    expect([start, there! * 2, back]).toEqual([0, expect.closeTo(back!, -1), summary.distance])
  })
})

type Input = Record<string, unknown>
function problemsOf(input: Input): readonly Problem[] {
  try {
    readProblem(JSON.stringify(input), 'vroom')
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
}
const faults = (input: Input): string[] => problemsOf(input).map((each) => `${each.code} ${String(each.details['pointer'])}`)

/** Two jobs and two shipments with the given changes. */
const good = { vehicles: [{ id: 1, start_index: 0, capacity: [5] }], jobs: [{ id: 1, location_index: 1 }, { id: 2, location_index: 2 }], shipments: [{ pickup: { id: 1, location_index: 1 }, delivery: { id: 2, location_index: 2 } }, { pickup: { id: 3, location_index: 1 }, delivery: { id: 4, location_index: 2 } }], matrices }
const [firstJob, secondJob] = good.jobs
const [firstShipment, secondShipment] = good.shipments
const withVehicle = (more: Input): Input => ({ ...good, vehicles: [...good.vehicles, { id: 2, start_index: 0, ...more }] })
const withJob = (more: Input): Input => ({ ...good, jobs: [firstJob, { ...secondJob, ...more }] })
const withShipment = (more: Input): Input => ({ ...good, shipments: [firstShipment, { ...secondShipment, ...more }] })
const coordinates = (more: Input): Input => ({ vehicles: [{ id: 1, start: [119, 34] }], jobs: [{ id: 1, location: [119, 34] }, { id: 2, location: [119, 35], ...more }] })

const bad: [string, Input, string][] = [
  ['a negative id', withVehicle({ id: -1 }), 'plan-field-invalid /vehicles/1/id'],
  ['a fraction as an id', withJob({ id: 1.5 }), 'plan-field-invalid /jobs/1/id'],
  ['an id that a number cannot tell from the next', withJob({ id: 2 ** 53 }), 'plan-field-invalid /jobs/1/id'],
  ['a negative id of a break', withVehicle({ breaks: [{ id: -1, time_windows: [[0, 1]] }] }), 'plan-field-invalid /vehicles/1/breaks/0/id'],
  ['a vehicle twice', withVehicle({ id: 1 }), 'identifier-duplicate /vehicles/1/id'],
  ['a break twice', withVehicle({ breaks: [{ id: 1, time_windows: [[0, 1]] }, { id: 1, time_windows: [[5, 6]] }] }), 'identifier-duplicate /vehicles/1/breaks/1/id'],
  ['a job twice', withJob({ id: 1 }), 'identifier-duplicate /jobs/1/id'],
  ['a pickup twice', withShipment({ pickup: { id: 1, location_index: 1 } }), 'identifier-duplicate /shipments/1/pickup/id'],
  ['a delivery twice', withShipment({ delivery: { id: 2, location_index: 1 } }), 'identifier-duplicate /shipments/1/delivery/id'],
  ['more amounts of a shipment than of the vehicle', withShipment({ amount: [3, 9] }), 'load-size-wrong /shipments/1/amount'],
  ['more amounts of a job than of the vehicle', withJob({ delivery: [3, 9] }), 'load-size-wrong /jobs/1/delivery'],
  ['fewer amounts of a job than of the vehicle', withJob({ pickup: [] }), 'load-size-wrong /jobs/1/pickup'],
  ['vehicles of unlike capacities', withVehicle({ capacity: [1, 2] }), 'load-size-wrong /vehicles/1/capacity'],
  ['a vehicle without start', { ...good, vehicles: [{ id: 9, end_index: 0 }] }, 'feature-unsupported /vehicles/0/start'],
  ['a job that brings and takes', withJob({ pickup: [1], delivery: [1] }), 'feature-unsupported /jobs/1'],
  ['a field that is not known', { ...good, speed: 1 }, 'feature-unsupported /speed'],
  ['a window that ends before it begins', withJob({ time_windows: [[0, 1], [9, 3]] }), 'window-impossible /jobs/1/time_windows/1'],
  ['such a window of a delivery', withShipment({ delivery: { id: 4, location_index: 2, time_windows: [[9, 3]] } }), 'window-impossible /shipments/1/delivery/time_windows/0'],
  ['such working hours', withVehicle({ time_window: [9, 3] }), 'window-impossible /vehicles/1/time_window'],
  ['such a break', withVehicle({ breaks: [{ id: 1, time_windows: [[9, 3]] }] }), 'window-impossible /vehicles/1/breaks/0/time_windows/0'],
  ['an index beyond the matrix', withJob({ location_index: 3 }), 'plan-reference-unknown /jobs/1/location_index'],
  ['such an index of a pickup', withShipment({ pickup: { id: 3, location_index: 3 } }), 'plan-reference-unknown /shipments/1/pickup/location_index'],
  ['such an index of a vehicle', withVehicle({ end_index: 3 }), 'plan-reference-unknown /vehicles/1/end_index'],
  ['coordinates in place of an index', { ...good, jobs: [{ id: 1, location: [119, 34] }] }, 'plan-field-invalid /jobs/0/location_index'],
  ['an index in place of coordinates', coordinates({ location: undefined, location_index: 1 }), 'plan-field-invalid /jobs/1/location'],
  ['matrices that are none', { ...good, shipments: [], jobs: [], matrices: {} }, 'plan-field-invalid /vehicles/0/start'],
  ['a longitude beyond the globe', coordinates({ location: [200, 34] }), 'plan-field-invalid /jobs/1/location/0'],
  ['a latitude beyond the globe', coordinates({ location: [119, 100] }), 'plan-field-invalid /jobs/1/location/1'],
  ['a priority that is too high', withShipment({ priority: 101 }), 'plan-field-invalid /shipments/1/priority'],
  ['more skills than anybody names', withJob({ skills: Array.from({ length: 1001 }, (_, at) => at) }), 'plan-field-invalid /jobs/1/skills'],
  ['a matrix of another size', { ...withVehicle({ profile: 'truck' }), matrices: { ...matrices, truck: { durations: [[0, 1], [1, 0]], distances: matrices.car.distances } } }, 'matrix-size-wrong /matrices/truck/durations'],
  ['text in a matrix of distances', { ...good, matrices: { car: { ...matrices.car, distances: [[0, 1, 2], [1, 0, 'x'], [2, 1, 0]] } } }, 'number-not-finite /matrices/car/distances/1/2'],
  ['a negative duration, which is no distance either', { ...good, matrices: { car: { durations: [[0, 1, 2], [1, 0, -1], [2, 1, 0]] } } }, 'number-not-finite /matrices/car/durations/1/2'],
]

describe("VROOM's input", () => {
  it('the plain one is good', () => expect(faults(good)).toEqual([]))

  it.each(bad)('%s is one problem that names its place in the file', (_, input, fault) => {
    expect(faults(input)).toEqual([fault])
    for (const each of problemsOf(input)) expect([each.message, each.cause, each.action].every((text) => text.length > 0 && !text.includes('—') && !text.includes('/orders'))).toBe(true)
  })

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'truck'])('a profile called %s has a matrix only when the file gives one', (profile) => {
    const input = { ...good, vehicles: [{ id: 1, profile, start_index: 0 }] }
    expect(faults(input)).toEqual(['plan-reference-unknown /vehicles/0/profile'])
    const given = JSON.stringify({ ...input, matrices: { NAME: matrices.car } }).replace('NAME', profile)
    // this one name is refused by the reading of JSON, because it would be lost
    expect(faults(JSON.parse(given) as Input)).toEqual(profile === '__proto__' ? ['plan-field-invalid /matrices/__proto__'] : [])
  })

  it.each([
    ['a shipment heavier than the vehicle carries', { ...good, jobs: [], shipments: [{ ...firstShipment, amount: [6] }] }, 1],
    ['a shipment as heavy as it carries', { ...good, jobs: [], shipments: [{ ...firstShipment, amount: [5] }] }, 0],
    ['a shipment with amounts, for a vehicle without a capacity', { ...good, jobs: [], vehicles: [{ id: 1, start_index: 0 }], shipments: [{ ...firstShipment, amount: [1] }] }, 1],
    ['a shipment without amounts, for a vehicle without a capacity', { ...good, jobs: [], vehicles: [{ id: 1, start_index: 0 }], shipments: [firstShipment] }, 0],
  ])('%s', (_, input, left) => {
    const problem = readProblem(JSON.stringify(input), 'vroom')
    const found = solveHere(problem, { iterations: 20, seed: 1 })
    expect([found.unassigned.length, renderVroom(found, readVroom(input)).summary.unassigned]).toEqual([left, 2 * left])
  })

  it('too many shipments are said to be shipments', () => expect(faults({ ...good, shipments: Array.from({ length: 20_001 }, () => 0) })).toEqual(['problem-too-large /shipments']))
})
