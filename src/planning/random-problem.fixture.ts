import type { ProblemInput } from './model/index.ts'

/** A small generator of its own: the tests must not draw from the random numbers of the search. */
export function lcg(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
}

type Draw = ReturnType<typeof lcg>
type Stop = NonNullable<ProblemInput['orders'][number]['delivery']>
const families = ['plain', 'pickups', 'carried', 'breaks', 'trips', 'energy', 'duty'] as const

function drawTravel(draw: Draw, places: number): ProblemInput['travel'] {
  const kind = draw(6)
  if (kind < 2) {
    // roads with one-way streets: neither symmetric nor obeying the triangle inequality; a timetable of a day without bans says the same
    const table = () => Array.from({ length: places }, (_, i) => Array.from({ length: places }, (_, j) => (i === j ? 0 : 5 + draw(120))))
    const tables = { profile: 'road', distanceMetres: table(), durationSeconds: table() }
    return [kind === 0 ? { ...tables, kind: 'matrix' } : { ...tables, kind: 'timetable', exceptions: [] }]
  }
  if (kind === 2) return [{ profile: 'globe', kind: 'great-circle', metresPerSecond: 1, detourRatio: 1 + draw(5) / 10 }]
  if (kind === 3) return [{ profile: 'plane', kind: 'euclidean', rounding: 'nearest' }, { profile: 'slow', kind: 'euclidean', rounding: 'none', metresPerSecond: 0.7 }]
  return [{ profile: 'plane', kind: 'euclidean', rounding: kind === 4 ? 'none' : 'tenths-down' }]
}

function drawWindows(draw: Draw, several: boolean): [number, number][] | undefined {
  if (draw(3) === 0) return undefined
  const first = draw(500)
  const windows: [number, number][] = [[first, first + 20 + draw(300)]]
  if (several && draw(2)) windows.push([first + 400, first + 420 + draw(200)])
  return windows
}

function drawVehicle(draw: Draw, at: number, facts: { family: string; dimensions: number; places: string[]; profiles: string[] }): ProblemInput['vehicles'][number] {
  const { family, dimensions, places, profiles } = facts
  const start = places[draw(2)]!
  const earliest = draw(30)
  return {
    id: `kind-${at}`,
    ...(draw(3) ? { count: 1 + draw(3) } : {}),
    profile: profiles[draw(profiles.length)]!,
    capacity: Array.from({ length: dimensions }, () => 10 + draw(40)),
    fixedCost: draw(2) * draw(200),
    costPerMetre: 1 + draw(3),
    costPerDrivingSecond: draw(2),
    ...(family === 'duty' ? { costPerSecond: draw(2) / 2 } : {}),
    start,
    ...(draw(4) === 0 ? { end: null } : draw(4) === 0 ? { end: places[draw(2)]! } : {}),
    ...(family === 'plain' && draw(2) ? {} : { shift: { earliest, latest: earliest + 500 + draw(800), ...(family === 'duty' ? { maxDurationSeconds: 200 + draw(600) } : {}) } }),
    ...(draw(3) === 0 && family !== 'trips' && family !== 'energy' ? { maxDistanceMetres: 150 + draw(500) } : {}),
    ...(draw(4) === 0 ? { maxStops: 2 + draw(5) } : {}),
    ...(family === 'breaks' ? { breaks: [{ earliestStart: 100 + draw(150), latestStart: 250 + draw(200), durationSeconds: draw(60) }, ...(draw(2) ? [{ earliestStart: 400, latestStart: 500 + draw(200), durationSeconds: 30 }] : [])] } : {}),
    ...(family === 'trips' ? { reload: { place: places[draw(2)]!, durationSeconds: draw(20), ...(draw(2) ? { maxTrips: 1 + draw(3) } : {}) } } : {}),
    ...(family === 'energy' ? { energy: { batteryKwh: 60 + draw(150), kwhPerMetre: 1, chargeSecondsPerKwh: draw(3) / 2, recharge: draw(2) ? 'full' as const : 'partial' as const, stations: places.slice(2, 5) } } : {}),
    ...(draw(3) ? { skills: ['tail-lift'] } : {}),
  }
}

