import { describe, expect, it } from 'vitest'
import { parseProblem, type Plan } from '../model/index.ts'
import { solveHere } from './index.ts'

const places = [{ id: 'depot', x: 0, y: 0 }, { id: 'shop', x: 30, y: 0 }, { id: 'other', x: 0, y: 20 }]
const van = { id: 'van', capacity: [10], start: 'depot' }
const order = { id: 'it', load: [1], delivery: { place: 'shop' } }

function planned(vehicle: object, wanted: object, more: object = {}): Plan {
  const { problem, problems } = parseProblem({
    format: 'lvpei-planning/1', loads: ['kg'], places, travel: [{ profile: 'plane', kind: 'euclidean' }], vehicles: [{ ...van, ...vehicle }], orders: [{ ...order, ...wanted }], ...more,
  })
  expect(problems).toEqual([])
  return solveHere(problem!, { iterations: 100, seed: 1 })
}
const shop = (stop: object) => ({ delivery: { place: 'shop', ...stop } })

/** One impossible order for every constraint that can forbid an order by itself. */
const impossible: [string, Plan, string, string[]][] = [
  ['a skill nobody has', planned({}, { skills: ['pharma'] }), 'skill-missing', ['skills']],
  ['too heavy', planned({}, { load: [11] }), 'load-too-large', ['capacity']],
  ['a window that is over', planned({}, shop({ windows: [[0, 5]] })), 'unreachable-in-time', ['windows']],
  ['a priced window that is over', planned({}, shop({ windows: [{ from: 0, to: 5, cost: 9 }] })), 'unreachable-in-time', ['windows']],
  ['a shift too short', planned({ shift: { earliest: 0, latest: 50 } }, {}), 'unreachable-in-time', ['shift']],
  ['a window after the shift', planned({ shift: { earliest: 0, latest: 100 } }, shop({ windows: [[200, 300]] })), 'unreachable-in-time', ['windows', 'shift']],
  ['a duty too short', planned({ shift: { earliest: 0, latest: 1000, maxDurationSeconds: 50 } }, {}), 'unreachable-in-time', ['duty']],
  ['a distance too short', planned({ maxDistanceMetres: 50 }, {}), 'out-of-range', ['distance']],
  ['a battery too small', planned({ energy: { batteryKwh: 50, kwhPerMetre: 1, chargeSecondsPerKwh: 1, recharge: 'full', stations: [] } }, {}), 'out-of-range', ['energy']],
  ['goods ready too late', planned({}, { releaseAt: 100, ...shop({ windows: [[0, 50]] }) }), 'unreachable-in-time', ['windows', 'release']],
  ['two stops where one is allowed', planned({ maxStops: 1 }, { pickup: { place: 'other' } }), 'order-not-allowed', ['stops']],
  ['a way that is shut', planned({}, shop({ windows: [[0, 100]] }), {
    travel: [{ profile: 'road', kind: 'timetable', distanceMetres: places.map(() => [30, 30, 30]), durationSeconds: places.map(() => [30, 30, 30]), exceptions: [{ from: 'depot', to: 'shop', options: [{ distanceMetres: 30, departures: [[0, null], [500, 30]] }] }] }],
  }), 'unreachable-in-time', ['bans', 'windows']],
]

describe('why an order is left out', () => {
  it.each(impossible)('%s', (_, plan, reason, constraints) => {
    expect(plan.unassigned).toEqual([expect.objectContaining({ order: 'it', reason, constraints })])
  })

  it('several constraints together: none alone is to blame', () => {
    expect(planned({}, { skills: ['pharma'], load: [11] }).unassigned[0]).toMatchObject({ reason: 'skill-missing', constraints: [] })
  })

  it('no room in the fleet: what one more vehicle would cost', () => {
    const plan = planned({ count: 1, capacity: [1] }, { priority: 5 }, { orders: [order, { id: 'second', load: [1], delivery: { place: 'other' } }] })
    expect(plan.unassigned).toEqual([{ order: expect.any(String), reason: 'fleet-exhausted', message: expect.stringContaining('再用一辆车'), servingCost: plan.unassigned[0]!.order === 'it' ? 60 : 40 }])
  })

  it('an idle vehicle that could not serve it is no vehicle left', () => {
    const { problem } = parseProblem({
      format: 'lvpei-planning/1', loads: ['kg'], places, travel: [{ profile: 'plane', kind: 'euclidean' }],
      vehicles: [{ ...van, count: 1, maxStops: 1 }, { ...van, id: 'late', count: 1, shift: { earliest: 500, latest: 900 } }],
      orders: ['one', 'two'].map((id) => ({ id, load: [1], delivery: { place: 'shop', windows: [[0, 50]] } })),
    })
    expect(solveHere(problem!, { iterations: 100, seed: 1 }).unassigned).toEqual([expect.objectContaining({ reason: 'fleet-exhausted' })])
  })

  it('cheaper left out: what serving it would cost', () => {
    expect(planned({}, { penalty: 10 }).unassigned).toEqual([expect.objectContaining({ reason: 'penalty-cheaper', servingCost: 60 })])
  })
})
