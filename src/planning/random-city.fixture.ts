import type { Plan, ProblemInput } from './model/index.ts'
import { lcg } from './random-problem.fixture.ts'

type Draw = ReturnType<typeof lcg>
type Vehicle = ProblemInput['vehicles'][number]
type Stop = NonNullable<ProblemInput['orders'][number]['delivery']>

const compartments = ['ambient', 'chilled', 'frozen']
const chance = (draw: Draw, percent: number): boolean => draw(100) < percent

/** Which constraints a problem has; each on its own, so that every combination comes up. */
function drawFeatures(draw: Draw) {
  const names = ['timetable', 'pricedWindows', 'breaks', 'duty', 'trips', 'releases', 'pickups', 'carried', 'energy', 'berths', 'chargers', 'curve', 'serviceByVehicle', 'distance', 'compartments'] as const
  const density = 15 + draw(50)
  return Object.fromEntries(names.map((name) => [name, chance(draw, density)])) as Record<(typeof names)[number], boolean>
}

type Features = ReturnType<typeof drawFeatures>

/** Bans and rush hours: a step now and then, some of them closed; two options where one is long and always open. */
function drawExceptions(draw: Draw, ids: readonly string[], base: readonly (readonly number[])[]) {
  const pairs = ids.flatMap((from, i) => ids.flatMap((to, j) => (i !== j && chance(draw, 40) ? [{ from, to, metres: base[i]![j]! }] : [])))
  return pairs.map(({ from, to, metres }) => {
    const departures = (slower: number): [number, number | null][] => {
      const steps: [number, number | null][] = [[0, metres * slower]]
      for (let at = 40 + draw(150); at < 900; at += 40 + draw(250)) steps.push([at, chance(draw, 30) ? null : Math.round(metres * slower * (50 + draw(100))) / 100])
      return steps
    }
    const options = [{ distanceMetres: metres, departures: departures(1) }]
    if (chance(draw, 50)) options.push({ distanceMetres: metres + 5 + draw(30), departures: departures(1 + draw(10) / 10) })
    if (chance(draw, 2)) options.splice(0, 9, { distanceMetres: metres, departures: [[0, null]] })
    return { from, to, options }
  })
}

function drawTravel(draw: Draw, ids: readonly string[], isTimed: boolean): ProblemInput['travel'] {
  const at = ids.map(() => [draw(100), draw(100)] as const)
  // every other city has streets that are longer one way than the other
  const isOneWay = at[0]![0] % 2 === 1
  const table = at.map((a) => at.map((b) => Math.round(Math.hypot(a[0] - b[0], a[1] - b[1]) + (isOneWay ? Math.max(0, a[0] - b[0]) / 2 : 0))))
  const matrices = { distanceMetres: table, durationSeconds: table.map((row) => row.map((each) => each * 1.25)) }
  return [isTimed ? { profile: 'truck', kind: 'timetable', ...matrices, exceptions: drawExceptions(draw, ids, table) } : { profile: 'truck', kind: 'matrix', ...matrices }]
}

function drawPlaces(draw: Draw, count: number, has: Features): ProblemInput['places'] {
  return Array.from({ length: count }, (_, at) => ({
    id: `p${at}`,
    ...(has.berths && chance(draw, 50) ? { berths: [{ id: 'dock', count: 1 + draw(2), slotSeconds: 60 + 30 * draw(3) }, ...(chance(draw, 30) ? [{ id: 'ramp', count: 1, slotSeconds: 100, serviceFactor: 1.5 }] : [])] } : {}),
    ...(has.chargers && at >= 2 && at < 5 ? { chargers: { ...(chance(draw, 70) ? { points: 1 } : {}), slotSeconds: 60, ...(chance(draw, 70) ? { pricePerKwh: [[0, draw(5)], [200 + draw(100), draw(5)], [500, draw(3)]] as [number, number][] } : {}) } } : {}),
  }))
}

function drawEnergy(draw: Draw, has: Features): NonNullable<Vehicle['energy']> {
  const batteryKwh = 80 + draw(120)
  const pace = 0.1 + draw(5) / 10
  return {
    batteryKwh,
    kwhPerMetre: 1,
    ...(has.curve ? { chargingCurve: [{ upToKwh: batteryKwh * 0.6, secondsPerKwh: pace }, { upToKwh: batteryKwh * 0.8, secondsPerKwh: pace * 2 }, { upToKwh: batteryKwh, secondsPerKwh: pace * 4 }] } : { chargeSecondsPerKwh: pace }),
    recharge: chance(draw, 30) ? 'full' : 'partial',
    stations: ['p2', 'p3', 'p4'],
  }
}

