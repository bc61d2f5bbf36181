import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../base/problems.ts'
import { checkPlan } from '../checker/index.ts'
import { parseProblem } from '../model/index.ts'
import { solveHere } from '../solver/index.ts'
import { formatNames, readProblem, readVroom, renderVroom } from './index.ts'

/** Small files of our own, one a format: the same five customers around a depot wherever the format can say it. */
const solomon = `OWN5

VEHICLE
NUMBER     CAPACITY
  3          20

CUSTOMER
CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

    0   0   0   0   0  200   0
    1   3   4  10   0  100  10
    2   6   8  10   0  100  10
    3  -3   4  10   0   60  10
    4  -6   8  10   0   60  10
    5   0 -10  10  50  150  10
`
const vrplib = `NAME : own-n6
TYPE : CVRP
DIMENSION : 6
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 20
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
4 -3 4
5 -6 8
6 0 -10
DEMAND_SECTION
1 0
2 10
3 10
4 10
5 10
6 10
DEPOT_SECTION
1
-1
EOF
`
const lilim = `2\t20\t1
0\t0\t0\t0\t0\t400\t0\t0\t0
1\t3\t4\t10\t0\t200\t5\t0\t2
2\t6\t8\t-10\t0\t200\t5\t1\t0
3\t-3\t4\t10\t0\t200\t5\t0\t4
4\t-6\t8\t-10\t0\t200\t5\t3\t0
`
const schneider = `StringID   Type  x  y  demand ReadyTime DueDate ServiceTime
D0 d 0 0 0 0 500 0
S0 f 20 0 0 0 500 0
C1 c 40 0 5 0 400 10
C2 c 0 10 5 0 400 10

Q Vehicle fuel tank capacity /60.0/
C Vehicle load capacity /20.0/
r fuel consumption rate /1.0/
g inverse refueling rate /0.5/
v average Velocity /1.0/
`
const vroom = JSON.stringify({
  vehicles: [{ id: 1, start: [119.2, 34.6], end: [119.2, 34.6], capacity: [4], time_window: [0, 20000], breaks: [{ id: 9, time_windows: [[3000, 4000]], service: 600 }] }],
  jobs: [{ id: 11, location: [119.21, 34.61], delivery: [1], service: 300 }, { id: 12, location: [119.25, 34.65], pickup: [2], time_windows: [[0, 1000], [5000, 9000]] }],
  shipments: [{ pickup: { id: 21, location: [119.22, 34.6] }, delivery: { id: 22, location: [119.23, 34.63] }, amount: [1] }],
})
const files: Record<string, string> = { solomon, vrplib, lilim, schneider, vroom }

const codes = (work: () => unknown): string[] => {
  try {
    work()
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((each) => each.code)
    throw error
  }
}

describe('formats', () => {
  it.each(Object.keys(files))('%s: read, solved, checked', (format) => {
    const problem = readProblem(files[format]!, format)
    const plan = solveHere(problem, { iterations: 500, seed: 1 })
    expect(checkPlan(problem, plan).violations).toEqual([])
    expect(plan.unassigned).toEqual([])
  })

  it('reaches the optimum a hand can check', () => {
    // out along each spoke of length 10 and back, twice; the fifth customer alone: 20 + 20 + 20
    expect(solveHere(readProblem(solomon, 'solomon'), { iterations: 500, seed: 1 }).cost).toBeCloseTo(60, 9)
    expect(solveHere(readProblem(vrplib, 'vrplib'), { iterations: 500, seed: 1 }).cost).toBe(60)
    // one vehicle: to 1, 2, then over to 3, 4 and home
    const carried = solveHere(readProblem(lilim, 'lilim'), { iterations: 500, seed: 1 })
    expect([carried.vehicles, carried.cost]).toEqual([1, expect.closeTo(10 + Math.hypot(9, 4) + 5 + 10, 9)])
    // 40 out and 40 back is more than the battery; the station lies on the way
    expect(solveHere(readProblem(schneider, 'schneider'), { iterations: 500, seed: 1 }).routes.flatMap((route) => route.stops).some((stop) => stop.kind === 'charge')).toBe(true)
  })

  it('own JSON survives writing and reading', () => {
    const problem = readProblem(solomon, 'solomon')
    expect(readProblem(JSON.stringify(problem), 'lvpei')).toEqual(problem)
  })

  it('answers in the words of VROOM', () => {
    const problem = readProblem(vroom, 'vroom')
    const answer = renderVroom(solveHere(problem, { iterations: 300, seed: 1 }), readVroom(JSON.parse(vroom)))
    expect([answer.code, answer.unassigned, answer.routes[0]!.vehicle]).toEqual([0, [], 1])
    const steps = answer.routes[0]!.steps
    expect(steps.map((step) => step.type).toSorted()).toEqual(['break', 'delivery', 'end', 'job', 'job', 'pickup', 'start'])
    expect(steps.flatMap((step) => step.id ?? []).toSorted()).toEqual([11, 12, 21, 22, 9])
  })

  it('refuses what it does not know by name', () => {
    expect(codes(() => readProblem('{"vehicles":[{"id":1,"start":[1,1],"speed_factor":2}]}', 'vroom'))).toEqual(['feature-unsupported'])
    expect(codes(() => readProblem('x', 'tsplib'))).toEqual(['plan-format-unknown'])
    expect(codes(() => readProblem('{', 'lvpei'))).toEqual(['plan-syntax'])
    for (const format of formatNames) expect(codes(() => readProblem('', format)).length, format).toBeGreaterThan(0)
    expect(codes(() => readProblem(solomon.replace('10   0   60', '10   x   60'), 'solomon'))).toEqual(['plan-syntax'])
    expect(codes(() => readProblem(solomon.replace('0   60', '90   60'), 'solomon'))).toEqual(['window-impossible'])
    expect(codes(() => readProblem(solomon.replace('3   4  10', '3   4  -10'), 'solomon'))).toEqual(['plan-field-invalid'])
  })

  it('reads its own problems back into the same parse', () => {
    expect(parseProblem(null).problems.map((each) => each.code)).toEqual(['plan-field-invalid'])
  })
})
