import { z } from 'zod'
import { vehicleFactsSchema, type VehicleFacts } from '../../city/access/index.ts'
import { ProblemError } from '../../base/problems.ts'
import { startOfDay } from '../../base/time.ts'
import type { Travel } from '../model/index.ts'
import { layZones, type ZonedRoads } from './city-rules.ts'
import { DayRoads } from './day-roads.ts'
import type { RoadNetwork } from './network.ts'
import { openNetwork } from './open-network.ts'
import { roadProblem } from './problems.ts'
import { askRouter, type RemoteMatrix } from './remote-router.ts'
import { factsOfClass, loadRules, type LoadedRules } from './rules-file.ts'
import { travelTable, type TablePlace } from './travel-table.ts'
import { roadVehicleSchema } from './vehicle.ts'

/** Travel by the road network on a day; its axis begins at the day's midnight. With `rulesVehicle` the city's rules are obeyed. */
const roadsTravelSchema = z.strictObject({
  profile: z.string().min(1),
  kind: z.literal('roads'),
  day: z.iso.date(),
  vehicle: roadVehicleSchema,
  /** a vehicle class of the rule set, or the facts rules ask for */
  rulesVehicle: z.union([z.string().min(1), vehicleFactsSchema]).optional(),
})
/** Travel as a routing service answers it, the same at all hours. */
const routerTravelSchema = z.strictObject({ profile: z.string().min(1), kind: z.literal('router'), service: z.enum(['osrm', 'valhalla']), routerProfile: z.string().min(1).optional(), vehicle: roadVehicleSchema })
export const laidTravelSchema = z.discriminatedUnion('kind', [roadsTravelSchema, routerTravelSchema])
export type LaidTravel = z.infer<typeof laidTravelSchema>

/** Where roads, rules and answers come from: files and addresses the operator names. */
export interface TravelSources {
  readonly roadsFile?: string | undefined
  readonly rulesFile?: string | undefined
  readonly routerUrl?: string | undefined
}

const laidKinds = new Set(['roads', 'router'])

/**
 * Replaces every travel `roads` and `router` of a problem in JSON by the matrix or timetable it stands for; everything else stays. Throws
 * problems: no network named, a place without position or too far from a road, a vehicle that is none.
 */
export async function layTravel(input: unknown, sources: TravelSources): Promise<unknown> {
  const problem = input as { travel?: unknown; places?: unknown } | null
  if (!Array.isArray(problem?.travel)) return input
  const opened = openOnce(sources)
  const travel: unknown[] = []
  for (const [at, each] of problem.travel.entries()) {
    const isLaid = laidKinds.has(String((each as { kind?: unknown } | null)?.kind))
    travel.push(isLaid ? await layOne(parseLaid(each, `/travel/${at}`), placesOf(problem.places), { at, opened, sources }) : each)
  }
  return { ...problem, travel }
}

function parseLaid(value: unknown, pointer: string): LaidTravel {
  const parsed = laidTravelSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ProblemError(parsed.error.issues.map((issue) => roadProblem('roads-input-invalid', { pointer: [pointer, ...issue.path.map(String)].join('/'), reason: issue.message })))
}

const placeSchema = z.looseObject({ id: z.string(), lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

function placesOf(places: unknown): TablePlace[] {
  const parsed = z.array(placeSchema).safeParse(places)
  if (parsed.success) return parsed.data.map(({ id, lon, lat }) => ({ id, lon, lat }))
  throw new ProblemError(parsed.error.issues.slice(0, 20).map((issue) => roadProblem('roads-input-invalid', { pointer: ['/places', ...issue.path.map(String)].join('/'), reason: `${issue.message}；按路网计算行驶需要 lon、lat` })))
}

interface Opened {
  network(pointer: string): RoadNetwork
  rules(pointer: string, day: string): LoadedRules & { readonly zoned: ZonedRoads }
}

/** Files are opened when first wanted, and once. */
function openOnce({ roadsFile, rulesFile }: TravelSources): Opened {
  let network: RoadNetwork | undefined
  let rules: (LoadedRules & { zoned: ZonedRoads }) | undefined
  const openNetworkAt = (pointer: string): RoadNetwork => {
    if (roadsFile === undefined) throw new ProblemError(roadProblem('roads-missing', { pointer }))
    return (network ??= openNetwork(roadsFile))
  }
  return {
    network: openNetworkAt,
    rules: (pointer, day) => {
      if (rulesFile === undefined) throw new ProblemError(roadProblem('roads-rules-missing', { pointer, day }))
      if (!rules) {
        const loaded = loadRules(rulesFile, startOfDay(day))
        rules = { ...loaded, zoned: layZones(openNetworkAt(pointer), loaded.compiled) }
      }
      return rules
    },
  }
}

async function layOne(travel: LaidTravel, places: readonly TablePlace[], { at, opened, sources }: { at: number; opened: Opened; sources: TravelSources }): Promise<Travel> {
  const pointer = `/travel/${at}`
  const { profile } = travel
  if (travel.kind === 'router') {
    if (sources.routerUrl === undefined) throw new ProblemError(roadProblem('roads-missing', { pointer }))
    const asked = { service: travel.service, url: sources.routerUrl, vehicle: travel.vehicle, ...(travel.routerProfile !== undefined && { profile: travel.routerProfile }) }
    return travelOfMatrix(profile, places, await askRouter(asked, places))
  }
  const network = opened.network(pointer)
  const { rulesVehicle, day, vehicle } = travel
  if (rulesVehicle === undefined) return travelTable(new DayRoads({ network, vehicle, day }), { profile, places })
  const loaded = opened.rules(pointer, day)
  const facts: VehicleFacts = typeof rulesVehicle === 'string' ? factsOfClass(loaded, rulesVehicle, `${pointer}/rulesVehicle`) : rulesVehicle
  return travelTable(new DayRoads({ network, vehicle, day, rules: { compiled: loaded.compiled, zoned: loaded.zoned, facts } }), { profile, places })
}

/** Pairs a service finds no way for become exceptions without options. */
export function travelOfMatrix(profile: string, places: readonly TablePlace[], { durationSeconds, distanceMetres }: RemoteMatrix): Travel {
  const exceptions = places.flatMap((from, row) => places.flatMap((to, column) => (row !== column && !(Number.isFinite(durationSeconds[row]![column]!) && Number.isFinite(distanceMetres[row]![column]!)) ? [{ from: from.id, to: to.id, options: [] }] : [])))
  const finite = (rows: number[][]): number[][] => rows.map((row, at) => row.map((value, column) => (at !== column && Number.isFinite(value) ? value : 0)))
  const tables = { distanceMetres: finite(distanceMetres), durationSeconds: finite(durationSeconds) }
  return exceptions.length === 0 ? { profile, kind: 'matrix', ...tables } : { profile, kind: 'timetable', ...tables, exceptions }
}
