import { startOfDay } from '../../src/base/time.ts'
import { metresFromKm, msFromHours, msFromMinutes } from '../../src/base/units.ts'
import { randomOf, type Random } from '../random.ts'
import { modelOf, type FleetVehicle } from '../world/index.ts'
import { customersOf } from './customers.ts'
import type { Leg, RoadUser, Roads } from './roads.ts'
import { utilisation } from './trend.ts'

export type HaltKind = 'delivery' | 'reload' | 'charge' | 'end'

/** A drive and what the vehicle does where it arrives. */
export interface Visit {
  readonly leg: Leg
  readonly kind: HaltKind
  readonly haltMs: number
  /** share of the load still on board while driving there, 0–1 */
  readonly load: number
}

/** One working day; without visits the vehicle rests. The block is the 24 hours this plan covers. */
export interface DayPlan {
  readonly day: string
  readonly blockStart: number
  readonly departAt: number
  readonly visits: readonly Visit[]
  readonly distanceMetres: number
}

export const blockMs = msFromHours(24)

/** A vehicle's day runs from midnight to midnight, a night vehicle's from noon to noon, so that a shift is never cut. */
export const blockStartOf = (vehicle: FleetVehicle, day: string): number => startOfDay(day) + (vehicle.shift === 'night' ? msFromHours(12) : 0)

/** How many days of the week it works, and how far compared with a Tuesday. */
const weekdayFactor = [0.7, 1, 1.02, 1.02, 1.02, 1.04, 0.93]
const restShare = (vehicle: FleetVehicle, weekday: number): number => (weekday === 0 ? (vehicle.shift === 'night' ? 0.4 : 0.6) : 0.04)

/** Morning and afternoon tour, or three rounds of a tricycle. */
const tourShares: Readonly<Record<'truck' | 'tricycle', readonly number[]>> = { truck: [0.56, 0.44], tricycle: [0.4, 0.3, 0.3] }
const mostStops = 14
const looked = 7

interface Planning {
  readonly seed: number
  readonly roads: Roads
}

/** What a vehicle does on a day: pure, the same for the same seed, vehicle and day whatever was asked before. */
export function planDay({ seed, roads }: Planning, vehicle: FleetVehicle, day: string): DayPlan {
  const random = randomOf(seed, 'plan', vehicle.number, day)
  const blockStart = blockStartOf(vehicle, day)
  const weekday = new Date(startOfDay(day) + msFromHours(12)).getUTCDay()
  if (random.next() < restShare(vehicle, weekday)) return { day, blockStart, departAt: blockStart + blockMs, visits: [], distanceMetres: 0 }
  const own = randomOf(seed, 'vehicle', vehicle.number)
  const habit = own.between(0.93, 1.07)
  const target = metresFromKm(modelOf(vehicle.model).dailyKm) * utilisation(blockStart) * weekdayFactor[weekday]! * habit * Math.max(0.75, 1 + 0.07 * random.normal())
  const visits: Visit[] = []
  for (const share of tourShares[userOf(vehicle)]) visits.push(...tour({ roads, vehicle, random, target: target * share }))
  const charge = middayCharge(roads, vehicle, random)
  if (charge && visits.length > 1) visits.splice(visits.findIndex((visit) => visit.kind === 'reload') + 1, 0, ...charge)
  if (visits.length > 0) visits[visits.length - 1] = { ...visits.at(-1)!, kind: 'end', haltMs: 0 }
  return { day, blockStart, departAt: departure(vehicle, blockStart, own, random), visits, distanceMetres: visits.reduce((sum, visit) => sum + visit.leg.lengthMetres, 0) }
}

export const userOf = (vehicle: FleetVehicle): RoadUser => (vehicle.model === 'tricycle' ? 'tricycle' : 'truck')

function departure(vehicle: FleetVehicle, blockStart: number, own: Random, random: Random): number {
  // Early morning for most, an afternoon shift for every fourth, so that at any hour somebody is on the road.
  const isLate = vehicle.number % 4 === 1
  const [early, late] = vehicle.model === 'tricycle' ? [7.6, 9.4] : vehicle.shift === 'night' ? [7, 12.2] : isLate ? [11.5, 14.5] : [5.2, 7.9]
  return blockStart + msFromHours(own.between(early, late)) + Math.round(msFromMinutes(7) * random.normal())
}

/** From the base to customers that lie well together and back, as far as `target` metres reach. */
function tour({ roads, vehicle, random, target }: { roads: Roads; vehicle: FleetVehicle; random: Random; target: number }): Visit[] {
  const user = userOf(vehicle)
  const base = roads.vertexOf(vehicle.base)
  const customers = customersOf(roads, vehicle)
  const chosen: { leg: Leg; vertex: number }[] = []
  let at = base
  let driven = 0
  while (chosen.length < mostStops) {
    const options = Array.from({ length: looked }, () => random.pick(customers)).filter((vertex) => vertex !== at && chosen.every((each) => each.vertex !== vertex))
    const fitting = options.map((vertex) => ({ vertex, leg: roads.leg(user, at, vertex), back: roads.leg(user, vertex, base).lengthMetres })).filter(({ leg, back }) => driven + leg.lengthMetres + back <= target * 1.04)
    // The last stop may lie far out so that the day comes out as long as it should; before, the nearest is taken.
    const isLast = driven > target * 0.55 || chosen.length > mostStops - 2
    const wanted = (each: (typeof fitting)[number]): number => (isLast ? target - driven - each.leg.lengthMetres - each.back : each.leg.lengthMetres)
    const next = fitting.sort((a, b) => wanted(a) - wanted(b))[0]
    if (!next) break
    chosen.push(next)
    driven += next.leg.lengthMetres
    at = next.vertex
  }
  if (chosen.length === 0) return []
  const isQuick = user === 'tricycle'
  const deliveries = chosen.map(({ leg }, index): Visit => ({ leg, kind: 'delivery', haltMs: Math.round(isQuick ? msFromMinutes(random.between(4, 9)) : msFromMinutes(random.between(5, 20) * random.between(0.75, 1))), load: 1 - index / chosen.length }))
  return [...deliveries, { leg: roads.leg(user, at, base), kind: 'reload', haltMs: Math.round(msFromMinutes(isQuick ? random.between(70, 150) : random.between(35, 75))), load: 0 }]
}

/** Some battery vehicles go to a public station between two tours. */
function middayCharge(roads: Roads, vehicle: FleetVehicle, random: Random): Visit[] | undefined {
  const { batteryKwh, energy } = modelOf(vehicle.model)
  if (random.next() > 0.16 || batteryKwh === undefined || energy !== 'bev' || vehicle.model === 'tricycle') return undefined
  const base = roads.vertexOf(vehicle.base)
  const nearest = roads.sites.filter((site) => site.kind === 'charging-station').map((site) => {
    const there = roads.vertexOf(site.id)
    return { there: roads.leg('truck', base, there), back: roads.leg('truck', there, base) }
  }).sort((a, b) => a.there.lengthMetres - b.there.lengthMetres)[0]!
  const haltMs = Math.round(msFromMinutes(random.between(30, 50)))
  return [
    { leg: nearest.there, kind: 'charge', haltMs, load: 0 },
    { leg: nearest.back, kind: 'reload', haltMs: msFromMinutes(10), load: 0 },
  ]
}
