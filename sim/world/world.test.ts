import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { distanceMetres } from '../../src/base/geo.ts'
import { checkTerminalPhone, checkUscc, checkVin, parsePlate } from '../../src/base/identifiers.ts'
import { buildStreetGraph, countReachable, readLayer, type StreetProperties } from '../../src/city/network/index.ts'
import { filesOf, readSites, worldDirectory } from './files.ts'
import { firms } from './firms.ts'
import { fleet } from './fleet-list.ts'
import { generateWorld } from './generate.ts'
import { districts } from './names.ts'
import { modelOf } from './vehicle-models.ts'

const streets = readLayer<StreetProperties>(worldDirectory, 'streets')
const sites = readSites()

describe('the generated city', () => {
  test('the files in cities/demo/world are what the generator makes', () => {
    for (const [name, text] of filesOf(generateWorld())) expect(readFileSync(join(worldDirectory, name), 'utf8') === text, `${name}: run sim/world/write.ts`).toBe(true)
  })

  test('another seed makes another city of the same kind', () => {
    const other = generateWorld(7)
    expect(filesOf(other).get('streets.geojson')).not.toBe(filesOf(generateWorld()).get('streets.geojson'))
    expect(other.sites).toHaveLength(sites.length)
  })

  test('the base map is small', () => {
    const bytes = [...filesOf(generateWorld())].reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)
    expect(bytes).toBeLessThan(600_000)
  })

  test('every street can be reached, and every site stands at one', () => {
    const graph = buildStreetGraph(streets)
    expect(countReachable(graph)).toBe(graph.lon.length)
    for (const site of sites) {
      expect(graph.findVertex(site.entrance), site.name).toBeDefined()
      expect(distanceMetres(site, site.entrance)).toBeLessThan(200)
    }
  })

  test('the river is crossed by bridges only', () => {
    const bridges = streets.features.filter((feature) => feature.properties.bridge)
    expect(bridges.length).toBeGreaterThanOrEqual(8)
    expect(bridges.every(({ properties }) => properties.name.endsWith('大桥'))).toBe(true)
  })

  test('it lies in the open sea, east of 120.6° E', () => {
    const lons = streets.features.flatMap(({ geometry }) => (geometry.type === 'LineString' ? geometry.coordinates.map(([lon]) => lon) : []))
    expect(Math.min(...lons)).toBeGreaterThan(120.6)
    expect(Math.max(...lons)).toBeLessThan(121)
  })

  test('names are unique and districts known', () => {
    for (const kind of new Set(sites.map((site) => site.kind))) {
      const names = sites.filter((site) => site.kind === kind).map((site) => site.name)
      expect(new Set(names).size, kind).toBe(names.length)
    }
    const codes: readonly string[] = districts.map(({ code }) => code)
    expect(sites.every((site) => codes.includes(site.district))).toBe(true)
  })
})

describe('made-up numbers are right in form', () => {
  test('credit codes', () => {
    expect(firms).toHaveLength(12)
    for (const { uscc } of firms) expect(checkUscc(uscc)).toBeUndefined()
    expect(new Set(firms.map(({ uscc }) => uscc)).size).toBe(firms.length)
  })

  test('plates, VINs and terminal numbers', () => {
    for (const vehicle of fleet) {
      expect(checkTerminalPhone(vehicle.terminalPhone)).toBeUndefined()
      if (vehicle.model === 'tricycle') continue
      expect(checkVin(vehicle.vin!), vehicle.vin).toBeUndefined()
      const plate = parsePlate(vehicle.plate)
      expect(plate).not.toHaveProperty('code')
      const { energy } = modelOf(vehicle.model)
      expect(plate).toMatchObject(energy === 'bev' ? { batteryElectric: true } : energy === 'phev' ? { batteryElectric: false } : { kind: 'ordinary' })
    }
    for (const pick of [(each: (typeof fleet)[number]) => each.plate, (each: (typeof fleet)[number]) => each.vin ?? each.plate, (each: (typeof fleet)[number]) => each.terminalPhone]) {
      expect(new Set(fleet.map(pick)).size).toBe(fleet.length)
    }
  })

  test('forty trucks by November 2026 and twelve tricycles', () => {
    expect(fleet.filter((each) => each.model !== 'tricycle' && each.registeredOn <= '2026-11-01')).toHaveLength(40)
    expect(fleet.filter((each) => each.model === 'tricycle')).toHaveLength(12)
    expect(fleet.filter((each) => each.entryKind === 'existing' && ['bev', 'phev'].includes(modelOf(each.model).energy) && each.model !== 'tricycle')).toHaveLength(16)
  })
})
