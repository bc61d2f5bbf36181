import { z } from 'zod'
import { orderSchema, placeSchema, travelSchema, vehicleSchema } from '../model/problem.ts'

const amount = z.number().nonnegative()
const id = z.string().min(1)

/** A satellite, centre or station: goods of the tier above are handed over here to the vehicles of its own tier. */
const facilitySchema = z.strictObject({
  place: id,
  /** goods that may pass in the planning day, one number a load dimension */
  capacity: z.array(amount).optional(),
  /** paid when anything passes, and for every unit of the first load dimension */
  openingCost: amount.default(0),
  handlingCost: amount.default(0),
  /** from the arrival of goods to their departure with a vehicle of the lower tier */
  handlingSeconds: amount.default(0),
  /** vehicles of the lower tier that may start here */
  maxVehicles: z.number().int().positive().optional(),
})

/** Vehicles of a lower tier start and end at a facility of their tier; which one is the planner's choice. */
const tierVehicleSchema = vehicleSchema.omit({ start: true, end: true, reload: true, energy: true })

const tierSchema = z.strictObject({
  facilities: z.array(facilitySchema).min(1),
  vehicles: z.array(tierVehicleSchema).min(1),
  /** vehicles of all kinds together */
  maxVehicles: z.number().int().positive().optional(),
})

/**
 * Goods in two or three tiers, `lvpei-echelons/1`: vehicles from the depots to the facilities of the first tier, from there to the customers
 * or to the facilities of a second tier. A facility may be supplied by several vehicles, a customer is served by one.
 */
export const echelonsSchema = z.strictObject({
  format: z.literal('lvpei-echelons/1'),
  name: z.string().optional(),
  loads: z.array(id).min(1),
  places: z.array(placeSchema),
  travel: z.array(travelSchema).min(1),
  /** what leaves the depots */
  vehicles: z.array(vehicleSchema).min(1),
  tiers: z.array(tierSchema).min(1).max(2),
  /** deliveries only: goods flow down */
  orders: z.array(orderSchema),
  /** a vehicle of a lower tier leaves with goods that have arrived and been handled; otherwise every tier has its own day */
  isSynchronised: z.boolean().default(false),
})

export type EchelonProblem = z.infer<typeof echelonsSchema>
export type EchelonInput = z.input<typeof echelonsSchema>
export type Tier = EchelonProblem['tiers'][number]
export type Facility = Tier['facilities'][number]
