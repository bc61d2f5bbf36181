import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { ProblemError } from '../../base/problems.ts'
import { layTravel } from './lay-travel.ts'
import { askRouter, type RemoteRouter } from './remote-router.ts'
import { parseRoadVehicle } from './vehicle.ts'

const servers: Server[] = []
afterAll(() => servers.forEach((each) => each.close()))

/** A real server on the loopback that speaks as the services do. */
async function serve(answer: (request: IncomingMessage, body: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => answer(request, body, response))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const json = (response: ServerResponse, value: unknown, status = 200): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

interface Place {
  readonly lon: number
  readonly lat: number
}
/** Seconds and metres of a made-up world: nobody comes to the last place of all. */
const seconds = (a: Place, b: Place): number | null => (b.lon === 9 ? null : Math.round(Math.abs(a.lon - b.lon) * 100 + Math.abs(a.lat - b.lat) * 10))

/** OSRM's table service as its HTTP documentation has it. */
const osrm = (asked: string[]) => serve((request, _, response) => {
  const url = new URL(request.url!, 'http://osrm')
  asked.push(url.pathname)
  const points = url.pathname.split('/').at(-1)!.split(';').map((each): Place => ({ lon: Number(each.split(',')[0]), lat: Number(each.split(',')[1]) }))
  const named = (name: string): Place[] => url.searchParams.get(name)!.split(';').map((each) => points[Number(each)]!)
  const durations = named('sources').map((a) => named('destinations').map((b) => seconds(a, b)))
  json(response, { code: 'Ok', durations, distances: durations.map((row) => row.map((each) => (each === null ? null : each * 8.5))), sources: [], destinations: [] })
})

/** Valhalla's sources_to_targets: kilometres, seconds. */
const valhalla = (asked: unknown[], brief = false) => serve((_, body, response) => {
  const request = JSON.parse(body) as { sources: Place[]; targets: Place[] }
  asked.push(request)
  const cells = request.sources.map((a, from_index) => request.targets.map((b, to_index) => {
    const time = seconds(a, b)
    return { from_index, to_index, time, distance: time === null ? null : (time * 8.5) / 1000 }
  }))
  json(response, brief ? { sources_to_targets: { durations: cells.map((row) => row.map((each) => each.time)), distances: cells.map((row) => row.map((each) => each.distance)) } } : { sources_to_targets: cells, units: 'kilometers' })
})

const vehicle = parseRoadVehicle({ massKg: 8000, heightMetres: 3.5 })
const points = Array.from({ length: 7 }, (_, at) => ({ lon: at === 6 ? 9 : at, lat: at % 3 }))
const expected = points.map((a) => points.map((b) => seconds(a, b) ?? Infinity))
const problemOf = async (router: Partial<RemoteRouter>): Promise<string> => {
  try {
    await askRouter({ service: 'osrm', url: '', vehicle, ...router }, points)
    return 'no problem'
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0]!.code
    throw error
  }
}

describe('a routing service by URL', () => {
  it('OSRM, in blocks', async () => {
    const asked: string[] = []
    const matrix = await askRouter({ service: 'osrm', url: `${await osrm(asked)}/`, vehicle, profile: 'truck', blockSize: 3 }, points)
    expect(matrix.durationSeconds).toEqual(expected)
    expect(matrix.distanceMetres).toEqual(expected.map((row) => row.map((each) => each * 8.5)))
    expect(asked).toHaveLength(9)
    expect(asked[0]).toMatch(/^\/table\/v1\/truck\//)
  })

  it.each([['in full', false], ['in brief', true]])('Valhalla %s, with the truck’s measures', async (_, brief) => {
    const asked: { costing: string; costing_options: object }[] = []
    const matrix = await askRouter({ service: 'valhalla', url: await valhalla(asked, brief), vehicle }, points)
    expect(matrix.durationSeconds).toEqual(expected)
    expect(matrix.distanceMetres[0]![1]).toBeCloseTo(expected[0]![1]! * 8.5, 6)
    expect(asked[0]).toMatchObject({ costing: 'truck', costing_options: { truck: { height: 3.5, weight: 8, axle_load: 8 } } })
  })

  it('becomes travel of a problem; what cannot be reached is said', async () => {
    const laid = (await layTravel({ places: points.map((point, at) => ({ id: String(at), ...point })), travel: [{ profile: 'p', kind: 'router', service: 'osrm', vehicle: { massKg: 3000 } }] }, { routerUrl: await osrm([]) })) as { travel: { kind: string; exceptions: unknown[]; durationSeconds: number[][] }[] }
    expect(laid.travel[0]).toMatchObject({ kind: 'timetable', exceptions: Array.from({ length: 6 }, (_, at) => ({ from: String(at), to: '6', options: [] })) })
    expect(laid.travel[0]!.durationSeconds.slice(0, 6).map((row) => row.slice(0, 6))).toEqual(expected.slice(0, 6).map((row) => row.slice(0, 6)))
  })

  it.each<[string, () => Promise<Partial<RemoteRouter>>, string]>([
    ['no address', () => Promise.resolve({ url: 'somewhere' }), 'router-url-invalid'],
    ['a file address', () => Promise.resolve({ url: 'file:///etc/passwd' }), 'router-url-invalid'],
    ['nobody there', () => Promise.resolve({ url: 'http://127.0.0.1:1' }), 'router-unreachable'],
    ['no answer in time', async () => ({ url: await serve(() => undefined), timeoutMs: 100 }), 'router-unreachable'],
    ['a redirect', async () => ({ url: await serve((_, __, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()) }), 'router-unreachable'],
    ['a page instead of JSON', async () => ({ url: await serve((_, __, response) => void response.end('<html>')) }), 'router-answer-invalid'],
    ['a refusal', async () => ({ url: await serve((_, __, response) => json(response, { code: 'TooBig', message: 'Too many table coordinates' }, 400)) }), 'router-answer-invalid'],
    ['a matrix too small', async () => ({ url: await serve((_, __, response) => json(response, { code: 'Ok', durations: [[0]], distances: [[0]] })) }), 'router-answer-invalid'],
    ['negative times', async () => ({ url: await serve((_, __, response) => json(response, { code: 'Ok', durations: [[-1]], distances: [[0]] })) }), 'router-answer-invalid'],
    ['an endless answer', async () => ({ url: await serve((_, __, response) => void response.end(Buffer.alloc(100_000, 32))), maxBytes: 50_000 }), 'router-answer-too-large'],
  ])('%s is a problem', async (_, router, code) => expect(await problemOf(await router())).toBe(code))
})
