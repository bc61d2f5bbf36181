import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { buildStreetGraph, readLayer, type StreetProperties } from '../../city/network/index.ts'
import { ProblemError } from '../../base/problems.ts'
import { planCommand } from '../command.ts'
import type { Plan } from '../model/index.ts'
import { layTravel, type TravelSources } from './lay-travel.ts'
import { saveNetwork } from './network-file.ts'
import { networkOfStreets } from './streets.ts'

const demoCity = fileURLToPath(new URL('../../../cities/demo', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lvpei-travel-'))
const roadsFile = join(folder, 'demo.roads')
saveNetwork(networkOfStreets(buildStreetGraph(readLayer<StreetProperties>(join(demoCity, 'world'), 'streets')), 'demo'), roadsFile)
const rulesFile = join(demoCity, 'rules', 'access.jsonc')

const places = [{ id: 'depot', lon: 120.76, lat: 34.65 }, { id: 'centre', lon: 120.8, lat: 34.655 }, { id: 'east', lon: 120.84, lat: 34.66 }]
const roads = { profile: 'truck', kind: 'roads', day: '2026-11-23', vehicle: { massKg: 4495 }, rulesVehicle: 'fuel-light-truck' }
const problem = (travel: object) => ({
  format: 'lvpei-planning/1', places, travel: [travel], vehicles: [{ id: 'van', capacity: [], start: 'depot', shift: { earliest: 8 * 3600, latest: 23 * 3600 } }],
  orders: [{ id: 'o1', delivery: { place: 'centre', serviceSeconds: 300 } }, { id: 'o2', delivery: { place: 'east', serviceSeconds: 300 } }],
})
const codesOf = async (input: unknown, sources: TravelSources): Promise<string[]> => {
  try {
    await layTravel(input, sources)
    return []
  } catch (error) {
    if (error instanceof ProblemError) return error.problems.map((each) => each.code)
    throw error
  }
}

async function plan(input: object, ...options: string[]): Promise<{ code: number; plan: Plan | null; err: string }> {
  const file = join(folder, 'problem.json')
  writeFileSync(file, JSON.stringify(input))
  const said = { out: '', err: '' }
  const code = await planCommand([file, '--iterations', '200', '--full', ...options], { out: (text) => (said.out += text), err: (text) => (said.err += text) })
  return { code, plan: said.out ? (JSON.parse(said.out) as Plan) : null, err: said.err }
}

describe('travel by road in a problem', () => {
  it('a ban in the middle of the city: the plan goes there when it is over, the checker agrees', async () => {
    const banned = await plan(problem(roads), '--roads', roadsFile, '--rules', rulesFile)
    expect(banned.err).toBe('')
    expect(banned.code).toBe(0)
    const stop = banned.plan!.routes.flatMap((route) => route.stops).find((each) => each.order === 'o1')!
    // the centre is closed to this truck from 7 to 20
    expect(stop.arrival).toBeGreaterThanOrEqual(20 * 3600)
    const free = await plan(problem({ ...roads, rulesVehicle: 'nev-light-truck' }), '--roads', roadsFile, '--rules', rulesFile)
    expect(free.plan!.routes.flatMap((route) => route.stops).find((each) => each.order === 'o1')!.arrival).toBeLessThan(20 * 3600)
  }, 30_000)

  it('without rules is a plain matrix; other kinds of travel stay as they are', async () => {
    const laid = (await layTravel({ ...problem({ ...roads, rulesVehicle: undefined }), travel: [{ ...roads, rulesVehicle: undefined }, { profile: 'air', kind: 'great-circle', metresPerSecond: 7 }] }, { roadsFile })) as { travel: { kind: string }[] }
    expect(laid.travel.map((each) => each.kind)).toEqual(['matrix', 'great-circle'])
  })

  it('several classes of vehicle have tables of their own', async () => {
    const laid = (await layTravel({ ...problem(roads), travel: [roads, { ...roads, profile: 'green', rulesVehicle: 'nev-light-truck' }] }, { roadsFile, rulesFile })) as { travel: { profile: string; kind: string; exceptions?: unknown[] }[] }
    expect(laid.travel.map((each) => each.profile)).toEqual(['truck', 'green'])
    expect(laid.travel[0]!.kind).toBe('timetable')
    expect(laid.travel[1]!.exceptions).not.toEqual(laid.travel[0]!.exceptions)
  })

  it.each<[string, unknown, TravelSources, string]>([
    ['no network named', problem(roads), {}, 'roads-missing'],
    ['no rules named', problem(roads), { roadsFile }, 'roads-rules-missing'],
    ['a class the rules do not know', problem({ ...roads, rulesVehicle: 'zeppelin' }), { roadsFile, rulesFile }, 'roads-input-invalid'],
    ['a vehicle without mass', problem({ ...roads, vehicle: {} }), { roadsFile, rulesFile }, 'roads-input-invalid'],
    ['a field nobody knows', problem({ ...roads, colour: 'red' }), { roadsFile, rulesFile }, 'roads-input-invalid'],
    ['a day that is none', problem({ ...roads, day: '2026-02-30' }), { roadsFile, rulesFile }, 'roads-input-invalid'],
    ['a place without position', { ...problem(roads), places: [{ id: 'depot' }] }, { roadsFile, rulesFile }, 'roads-input-invalid'],
    ['a place off the map', { ...problem(roads), places: [{ id: 'depot', lon: 100, lat: 30 }] }, { roadsFile, rulesFile }, 'roads-too-far'],
    ['a missing network', problem(roads), { roadsFile: join(folder, 'nothing'), rulesFile }, 'roads-file-unreadable'],
    ['missing rules', problem(roads), { roadsFile, rulesFile: join(folder, 'nothing') }, 'roads-file-unreadable'],
    ['no router named', problem({ profile: 'truck', kind: 'router', service: 'osrm', vehicle: { massKg: 3000 } }), { roadsFile }, 'roads-missing'],
  ])('%s is a problem', async (_, input, sources, code) => expect(await codesOf(input, sources)).toContain(code))

  it('the command says so and ends with 1', async () => {
    expect(await plan(problem(roads))).toMatchObject({ code: 1, err: expect.stringContaining('roads-missing: ') })
  })
})
