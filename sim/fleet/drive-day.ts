import { kmhFromMetresPerSecond, msFromMinutes, msFromSeconds } from '../../src/base/units.ts'
import type { Point } from '../../src/base/geo.ts'
import { randomOf, type Random } from '../random.ts'
import { modelOf, type FleetVehicle } from '../world/index.ts'
import { Battery } from './battery.ts'
import { blockMs, userOf, type DayPlan, type Visit } from './plan-day.ts'
import { freeSpeedOf, type Leg, type Roads } from './roads.ts'
import { Recorder } from './recorder.ts'
import { trafficAt } from './trend.ts'
import type { Track } from './track.ts'

/** Reporting intervals as a fleet sets them: by time while moving, plus corners; seldom at rest. */
const movingMs = msFromSeconds(60)
const haltMs = msFromMinutes(3)
const restMs = msFromMinutes(9)
/** A turn sharper than this is reported (parameter 0x0030 of JT/T 808). */
const turnDegrees = 40
const shortestMs = msFromSeconds(12)
const chargeDelayMs = msFromMinutes(25)

/** Pace of this vehicle's drivers against the free speed. */
const paces = { truck: 1, tricycle: 0.62 } as const

/** Drives a plan along the streets and writes down what the devices see. Pure: the same plan and odometer give the same track. */
export function driveDay({ seed, roads }: { seed: number; roads: Roads }, vehicle: FleetVehicle, plan: DayPlan, odometerMetres: number): Track {
  const random = randomOf(seed, 'drive', vehicle.number, plan.day)
  const base = pointAt(roads, roads.vertexOf(vehicle.base))
  const battery = new Battery(vehicle)
  const recorder = new Recorder({ random, battery, odometerMetres, place: base, blockStart: plan.blockStart, isElectric: modelOf(vehicle.model).energy === 'bev' })
  const end = plan.blockStart + blockMs
  recorder.rest({ from: plan.blockStart + random.integer(0, 8) * 60_000 + random.integer(0, 59) * 1000, to: Math.min(plan.departAt, end), everyMs: restMs, at: base })
  let now = plan.departAt
  plan.visits.forEach((visit, index) => {
    now = driveLeg({ roads, vehicle, random, recorder }, visit, now)
    if (visit.kind !== 'end') now = stand(recorder, visit, now)
    else recorder.rest({ from: now, to: end, everyMs: restMs, at: base, chargeFrom: Math.min(now + chargeDelayMs, end) })
    if (index < plan.visits.length - 1) recorder.switchOn(now)
  })
  recorder.loseNetwork(plan)
  return recorder.track
}

const pointAt = ({ graph }: Roads, vertex: number): Point => ({ lon: graph.lon[vertex]!, lat: graph.lat[vertex]! })

interface Driving {
  readonly roads: Roads
  readonly vehicle: FleetVehicle
  readonly random: Random
  readonly recorder: Recorder
}

/** Moves along a leg edge by edge; returns when it arrives. */
function driveLeg({ roads, vehicle, random, recorder }: Driving, { leg, load }: Visit, departAt: number): number {
  const { graph } = roads
  const pace = paces[userOf(vehicle)] * random.between(0.94, 1.06)
  let now = departAt
  let nextReport = departAt
  let from = vertexBefore(roads, leg)
  let heading = Number.NaN
  recorder.carry(load)
  for (const edge of leg.edges) {
    const to = graph.head[edge]!
    const [a, b] = [pointAt(roads, from), pointAt(roads, to)]
    const direction = headingOf(a, b)
    const metres = graph.lengthMetres[edge]!
    const speed = Math.max(1.7, freeSpeedOf(graph.streetClass[edge]!) * pace * trafficAt(hourOf(now)) * random.between(0.82, 1.14))
    // A corner is reported when the last report is not fresh.
    if (turnBetween(heading, direction) > turnDegrees && now - recorder.lastAt >= shortestMs && now > departAt) {
      recorder.report({ at: now, place: a, speedKmh: kmhFromMetresPerSecond(speed) * 0.45, direction })
      nextReport = now + movingMs
    }
    const waits = random.next() < 0.1 ? msFromSeconds(random.between(8, 38)) : 0
    const duration = (metres / speed) * 1000
    const isTunnel = graph.isTunnel[edge] === 1
    let done = 0
    while (nextReport < now + duration) {
      const share = (nextReport - now) / duration
      recorder.advance(metres * (share - done))
      done = share
      recorder.report({ at: nextReport, place: { lon: a.lon + (b.lon - a.lon) * share, lat: a.lat + (b.lat - a.lat) * share }, speedKmh: kmhFromMetresPerSecond(speed) * random.between(0.93, 1.07), direction, hidden: isTunnel })
      nextReport += movingMs
    }
    recorder.advance(metres * (1 - done))
    now += duration + waits
    if (nextReport < now) nextReport = now
    heading = direction
    from = to
  }
  recorder.arrive(now, pointAt(roads, from))
  return now
}

/** Stands at a customer, at the base between tours, or at a charger. */
function stand(recorder: Recorder, { kind, haltMs: duration }: Visit, from: number): number {
  const to = from + duration
  recorder.rest({ from, to, everyMs: kind === 'delivery' ? haltMs : haltMs * 2, ...(kind === 'charge' && { fast: true }) })
  return to
}

/** Where the first half-edge of a leg begins: the other end of the edge that leads back. */
function vertexBefore({ graph }: Roads, { edges }: Leg): number {
  const first = edges[0]!
  let low = 0
  let high = graph.lon.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (graph.first[middle]! <= first) low = middle
    else high = middle - 1
  }
  return low
}

const hourOf = (at: number): number => Math.floor(at / 3_600_000 + 8) % 24

const headingOf = (a: Point, b: Point): number => {
  const degrees = (Math.atan2((b.lon - a.lon) * Math.cos((a.lat * Math.PI) / 180), b.lat - a.lat) * 180) / Math.PI
  return (degrees + 360) % 360
}

const turnBetween = (a: number, b: number): number => (Number.isNaN(a) ? 0 : Math.abs(((b - a + 540) % 360) - 180))
