import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { distanceMetres, type Point } from '../../src/base/geo.ts'
import { addDays, dayOf, startOfDay } from '../../src/base/time.ts'
import { citySeed, fleet, modelOf, type FleetVehicle } from '../world/index.ts'
import { fullPercent } from './battery.ts'
import { FleetHistory } from './fleet-history.ts'
import { blockMs, blockStartOf } from './plan-day.ts'
import { openRoads, type Roads } from './roads.ts'
import { utilisation } from './trend.ts'

const day = '2026-10-14'
let roads: Roads
let history: FleetHistory
beforeAll(() => {
  roads = openRoads()
  history = new FleetHistory(citySeed, roads)
})
const inUse = (on: string): FleetVehicle[] => fleet.filter((vehicle) => history.isInUse(vehicle, on))

/** Metres from a point to the nearest street, by brute force. */
function metresToStreet(point: Point): number {
  const { graph } = roads
  const scaleLat = 111_195
  const scaleLon = scaleLat * Math.cos((point.lat * Math.PI) / 180)
  let nearest = Infinity
  for (let from = 0; from < graph.lon.length; from++) {
    if (Math.abs(graph.lat[from]! - point.lat) > 0.012 || Math.abs(graph.lon[from]! - point.lon) > 0.012) continue
    const [ax, ay] = [(graph.lon[from]! - point.lon) * scaleLon, (graph.lat[from]! - point.lat) * scaleLat]
    for (let edge = graph.first[from]!; edge < graph.first[from + 1]!; edge++) {
      const to = graph.head[edge]!
      const [dx, dy] = [(graph.lon[to]! - graph.lon[from]!) * scaleLon, (graph.lat[to]! - graph.lat[from]!) * scaleLat]
      const share = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
      nearest = Math.min(nearest, Math.hypot(ax + share * dx, ay + share * dy))
    }
  }
  return nearest
}

describe('a day of the fleet', () => {
  test('is the same for the same seed, whatever was asked before, and another for another seed', () => {
    const digest = (of: FleetHistory, order: readonly FleetVehicle[]): string =>
      order.map((vehicle) => `${vehicle.number} ${createHash('sha256').update(JSON.stringify(of.track(vehicle, day))).digest('hex')}`).sort().join('\n')
    const some = [fleet[0]!, fleet[4]!, fleet[20]!, fleet.at(-1)!]
    const first = digest(new FleetHistory(citySeed, roads), some)
    const asked = new FleetHistory(citySeed, openRoads())
    asked.track(fleet[3]!, '2026-11-02')
    expect(digest(asked, [...some].reverse())).toBe(first)
    expect(digest(new FleetHistory(1, roads), some)).not.toBe(first)
  })

  test('readings come in order of time inside their block, at most one a second', () => {
    for (const vehicle of inUse(day)) {
      const track = history.track(vehicle, day)
      const start = blockStartOf(vehicle, day)
      expect(track.length, vehicle.plate).toBeGreaterThan(60)
      const wrong = track.filter(({ at, sendAt }, index) => at % 1000 !== 0 || at < start || at >= start + blockMs || sendAt < at || (index > 0 && at <= track[index - 1]!.at))
      expect(wrong, vehicle.plate).toEqual([])
    }
  })

  test('odometers never go back, go on over night, and agree with the plan', () => {
    for (const vehicle of inUse(day).filter((_, at) => at % 4 === 0)) {
      let last = 0
      for (let on = day; on < addDays(day, 4); on = addDays(on, 1)) {
        const track = history.track(vehicle, on)
        const back = track.filter(({ odometerMetres }, at) => odometerMetres < (at === 0 ? last : track[at - 1]!.odometerMetres) - 1e-6)
        expect(back, vehicle.plate).toEqual([])
        last = track.at(-1)!.odometerMetres
        expect(last).toBeCloseTo(history.odometerAtStart(vehicle, addDays(on, 1)), 3)
      }
    }
  })

  test('batteries lose charge only by driving, and are full again when the next day begins', () => {
    for (const vehicle of inUse(day).filter((each) => modelOf(each.model).energy === 'bev')) {
      const track = history.track(vehicle, day)
      const wrong = track.filter(({ socPercent, charging, odometerMetres }, at) => {
        const before = track[at - 1]
        const fell = before !== undefined && socPercent < before.socPercent - 1e-9
        return socPercent <= 10 || socPercent > fullPercent(vehicle) + 1e-9 || (fell && (charging === 1 || odometerMetres === before.odometerMetres))
      })
      expect(wrong, vehicle.plate).toEqual([])
      expect(track.at(-1)!.socPercent, vehicle.plate).toBeGreaterThan(fullPercent(vehicle) - 3)
    }
  })

  test('moving vehicles are on the streets, but for the wild fix now and then', () => {
    const moving = inUse(day).filter((_, at) => at % 6 === 0).flatMap((vehicle) => history.track(vehicle, day)).filter((reading) => reading.speedKmh > 5 && reading.fixValid)
    const far = moving.filter((reading) => metresToStreet(reading) > 25)
    expect(moving.length).toBeGreaterThan(500)
    expect(far.length / moving.length).toBeLessThan(0.004)
  })

  test('nobody outruns the city: below 80 km/h between any two fixes, wild ones left out', () => {
    for (const vehicle of inUse(day).filter((_, at) => at % 5 === 0)) {
      const track = history.track(vehicle, day).filter((reading) => metresToStreet(reading) < 60)
      for (let at = 1; at < track.length; at++) {
        const [a, b] = [track[at - 1]!, track[at]!]
        expect(distanceMetres(a, b) / ((b.at - a.at) / 1000)).toBeLessThan(80 / 3.6 + 20)
      }
    }
  })
})

