import { z } from 'zod'
import type { Point } from '../../base/geo.ts'
import { ProblemError } from '../../base/problems.ts'
import { metresFromKm, tonnesFromKg } from '../../base/units.ts'
import { roadProblem } from './problems.ts'
import { measuresOf, type RoadVehicle } from './vehicle.ts'

/** A routing service named by the operator: nothing is ever asked that was not named. */
export interface RemoteRouter {
  readonly service: 'osrm' | 'valhalla'
  readonly url: string
  readonly vehicle: RoadVehicle
  /** OSRM: the profile its data were prepared with */
  readonly profile?: string
  readonly timeoutMs?: number
  readonly maxBytes?: number
  /** places a side of one request; the services limit it (OSRM 100 by default, Valhalla 50) */
  readonly blockSize?: number
}

/** Rows of sources, columns of targets; Infinity where the service finds no way. */
export interface RemoteMatrix {
  readonly durationSeconds: number[][]
  readonly distanceMetres: number[][]
}

const standardTimeoutMs = 30_000
const standardMaxBytes = 64 * 1024 * 1024
const standardBlock = { osrm: 100, valhalla: 50 } as const

/** Asks for all pairs, block by block. Throws `router-url-invalid`, `router-unreachable`, `router-answer-invalid`, `router-answer-too-large`. */
export async function askRouter(router: RemoteRouter, points: readonly Point[]): Promise<RemoteMatrix> {
  const parsed = URL.canParse(router.url) ? new URL(router.url) : undefined
  if (!parsed || !/^https?:$/.test(parsed.protocol)) throw new ProblemError(roadProblem('router-url-invalid', { url: router.url }))
  const size = router.blockSize ?? standardBlock[router.service]
  const empty = (): number[][] => points.map(() => new Array<number>(points.length).fill(Infinity))
  const matrix = { durationSeconds: empty(), distanceMetres: empty() }
  for (let row = 0; row < points.length; row += size) {
    for (let column = 0; column < points.length; column += size) {
      const sources = points.slice(row, row + size)
      const targets = points.slice(column, column + size)
      const block = await askBlock(router, sources, targets)
      block.durations.forEach((line, at) => line.forEach((value, to) => (matrix.durationSeconds[row + at]![column + to] = value ?? Infinity)))
      block.distances.forEach((line, at) => line.forEach((value, to) => (matrix.distanceMetres[row + at]![column + to] = value ?? Infinity)))
    }
  }
  return matrix
}

interface Block {
  readonly durations: readonly (readonly (number | null)[])[]
  readonly distances: readonly (readonly (number | null)[])[]
}

async function askBlock(router: RemoteRouter, sources: readonly Point[], targets: readonly Point[]): Promise<Block> {
  const { url, service } = router
  const answer = await fetchJson(router, requests[service](router, sources, targets))
  const parsed = readers[service].safeParse(answer)
  if (!parsed.success) throw new ProblemError(roadProblem('router-answer-invalid', { url, reason: reasonOf(answer, parsed.error.issues[0]) }))
  const block = parsed.data
  const isWhole = (table: Block['durations']): boolean => table.length === sources.length && table.every((line) => line.length === targets.length)
  if (!isWhole(block.durations) || !isWhole(block.distances)) throw new ProblemError(roadProblem('router-answer-invalid', { url, reason: `应为 ${sources.length}×${targets.length} 的矩阵` }))
  return block
}

/** The services' own words when they refuse: OSRM `code` and `message`, Valhalla `error`. */
function reasonOf(answer: unknown, issue: { path: readonly PropertyKey[]; message: string } | undefined): string {
  const said = answer as { code?: unknown; message?: unknown; error?: unknown } | null
  const words = [said?.code, said?.message, said?.error].filter((each) => typeof each === 'string').join(' ')
  return (words || `/${issue?.path.map(String).join('/') ?? ''} ${issue?.message ?? ''}`).slice(0, 200)
}

interface Request {
  readonly url: string
  readonly body?: string
}

const requests: Readonly<Record<RemoteRouter['service'], (router: RemoteRouter, sources: readonly Point[], targets: readonly Point[]) => Request>> = {
  osrm: ({ url, profile = 'driving' }, sources, targets) => {
    const places = [...sources, ...targets].map(({ lon, lat }) => `${lon},${lat}`).join(';')
    const numbers = (from: number, count: number): string => Array.from({ length: count }, (_, at) => from + at).join(';')
    return { url: `${withoutSlash(url)}/table/v1/${encodeURIComponent(profile)}/${places}?annotations=duration,distance&sources=${numbers(0, sources.length)}&destinations=${numbers(sources.length, targets.length)}` }
  },
  valhalla: ({ url, vehicle }, sources, targets) => {
    const size = measuresOf(vehicle)
    const truck = { height: size.heightMetres, width: size.widthMetres, length: size.lengthMetres, weight: tonnesFromKg(size.massKg), axle_load: tonnesFromKg(size.axleLoadKg) }
    const places = (points: readonly Point[]) => points.map(({ lon, lat }) => ({ lon, lat }))
    return { url: `${withoutSlash(url)}/sources_to_targets`, body: JSON.stringify({ sources: places(sources), targets: places(targets), costing: 'truck', costing_options: { truck }, units: 'kilometers' }) }
  },
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

const cell = z.number().nonnegative().nullable()
const table = z.array(z.array(cell))
const osrmAnswer = z.object({ code: z.literal('Ok'), durations: table, distances: table })
/** Kilometres and seconds; in columns when the service answers briefly. */
const valhallaCells = z.object({ sources_to_targets: z.array(z.array(z.object({ distance: cell, time: cell }))) })
const valhallaBrief = z.object({ sources_to_targets: z.object({ durations: table, distances: table }) })
const inMetres = (km: number | null): number | null => (km === null ? null : metresFromKm(km))

const readers: Readonly<Record<RemoteRouter['service'], z.ZodType<Block>>> = {
  osrm: osrmAnswer,
  valhalla: z.union([
    valhallaCells.transform(({ sources_to_targets: cells }) => ({ durations: cells.map((row) => row.map((each) => each.time)), distances: cells.map((row) => row.map((each) => inMetres(each.distance))) })),
    valhallaBrief.transform(({ sources_to_targets: { durations, distances } }) => ({ durations, distances: distances.map((row) => row.map(inMetres)) })),
  ]),
}

async function fetchJson({ url, timeoutMs = standardTimeoutMs, maxBytes = standardMaxBytes }: RemoteRouter, request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = []
  try {
    // A redirect would lead to an address nobody named.
    const init = { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' } as const
    const response = await fetch(request.url, request.body === undefined ? init : { ...init, method: 'POST', body: request.body, headers: { 'content-type': 'application/json' } })
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > maxBytes) throw new ProblemError(roadProblem('router-answer-too-large', { url, limit: maxBytes }))
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const { name, cause, message } = error as Error & { cause?: Error }
    throw new ProblemError(roadProblem('router-unreachable', { url, reason: name === 'TimeoutError' ? `${timeoutMs} 毫秒内没有回答` : (cause?.message ?? message) }))
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch {
    throw new ProblemError(roadProblem('router-answer-invalid', { url, reason: '不是 JSON' }))
  }
}