function drawVehicle(draw: Draw, at: number, facts: { has: Features; dimensions: number; size: Size }): Vehicle {
  const { has, dimensions, size } = facts
  const earliest = draw(60)
  const depot = `p${draw(2)}`
  return {
    id: `kind-${at}`,
    // where vehicles may load again they are few and small, or none ever would
    count: has.trips ? size.fewest : size.fewest + size.spare + draw(size.more),
    capacity: Array.from({ length: dimensions }, () => 15 + draw(has.trips ? 10 : 30)),
    fixedCost: draw(2) * draw(200),
    costPerMetre: draw(3),
    costPerDrivingSecond: draw(2),
    ...(has.duty ? { costPerSecond: draw(3) / 4 } : {}),
    start: depot,
    ...(chance(draw, 20) ? { end: null } : {}),
    shift: { earliest, latest: earliest + 500 + draw(600), ...(has.duty && chance(draw, 70) ? { maxDurationSeconds: 250 + draw(500) } : {}) },
    ...(has.distance && chance(draw, 70) ? { maxDistanceMetres: 200 + draw(400) } : {}),
    ...(chance(draw, 20) ? { maxStops: 2 + draw(6) } : {}),
    ...(has.breaks ? { breaks: [{ earliestStart: 100 + draw(150), latestStart: 280 + draw(200), durationSeconds: draw(60) }, ...(chance(draw, 30) ? [{ earliestStart: 400, latestStart: 500 + draw(200), durationSeconds: 30 }] : [])] } : {}),
    ...(has.trips ? { reload: { place: depot, durationSeconds: draw(30), ...(draw(2) ? { maxTrips: 2 + draw(3) } : {}) } } : {}),
    ...(has.energy && chance(draw, 75) ? { energy: drawEnergy(draw, has) } : {}),
    ...(has.serviceByVehicle ? { serviceFactor: (5 + draw(10)) / 10 } : {}),
    skills: draw(3) ? ['tail-lift'] : [],
  }
}

function drawStop(draw: Draw, place: string, has: Features, vehicles: readonly string[]): Stop {
  const first = draw(400)
  const windows: Stop['windows'] = chance(draw, 30) ? undefined : [[first, first + 60 + draw(300)]]
  if (windows && has.pricedWindows) windows.push({ from: first + 150, to: first + 500 + draw(300), cost: 5 + draw(60) })
  else if (windows && draw(4) === 0) windows.push([first + 400, first + 500 + draw(200)])
  return {
    place,
    serviceSeconds: draw(30),
    ...(windows ? { windows } : {}),
    ...(has.serviceByVehicle && draw(3) === 0 ? { serviceSecondsByVehicle: { [vehicles[draw(vehicles.length)]!]: draw(40) } } : {}),
  }
}

/** Orders and places, each at least and how many more; vehicles of a kind where they load again, otherwise `spare` and up to `more` besides. */
interface Size {
  readonly orders: readonly [number, number]
  readonly places: readonly [number, number]
  readonly fewest: number
  readonly spare: number
  readonly more: number
}

const small: Size = { orders: [2, 10], places: [6, 8], fewest: 1, spare: 0, more: 3 }
const large: Size = { orders: [40, 60], places: [30, 20], fewest: 6, spare: 2, more: 8 }

/** A random problem of a city, with any of the constraints the planner knows, in any combination. Same seed, same problem. */
export const randomCityProblem = (seed: number): ProblemInput => drawCity(seed, small)

/** The same with 40 to 100 orders and fleets that share their berths and charging points. */
export const randomLargeCityProblem = (seed: number): ProblemInput => drawCity(seed, large)

function drawCity(seed: number, size: Size): ProblemInput {
  const draw = lcg(seed + 1_000_003)
  const has = drawFeatures(draw)
  const count = size.orders[0] + draw(size.orders[1])
  const places = drawPlaces(draw, size.places[0] + draw(size.places[1]), has)
  const ids = places.map((each) => each.id)
  const loads = has.compartments ? compartments : ['pallets']
  const vehicles = Array.from({ length: 1 + draw(3) }, (_, at) => drawVehicle(draw, at, { has, dimensions: loads.length, size }))
  const stop = () => drawStop(draw, ids[2 + draw(ids.length - 2)]!, has, vehicles.map((each) => each.id))
  const orders = Array.from({ length: count }, (_, at): ProblemInput['orders'][number] => {
    const kind = has.carried && chance(draw, 40) ? 2 : has.pickups && chance(draw, 40) ? 1 : 0
    const goods = draw(loads.length)
    return {
      id: `order-${at}`,
      // goods of one order lie in one compartment, now and then in two
      load: loads.map((_, dimension) => (dimension === goods || chance(draw, 15) ? 1 + draw(14) : 0)),
      ...(kind > 0 ? { pickup: stop() } : {}),
      ...(kind !== 1 ? { delivery: stop() } : {}),
      ...(draw(8) === 0 ? { skills: ['tail-lift'] } : {}),
      ...(draw(4) === 0 ? { penalty: draw(400) } : {}),
      ...(has.releases && draw(2) ? { releaseAt: draw(200) } : {}),
      priority: draw(3),
    }
  })
  return { format: 'lvpei-planning/1', objective: draw(4) === 0 ? 'vehicles-then-cost' : 'cost', loads, places, travel: drawTravel(draw, ids, has.timetable), vehicles, orders, ...(has.pickups && draw(3) === 0 ? { backhaulsLast: true } : {}) }
}

/** The same problem an hour later: people follow the plan, the first stops of its routes are done, and one order has come in. */
export function replannedProblem(seed: number, plan: Plan, problem = randomCityProblem(seed)): ProblemInput {
  const draw = lcg(seed)
  const routes = plan.routes.map((route) => {
    const stops = route.stops.flatMap((stop) => (stop.order ? [stop.order] : []))
    return { vehicle: route.vehicle, stops, frozenStops: Math.min(stops.length, draw(3)) }
  })
  const added = { id: 'added', load: problem.loads!.map(() => 1), delivery: { place: `p${2 + draw(4)}`, serviceSeconds: 5 } }
  return { ...problem, orders: [...problem.orders, added], routes }
}
