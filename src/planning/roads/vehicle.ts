import { z } from 'zod'
import { ProblemError } from '../../base/problems.ts'
import { holdsNow, measures, type Condition, type Measure, type WeekMinute } from './conditions.ts'
import { roadProblem } from './problems.ts'

/**
 * A vehicle as road signs see it. A measure that is not given is taken as the largest GB 1589-2016 allows a rigid truck (height 4 m, width
 * 2.55 m, length 12 m, driving axle 11.5 t): what is not known counts against the vehicle.
 */
export const roadVehicleSchema = z.strictObject({
  massKg: z.number().positive().max(100_000).describe('最大允许总质量，kg'),
  heightMetres: z.number().positive().max(10).default(4),
  widthMetres: z.number().positive().max(10).default(2.55),
  lengthMetres: z.number().positive().max(60).default(12),
  axleLoadKg: z.number().positive().max(50_000).optional(),
})
export type RoadVehicle = z.infer<typeof roadVehicleSchema>

/** Reads a vehicle; throws `roads-vehicle-invalid`. */
export function parseRoadVehicle(input: unknown): RoadVehicle {
  const parsed = roadVehicleSchema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new ProblemError(parsed.error.issues.map((issue) => roadProblem('roads-vehicle-invalid', { pointer: `/${issue.path.map(String).join('/')}`, reason: issue.message })))
}

/** OSM's classes of goods vehicles: `goods` up to 3.5 t, `hgv` above (wiki.openstreetmap.org/wiki/Key:access). */
export const truckClasses = ['goods', 'hgv'] as const
export type TruckClass = (typeof truckClasses)[number]
const hgvAboveKg = 3500
export const classOf = (vehicle: RoadVehicle): TruckClass => (vehicle.massKg > hgvAboveKg ? 'hgv' : 'goods')

export const measuresOf = (vehicle: RoadVehicle): Readonly<Record<Measure, number>> => ({ ...vehicle, axleLoadKg: vehicle.axleLoadKg ?? Math.min(vehicle.massKg, 11_500) })

/** May it be driven: not at all, by who has business there, by anybody. */
export const levels = { closed: 0, destination: 1, open: 2 } as const
export type Level = (typeof levels)[keyof typeof levels]

/** What the signs at a road say to goods vehicles, one direction. */
export interface Signs {
  readonly level: Readonly<Record<TruckClass, Level>>
  readonly limits: Readonly<Partial<Record<Measure, number>>>
  readonly conditional: readonly ConditionalSign[]
}

/** In tag order; the last that holds decides. A limit of null lifts the limit. */
export type ConditionalSign =
  | { readonly kind: 'access'; readonly classes: readonly TruckClass[]; readonly level: Level; readonly when: Condition }
  | { readonly kind: 'limit'; readonly measure: Measure; readonly value: number | null; readonly when: Condition }

export const openSigns: Signs = { level: { goods: levels.open, hgv: levels.open }, limits: {}, conditional: [] }

/** What the signs allow a vehicle at a moment. Conditions that are not understood tighten and never loosen. */
export function levelOf(signs: Signs, vehicle: RoadVehicle, now: WeekMinute): Level {
  const truckClass = classOf(vehicle)
  const size = measuresOf(vehicle)
  let level: Level = signs.level[truckClass]
  for (const sign of signs.conditional) {
    if (sign.kind !== 'access' || !sign.classes.includes(truckClass)) continue
    const holds = holdsNow(sign.when, size, now)
    const wanted: Level = sign.when.isDestination && sign.level === levels.open ? levels.destination : sign.level
    if (holds === 'yes' || (holds === 'unknown' && wanted < level)) level = wanted
  }
  for (const measure of measures) {
    const kept = levelWithin(signs, measure, { size, now })
    if (kept < level) level = kept
  }
  return level
}

function levelWithin(signs: Signs, measure: Measure, { size, now }: { size: Readonly<Record<Measure, number>>; now: WeekMinute }): Level {
  let limit = signs.limits[measure] ?? Infinity
  let isFreeForDestination = false
  for (const sign of signs.conditional) {
    if (sign.kind !== 'limit' || sign.measure !== measure) continue
    const value = sign.value ?? Infinity
    const holds = holdsNow(sign.when, size, now)
    if (holds === 'yes' && sign.when.isDestination && value > limit) isFreeForDestination ||= size[measure] <= value
    else if (holds === 'yes' || (holds === 'unknown' && value < limit)) limit = value
  }
  if (size[measure] <= limit) return levels.open
  return isFreeForDestination ? levels.destination : levels.closed
}
