import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { distanceMetres } from '../../base/geo.ts'
import { lattice, pointAt, writeExtract, type MadeUpExtract } from './extract.fixture.ts'
import { importExtract } from './osm/import-extract.ts'
import { answerRoute } from './route.ts'
import { parseRoadVehicle } from './vehicle.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-steps-'))
let files = 0
function route(extract: MadeUpExtract, from: readonly [number, number], to: readonly [number, number]) {
  const file = join(folder, `${files++}.osm.pbf`)
  writeExtract(file, extract)
  return answerRoute({ network: importExtract(file), vehicle: parseRoadVehicle({ massKg: 3000 }), from: pointAt(...from), to: pointAt(...to), at: Date.parse('2026-11-25T12:00:00+08:00') })
}
const words = (answer: ReturnType<typeof route>): [string, number][] => answer.properties.steps.map((step) => [step.text, Math.round(step.distanceMetres)])

describe('a route in words', () => {
  it('joins streets driven straight on and says every turn', () => {
    expect(words(route(lattice(4, 4), [20, 0], [300, 80]))).toEqual([['沿横0路向东出发', 280], ['左转，进入纵3街', 80], ['到达目的地', 0]])
    expect(words(route(lattice(4, 4), [0, 280], [80, 0]))).toEqual([['沿纵0街向南出发', 280], ['左转，进入横0路', 80], ['到达目的地', 0]])
    expect(words(route(lattice(3, 3, () => ({ name: '' })), [20, 0], [100, 50]))[1]).toEqual(['左转，继续沿无名道路行驶', 50])
  })

  it('counts the exits of a roundabout', () => {
    // arms east, north, west and south; driven counter-clockwise, from the south
    const angles = [0, 90, 180, 270]
    const ring = angles.map((angle, at) => ({ id: at + 1, x: Math.round(30 * Math.cos((angle * Math.PI) / 180)), y: Math.round(30 * Math.sin((angle * Math.PI) / 180)) }))
    const outer = ring.map(({ id, x, y }) => ({ id: id + 10, x: x * 5, y: y * 5 }))
    const arms = ring.map(({ id }) => ({ id: id + 20, refs: [id, id + 10], tags: { highway: 'secondary', name: ['东路', '北路', '西路', '南路'][id - 1]! } }))
    const round = { id: 40, refs: [1, 2, 3, 4, 1], tags: { highway: 'secondary', junction: 'roundabout' } }
    const answer = route({ nodes: [...ring, ...outer], ways: [...arms, round] }, [0, -120], [-120, 0])
    expect(words(answer).map(([text]) => text)).toEqual(['沿南路向北出发', '进入环岛，从第 3 个出口驶出', '驶出环岛，进入西路', '到达目的地'])
  })

  it('is drawn as a line as long as it says, from place to place', () => {
    const { geometry, properties } = route(lattice(5, 5), [130, 2], [400, 330])
    const line = geometry.coordinates.map(([lon, lat]) => ({ lon, lat }))
    const length = line.slice(1).reduce((sum, point, at) => sum + distanceMetres(line[at]!, point), 0)
    expect(length).toBeCloseTo(properties.distanceMetres, 0)
    expect(distanceMetres(line[0]!, pointAt(130, 0))).toBeLessThan(1)
    expect(distanceMetres(line.at(-1)!, pointAt(400, 330))).toBeLessThan(1)
    expect(properties.attribution).toBe('© OpenStreetMap contributors, ODbL')
    expect(new Set(line.map(({ lon, lat }) => `${lon},${lat}`)).size).toBe(line.length)
  })

  it('from a place to itself is nothing', () => {
    const { properties } = route(lattice(2, 2), [40, 0], [40, 0])
    expect([properties.distanceMetres, properties.durationSeconds]).toEqual([0, 0])
  })
})
