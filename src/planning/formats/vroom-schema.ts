import { z } from 'zod'
import { ProblemError } from '../../base/problems.ts'
import { planningProblem, sizeProblems } from '../model/index.ts'

const location = z.tuple([z.number(), z.number()])
const window = z.tuple([z.number(), z.number()])
const windows = z.array(window).min(1)
const amounts = z.array(z.number().nonnegative())
const described = { description: z.string().optional() }

const task = { id: z.number(), location: location.optional(), location_index: z.number().int().nonnegative().optional(), service: z.number().nonnegative().optional(), time_windows: windows.optional(), ...described }

const vehicle = z.strictObject({
  id: z.number(),
  profile: z.string().optional(),
  start: location.optional(),
  start_index: z.number().int().nonnegative().optional(),
  end: location.optional(),
  end_index: z.number().int().nonnegative().optional(),
  capacity: amounts.optional(),
  costs: z.strictObject({ fixed: z.number().nonnegative().optional(), per_hour: z.number().nonnegative().optional(), per_km: z.number().nonnegative().optional() }).optional(),
  skills: z.array(z.number()).optional(),
  time_window: window.optional(),
  breaks: z.array(z.strictObject({ id: z.number(), time_windows: z.array(window).length(1), service: z.number().nonnegative().optional(), ...described })).optional(),
  max_tasks: z.number().int().positive().optional(),
  max_distance: z.number().positive().optional(),
  ...described,
})

const taskSchema = z.strictObject(task)
const schema = z.strictObject({
  vehicles: z.array(vehicle).min(1),
  jobs: z.array(z.strictObject({ ...task, delivery: amounts.optional(), pickup: amounts.optional(), skills: z.array(z.number()).optional(), priority: z.number().optional() })).optional(),
  shipments: z.array(z.strictObject({ pickup: taskSchema, delivery: taskSchema, amount: amounts.optional(), skills: z.array(z.number()).optional(), priority: z.number().optional() })).optional(),
  matrices: z.record(z.string(), z.strictObject({ durations: z.array(z.array(z.number())), distances: z.array(z.array(z.number())).optional() })).optional(),
})

export type VroomInput = z.infer<typeof schema>
export type VroomVehicle = VroomInput['vehicles'][number]
export type VroomTask = z.infer<typeof taskSchema>

/** Reads VROOM's JSON; a field that is not understood is refused, because leaving it out would give a plan that breaks it. */
export function readVroom(input: unknown): VroomInput {
  const { jobs, shipments, vehicles } = (input ?? {}) as Record<string, unknown>
  const tasks = (Array.isArray(jobs) ? jobs.length : 0) + (Array.isArray(shipments) ? shipments.length : 0)
  const tooLarge = sizeProblems({ orders: { length: tasks }, vehicles })
  if (tooLarge.length > 0) throw new ProblemError(tooLarge)
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new ProblemError(parsed.error.issues.slice(0, 50).flatMap((issue) => {
    const pointer = `/${issue.path.map(String).join('/')}`
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => planningProblem('feature-unsupported', { pointer: `${pointer}/${key}`, feature: key }))
    return [planningProblem('plan-field-invalid', { pointer, reason: issue.message, value: '' })]
  }))
}
