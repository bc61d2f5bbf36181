import { z } from 'zod'

/** The fields by which a problem obeys a city: travel by the hour, windows with a price, berths, charging points. Part of `problem.ts`. */

const id = z.string().min(1)
const seconds = z.number()
const amount = z.number().nonnegative()

/** `[from, to]`, or with a price: night delivery costs extra. A service starts in one window and pays that one. */
export const windowSchema = z.union([z.tuple([seconds, seconds]), z.strictObject({ from: seconds, to: seconds, cost: amount.default(0) })])

export { windowOf, type PricedWindow } from './window.ts'

/**
 * One path between two places. `departures` is a step function of the instant of leaving: seconds under way, or null where the path may
 * not be begun (a ban on the way). The first step holds for everything before it as well. Waiting for a later step is always allowed.
 */
export const travelOptionSchema = z.strictObject({ distanceMetres: amount, departures: z.array(z.tuple([seconds, amount.nullable()])).min(1) })

/** A pair of places whose travel depends on the hour or offers a choice: only the options count, the matrices are not read. */
export const travelExceptionSchema = z.strictObject({ from: id, to: id, options: z.array(travelOptionSchema).min(1) })

/** Berths of one sort at a place: in each slot of time at most `count` vehicles are served there; others wait. */
export const berthSchema = z.strictObject({
  id,
  count: z.number().int().positive(),
  slotSeconds: z.number().min(60).default(900),
  /** times the service seconds: 0.8 where a dock leveller saves a fifth */
  serviceFactor: amount.default(1),
})

/** What a charging station offers: points (absent = always one free), and a price from each instant on (the first holds before it as well). */
export const chargersSchema = z.strictObject({
  points: z.number().int().positive().optional(),
  slotSeconds: z.number().min(60).default(900),
  pricePerKwh: z.array(z.tuple([seconds, amount])).min(1).optional(),
})

/** Slower as the battery fills: up to each level, seconds for one kWh; levels and seconds ascend. */
export const chargingCurveSchema = z.array(z.strictObject({ upToKwh: z.number().positive(), secondsPerKwh: amount })).min(1)

export type TravelOption = z.infer<typeof travelOptionSchema>
export type TravelException = z.infer<typeof travelExceptionSchema>
export type Berth = z.infer<typeof berthSchema>
export type Chargers = z.infer<typeof chargersSchema>