/** A random rich problem: small, of every constraint the planner knows, often too tight to serve all. Same seed, same problem. */
export const randomProblem = (seed: number): ProblemInput => drawProblem(seed, { least: 2, more: 14 })

/** The same with 150 to 350 orders, ten times as many vehicles, and so many places that ways in the plane are worked out from coordinates. */
export function randomLargeProblem(seed: number): ProblemInput {
  const problem = drawProblem(seed, { least: 150, more: 200 })
  return { ...problem, vehicles: problem.vehicles.map((each) => (each.count === undefined ? each : { ...each, count: 10 * each.count })) }
}

/** The same with nothing about time: no windows, shifts, breaks, paid duty or releases; vehicles go at 7 m/s where they went at one. */
export function randomTimelessProblem(seed: number): ProblemInput {
  const problem = randomProblem(seed)
  const plain = (stop: Stop | undefined) => stop && { place: stop.place, serviceSeconds: stop.serviceSeconds }
  return {
    ...problem,
    travel: problem.travel.map((each) => (each.kind === 'euclidean' || each.kind === 'great-circle' ? { ...each, metresPerSecond: 7 } : each)),
    vehicles: problem.vehicles.map(({ shift: _, breaks: __, costPerSecond: ___, ...rest }) => rest),
    orders: problem.orders.map(({ releaseAt: _, pickup, delivery, ...rest }) => ({ ...rest, ...(pickup && { pickup: plain(pickup)! }), ...(delivery && { delivery: plain(delivery)! }) })),
  }
}

function drawProblem(seed: number, { least, more }: { least: number; more: number }): ProblemInput {
  const draw = lcg(seed)
  const family = families[draw(families.length)]!
  const count = least + draw(more)
  const dimensions = draw(4)
  const plane = Array.from({ length: 5 + 2 * count }, (_, at) => ({ id: `p${at}`, x: draw(100), y: draw(100) }))
  const ids = plane.map((each) => each.id)
  const travel = drawTravel(draw, plane.length)
  // on the globe a unit is about a metre as well
  const places = travel[0]!.kind === 'great-circle' ? plane.map(({ id, x, y }) => ({ id, lon: 119 + x / 91_000, lat: 34 + y / 111_000 })) : plane
  const stop = () => ({ place: ids[2 + draw(ids.length - 2)]!, serviceSeconds: draw(15), windows: drawWindows(draw, family !== 'duty') })
  const kindOfOrder = () => (family === 'pickups' ? draw(2) : family === 'carried' ? 1 + draw(2) : family === 'duty' ? 2 * draw(2) : 0)
  return {
    format: 'lvpei-planning/1',
    objective: draw(3) === 0 ? 'vehicles-then-cost' : 'cost',
    loads: Array.from({ length: dimensions }, (_, at) => `load-${at}`),
    places,
    travel,
    vehicles: Array.from({ length: 1 + draw(3) }, (_, at) => drawVehicle(draw, at, { family, dimensions, places: ids, profiles: travel.map((each) => each.profile) })),
    orders: Array.from({ length: count }, (_, at) => {
      const kind = kindOfOrder()
      return {
        id: `order-${at}`,
        load: Array.from({ length: dimensions }, () => draw(15)),
        ...(kind > 0 ? { pickup: stop() } : {}),
        ...(kind !== 1 ? { delivery: stop() } : {}),
        ...(draw(6) === 0 ? { skills: ['tail-lift'] } : {}),
        ...(draw(4) === 0 ? { penalty: draw(400) } : {}),
        ...(family === 'trips' && draw(2) ? { releaseAt: draw(200) } : {}),
        priority: draw(3),
      }
    }),
    ...(family === 'pickups' && draw(2) ? { backhaulsLast: true } : {}),
    ...(draw(6) === 0 ? { fleetLimits: [{ vehicles: ['kind-0'], count: draw(3) }] } : {}),
  }
}
