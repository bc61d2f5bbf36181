import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { lattice, pointAt, writeExtract } from '../planning/roads/extract.fixture.ts'
import { runCommand } from './command.ts'
import { roads } from './roads.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-roads-command-'))
const extract = join(folder, 'made-up.osm.pbf')
writeExtract(extract, lattice(5, 5))
const at = ['--at', '2026-11-23T10:00:00+08:00']
const text = (x: number, y: number): string => `${pointAt(x, y).lon},${pointAt(x, y).lat}`

afterEach(() => vi.restoreAllMocks())

/** Runs the command as the shell would, keeping what it prints. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((said.out += String(chunk)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => ((said.err += String(chunk)), true))
  const code = await runCommand([roads], ['roads', ...args])
  return { code, ...said }
}

describe('lvpei roads', () => {
  it('imports an extract, and reads its own file as it reads the extract', async () => {
    const file = join(folder, 'made-up.roads')
    const imported = await run('import', extract, '--out', file)
    expect(JSON.parse(imported.out)).toMatchObject({ vertices: 25, edges: 80, mainEdges: 80, attribution: '© OpenStreetMap contributors, ODbL' })
    const question = ['--points', `${text(10, 0)};${text(300, 200)}`, '--vehicle', '{"massKg":3000}', ...at]
    const [own, theirs] = [await run('matrix', '--roads', file, ...question), await run('matrix', '--roads', extract, ...question)]
    expect(own).toEqual(theirs)
    expect(JSON.parse(own.out).distanceMetres.map((row: number[]) => row.map(Math.round))).toEqual([[0, 490], [490, 0]])
  })

  it('answers a matrix from a file of points, and a route as GeoJSON', async () => {
    const points = join(folder, 'points.json')
    writeFileSync(points, JSON.stringify([[pointAt(0, 0).lon, pointAt(0, 0).lat], pointAt(400, 400)]))
    const matrix = await run('matrix', '--roads', extract, '--points', points, '--vehicle', '{"massKg":3000}', '--metric', 'distance', ...at)
    expect(Math.round(JSON.parse(matrix.out).distanceMetres[0][1])).toBe(800)
    const route = await run('route', '--roads', extract, '--from', text(0, 0), '--to', text(400, 0), '--vehicle', '{"massKg":3000}', ...at)
    expect(JSON.parse(route.out)).toMatchObject({ type: 'Feature', geometry: { type: 'LineString' }, properties: { steps: [{ text: '沿横0路向东出发' }, { manoeuvre: 'arrive' }] } })
  })

  it('knows the demo city and its rules without any file of roads', async () => {
    const question = ['route', '--from', '120.76,34.65', '--to', '120.84,34.66', '--rules', 'cities/demo/rules/access.jsonc', '--at', '2026-11-23T09:00:00+08:00']
    const { properties } = JSON.parse((await run(...question, '--vehicle', 'fuel-light-truck')).out) as { properties: { detour: { durationSeconds: number }; barredBy: { rule: string } | null } }
    expect(properties.barredBy?.rule).toBe('Z1-fuel-day')
    expect(properties.detour.durationSeconds).toBeGreaterThan(60)
    expect(JSON.parse((await run(...question, '--vehicle', 'nev-light-truck')).out).properties).toMatchObject({ barredBy: null, detour: { durationSeconds: 0 } })
  })

  it.each<[string, string[], number, string]>([
    ['no action', [], 2, 'wrong-use'],
    ['an unknown action', ['fly'], 2, 'wrong-use'],
    ['an import without file', ['import', '--out', 'x'], 2, 'wrong-use'],
    ['a point that is none', ['route', '--from', '1', '--to', '2,3', '--vehicle', '{"massKg":1}', ...at], 2, 'wrong-use'],
    ['an instant that is none', ['route', '--from', '1,2', '--to', '2,3', '--vehicle', '{"massKg":1}', '--at', 'noon'], 2, 'wrong-use'],
    ['a class without rules', ['route', '--from', '1,2', '--to', '2,3', '--vehicle', 'van', ...at], 2, 'wrong-use'],
    ['a vehicle that is no JSON', ['route', '--from', '1,2', '--to', '2,3', '--vehicle', '{', ...at], 2, 'wrong-use'],
    ['a vehicle without mass', ['route', '--from', '1,2', '--to', '2,3', '--vehicle', '{}', ...at], 1, 'roads-vehicle-invalid'],
    ['a place off the map', ['route', '--from', '1,2', '--to', '2,3', '--vehicle', '{"massKg":1}', ...at], 1, 'roads-too-far'],
    ['a missing file', ['import', join(folder, 'nothing'), '--out', 'x'], 1, 'roads-file-unreadable'],
  ])('%s', async (_, args, code, problem) => expect(await run(...args)).toMatchObject({ code, out: '', err: expect.stringContaining(`${problem}: `) }))
})
