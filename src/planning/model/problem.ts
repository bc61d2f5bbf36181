import { z } from 'zod'
import { berthSchema, chargersSchema, chargingCurveSchema, travelExceptionSchema, windowSchema } from './city-schema.ts'

/**
 * The planner's own problem, `lvpei-planning/1`. The JSON Schema in docs/planner/problem.schema.json is generated from here.
 * Instants are seconds on one axis chosen by the caller (0 = start of the planning day), distances metres, costs any one money.
 * A field the planner does not know is refused, never ignored: see parse-problem.ts.
 */
const seconds = z.number()
const amount = z.number().nonnegative()
const id = z.string().min(1)
/** Every order is compared with every kind of vehicle, skill by skill: far more than anybody names, and still compared at once. */
const skills = z.array(id).max(1000).default([])

export const placeSchema = z.strictObject({
  id,
  x: z.number().optional(),
  y: z.number().optional(),
  lon: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
  /** absent = nobody waits for a berth here; with several sorts the plan says which one */
  berths: z.array(berthSchema).min(1).optional(),
  /** read where a vehicle kind names this place as a station */
  chargers: chargersSchema.optional(),
})

/** `tenths-down` is the DIMACS convention: distances cut after the first decimal. */
export const travelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ profile: id, kind: z.literal('euclidean'), rounding: z.enum(['none', 'nearest', 'tenths-down']).default('none'), metresPerSecond: z.number().positive().default(1) }),
  z.strictObject({ profile: id, kind: z.literal('great-circle'), detourRatio: z.number().positive().default(1.3), metresPerSecond: z.number().positive() }),
  z.strictObject({ profile: id, kind: z.literal('matrix'), distanceMetres: z.array(z.any()), durationSeconds: z.array(z.any()).optional() }),
  z.strictObject({ profile: id, kind: z.literal('timetable'), distanceMetres: z.array(z.any()), durationSeconds: z.array(z.any()), exceptions: z.array(travelExceptionSchema).default([]) }),
])

const breakSchema = z.strictObject({ earliestStart: seconds, latestStart: seconds, durationSeconds: amount })

/**
 * Electric vehicle: consumption by distance, recharging at the stations listed; `full` charges to the brim at each visit. Charging takes
 * the same seconds for every kWh (`chargeSecondsPerKwh`) or follows `chargingCurve`; one of the two is given.
 */
const energySchema = z.strictObject({
  batteryKwh: z.number().positive(),
  kwhPerMetre: amount,
  chargeSecondsPerKwh: amount.optional(),
  chargingCurve: chargingCurveSchema.optional(),
  recharge: z.enum(['full', 'partial']),
  stations: z.array(id),
})

export const vehicleSchema = z.strictObject({
  id,
  /** how many vehicles of this kind; absent = as many as needed */
  count: z.number().int().positive().optional(),
  profile: id.optional(),
  capacity: z.array(amount),
  fixedCost: amount.default(0),
  costPerMetre: amount.default(1),
  /** paid for every second from departure to return, waiting and service included */
  costPerSecond: amount.default(0),
  /** paid for driving seconds only */
  costPerDrivingSecond: amount.default(0),
  start: id,
  /** absent = back to `start`; null = open route, it ends at the last stop */
  end: id.nullable().optional(),
  shift: z.strictObject({ earliest: seconds, latest: seconds, maxDurationSeconds: z.number().positive().optional() }).optional(),
  maxDistanceMetres: z.number().positive().optional(),
  maxStops: z.number().int().positive().optional(),
  breaks: z.array(breakSchema).default([]),
  skills,
  /** times the service seconds of every stop, unless the stop names its own for this vehicle */
  serviceFactor: amount.default(1),
  /** multi-trip: where the vehicle may load again, and how long that takes */
  reload: z.strictObject({ place: id, durationSeconds: amount.default(0), maxTrips: z.number().int().positive().optional() }).optional(),
  energy: energySchema.optional(),
})

const stopSchema = z.strictObject({
  place: id,
  /** a service may *start* at both ends: half-open would lose the closing minute every carrier quotes */
  windows: z.array(windowSchema).optional(),
  serviceSeconds: amount.default(0),
  /** by vehicle id, where a tail-lift or a second man changes it */
  serviceSecondsByVehicle: z.record(id, amount).optional(),
})

export const orderSchema = z.strictObject({
  id,
  load: z.array(amount).optional(),
  /** only pickup: goods go to the vehicle's end; only delivery: goods come from its start; both: carried from one to the other */
  pickup: stopSchema.optional(),
  delivery: stopSchema.optional(),
  skills,
  /** goods are ready at the depot at this instant: the trip carrying them leaves no earlier */
  releaseAt: seconds.optional(),
  /** present = may be left out at this price; absent = must be served */
  penalty: amount.optional(),
  /** higher goes first when not everything fits (weights the penalty of being left out) */
  priority: z.number().int().min(0).max(100).default(0),
})

const fixedRouteSchema = z.strictObject({
  vehicle: id,
  /** order ids in sequence; a carried order appears twice: pickup, then delivery */
  stops: z.array(id),
  /** that many stops from the start stay as they are */
  frozenStops: z.number().int().nonnegative().default(0),
  /** starts of service as they were told to the customers, one a stop; only the list of changes reads them */
  plannedStarts: z.array(seconds).optional(),
})

/** What it costs to change a plan that people already follow; the prices steer the search and are no part of the plan's cost. */
const replanningSchema = z.strictObject({
  /** `near`: search around what is new, gone or no longer possible, stop when nothing more is found; `all`: the given routes are only a start */
  scope: z.enum(['near', 'all']).default('near'),
  /** a route whose sequence changes though nothing was taken from it; absent = twice the mean cost of a leg of the given plan */
  costPerRouteTouched: amount.optional(),
  /** an order that changes its vehicle */
  costPerOrderMoved: amount.default(0),
  /** ids in `routes` that are no longer ordered */
  dropped: z.array(id).default([]),
})

/** Of these kinds together at most so many vehicles: one fleet over several depots or satellites. */
const fleetLimitSchema = z.strictObject({ vehicles: z.array(id).min(1), count: z.number().int().nonnegative() })

export const problemSchema = z.strictObject({
  format: z.literal('lvpei-planning/1'),
  name: z.string().optional(),
  objective: z.enum(['cost', 'vehicles-then-cost']).default('cost'),
  /** names of the load dimensions: massKg, volumeM3, pallets, a compartment each for ambient, chilled, frozen … */
  loads: z.array(id).default([]),
  places: z.array(placeSchema),
  travel: z.array(travelSchema).min(1),
  vehicles: z.array(vehicleSchema).min(1),
  orders: z.array(orderSchema),
  /** all depot-bound deliveries of a route come before its pickups */
  backhaulsLast: z.boolean().default(false),
  /** the plan to start from when re-planning */
  routes: z.array(fixedRouteSchema).optional(),
  replanning: replanningSchema.optional(),
  fleetLimits: z.array(fleetLimitSchema).optional(),
})

export type PlanningProblem = z.infer<typeof problemSchema>
export type ProblemInput = z.input<typeof problemSchema>
export type Travel = z.infer<typeof travelSchema>
export type VehicleKind = z.infer<typeof vehicleSchema>
export type Order = z.infer<typeof orderSchema>
export type OrderStop = z.infer<typeof stopSchema>
export type GivenRoute = z.infer<typeof fixedRouteSchema>
export type Energy = z.infer<typeof energySchema>
export type Place = z.infer<typeof placeSchema>
