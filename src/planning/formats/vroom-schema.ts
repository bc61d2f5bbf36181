import { z } from 'zod'
import { ProblemError } from '../../base/problems.ts'
import { shapeProblems, sizeProblems } from '../model/index.ts'
import { checkVroom } from './vroom-check.ts'
import { withPointer } from './vroom-pointers.ts'

/** Whole and exact: of two ids that a number cannot tell apart, one would answer for the other. */
const id = z.int().nonnegative()
const location = z.tuple([z.number(), z.number()])
const index = z.int().nonnegative()
const window = z.tuple([z.number(), z.number()])
const windows = z.array(window).min(1)
const amounts = z.array(z.number().nonnegative())
const described = { description: z.string().optional() }

const task = { id, location: location.optional(), location_index: index.optional(), service: z.number().nonnegative().optional(), time_windows: windows.optional(), ...described }

const vehicle = z.strictObject({
  id,
  profile: z.string().optional(),
  start: location.optional(),
  start_index: index.optional(),
  end: location.optional(),
  end_index: index.optional(),
  capacity: amounts.optional(),
  costs: z.strictObject({ fixed: z.number().nonnegative().optional(), per_hour: z.number().nonnegative().optional(), per_km: z.number().nonnegative().optional() }).optional(),
  skills: z.array(z.number()).optional(),
  time_window: window.optional(),
  breaks: z.array(z.strictObject({ id, time_windows: z.array(window).length(1), service: z.number().nonnegative().optional(), ...described })).optional(),
  max_tasks: z.number().int().positive().optional(),
  max_distance: z.number().positive().optional(),
  ...described,
})

/** Rows and cells are looked at with the planner's own matrices: a schema would copy millions of numbers for nothing. */
const table = z.array(z.unknown())

const taskSchema = z.strictObject(task)
const schema = z.strictObject({
  vehicles: z.array(vehicle).min(1),
  jobs: z.array(z.strictObject({ ...task, delivery: amounts.optional(), pickup: amounts.optional(), skills: z.array(z.number()).optional(), priority: z.number().optional() })).optional(),
  shipments: z.array(z.strictObject({ pickup: taskSchema, delivery: taskSchema, amount: amounts.optional(), skills: z.array(z.number()).optional(), priority: z.number().optional() })).optional(),
  matrices: z.record(z.string(), z.strictObject({ durations: table, distances: table.optional() })).optional(),
})

export type VroomInput = z.infer<typeof schema>
export type VroomVehicle = VroomInput['vehicles'][number]
export type VroomTask = z.infer<typeof taskSchema>
export type VroomJob = NonNullable<VroomInput['jobs']>[number]
export type VroomShipment = NonNullable<VroomInput['shipments']>[number]

/** Reads VROOM's JSON; a field that is not understood is refused, because leaving it out would give a plan that breaks it. */
export function readVroom(input: unknown): VroomInput {
  const { jobs, shipments, vehicles } = (input ?? {}) as Record<string, unknown>
  const [jobCount, shipmentCount] = [jobs, shipments].map((each) => (Array.isArray(each) ? each.length : 0)) as [number, number]
  const tooLarge = sizeProblems({ orders: { length: jobCount + shipmentCount }, vehicles })
  if (tooLarge.length > 0) throw new ProblemError(tooLarge.map((each) => (each.details['pointer'] === '/orders' ? withPointer(each, jobCount >= shipmentCount ? '/jobs' : '/shipments') : each)))
  const parsed = schema.safeParse(input)
  const problems = parsed.success ? checkVroom(parsed.data) : shapeProblems(parsed.error.issues, input)
  if (!parsed.success || problems.length > 0) throw new ProblemError(problems)
  return parsed.data
}
