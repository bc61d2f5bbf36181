import type { PlanningProblem, VehicleKind } from '../model/index.ts'
import type { Shipment } from './plan.ts'
import type { EchelonProblem, Tier } from './schema.ts'

type Orders = PlanningProblem['orders']

/** A vehicle of a lower tier at a facility: `van@centre`. */
export const kindAt = (vehicle: string, place: string): string => `${vehicle}@${place}`

/**
 * A lower tier as an ordinary planning problem with several depots: each kind of vehicle once a facility, limits of the tier, of a kind and of
 * a facility as fleet limits. `readyAt` is the earliest departure by facility, in the order of the tier's facilities.
 */
export function tierProblem(problem: EchelonProblem, tier: Tier, orders: Orders, readyAt?: readonly number[]): PlanningProblem {
  const vehicles = tier.facilities.flatMap((facility, at) => tier.vehicles.map((vehicle): VehicleKind => {
    const { shift } = vehicle
    const earliest = Math.max(shift?.earliest ?? 0, readyAt?.[at] ?? 0)
    return {
      ...vehicle,
      id: kindAt(vehicle.id, facility.place),
      start: facility.place,
      ...(shift || earliest > 0 ? { shift: { ...shift, earliest, latest: Math.max(earliest, shift?.latest ?? Number.MAX_SAFE_INTEGER) } } : {}),
      ...(vehicle.count !== undefined || facility.maxVehicles !== undefined ? { count: Math.min(vehicle.count ?? Infinity, facility.maxVehicles ?? Infinity) } : {}),
    }
  }))
  const everywhere = (vehicle: string): string[] => tier.facilities.map(({ place }) => kindAt(vehicle, place))
  const fleetLimits = [
    ...tier.vehicles.flatMap(({ id, count }) => (count === undefined ? [] : [{ vehicles: everywhere(id), count }])),
    ...tier.facilities.flatMap(({ place, maxVehicles }) => (maxVehicles === undefined ? [] : [{ vehicles: tier.vehicles.map(({ id }) => kindAt(id, place)), count: maxVehicles }])),
    ...(tier.maxVehicles === undefined ? [] : [{ vehicles: tier.vehicles.flatMap(({ id }) => everywhere(id)), count: tier.maxVehicles }]),
  ]
  return { format: 'lvpei-planning/1', objective: 'cost', loads: problem.loads, places: problem.places, travel: problem.travel, vehicles, orders, backhaulsLast: false, fleetLimits }
}

/** The level above a tier as an ordinary planning problem whose orders are shipments to facilities. */
export function supplyProblem(problem: EchelonProblem, vehicles: PlanningProblem['vehicles'], shipments: readonly Shipment[]): PlanningProblem {
  return { format: 'lvpei-planning/1', objective: 'cost', loads: problem.loads, places: problem.places, travel: problem.travel, vehicles, orders: shipmentOrders(shipments), backhaulsLast: false }
}

/** Shipments as the orders of the vehicles that bring them. */
export const shipmentOrders = (shipments: readonly Shipment[]): Orders =>
  shipments.map(({ id, facility, load }) => ({ id, load: [...load], delivery: { place: facility, serviceSeconds: 0 }, skills: [], priority: 0 }))