describe('the fleet over time', () => {
  const meanTruckKm = (from: string, days: number): number => {
    const distances = Array.from({ length: days }, (_, at) => addDays(from, at)).flatMap((on) => inUse(on).filter((each) => each.model !== 'tricycle').map((vehicle) => history.plan(vehicle, on).distanceMetres))
    const driven = distances.filter((metres) => metres > 0)
    return driven.reduce((sum, metres) => sum + metres, 0) / driven.length / 1000
  }

  test('begins at the 52 km a day the plan names and rises with the programme', () => {
    const [june, autumn] = [meanTruckKm('2025-06-02', 28), meanTruckKm('2026-10-05', 28)]
    expect(june).toBeGreaterThan(50)
    expect(june).toBeLessThan(54)
    expect(autumn / june).toBeGreaterThan(1.08)
    expect(autumn / june).toBeLessThan(1.25)
    expect(utilisation(startOfDay('2025-06-01'))).toBe(1)
  })

  test('somebody is on the road at any hour of a working day, and most rest at night', () => {
    const driving = Array.from({ length: 24 }, () => new Set<number>())
    for (const vehicle of inUse(day)) {
      for (const on of [addDays(day, -1), day]) {
        for (const reading of history.track(vehicle, on)) if (reading.speedKmh > 5 && dayOf(reading.at) === day) driving[Math.floor((reading.at - startOfDay(day)) / 3_600_000)]!.add(vehicle.number)
      }
    }
    expect(Math.min(...driving.map((each) => each.size))).toBeGreaterThanOrEqual(3)
    expect(driving[3]!.size).toBeLessThan(inUse(day).length / 3)
  })

  test('vehicles come after their registration and are silent once retired', () => {
    const retired = fleet.find((vehicle) => vehicle.retiredOn === '2026-08-31')!
    expect(history.track(retired, '2026-08-30').length).toBeGreaterThan(0)
    expect(history.track(retired, '2026-08-31')).toEqual([])
    expect(history.track(fleet.find((vehicle) => vehicle.registeredOn === '2026-12-08')!, '2026-12-08')).toEqual([])
  })
})
