import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DayRoads, mayBegin } from './day-roads.ts'
import { writeExtract } from './extract.fixture.ts'
import type { Way } from './many-to-many.ts'
import type { RoadNetwork } from './network.ts'
import { importExtract } from './osm/import-extract.ts'
import { passageAt, type Passage } from './passage.ts'
import { randomExtract } from './random-extract.fixture.ts'
import { costsOf } from './search.ts'
import { parseRoadVehicle } from './vehicle.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-departures-'))
const vehicle = parseRoadVehicle({ massKg: 4495, heightMetres: 3, widthMetres: 2, lengthMetres: 6 })

/** Drives a way second by second against the signs as they are at each of them: what it breaks first; undefined when nothing. */
function broken(network: RoadNetwork, way: Way, departAt: number, passage: (at: number) => Passage): string | undefined {
  const { ms } = costsOf(network)
  let now = departAt
  const levels: number[] = []
  for (const [at, edge] of way.edges.entries()) {
    const [from, to] = [at === 0 ? way.startShare : 0, at === way.edges.length - 1 ? way.endShare : 1]
    const leaves = now + ms[edge]! * (to - from)
    let least = 2
    for (let instant = now; instant < leaves; instant += 250) least = Math.min(least, passage(instant).level[edge]!)
    if (least === 0) return `edge ${edge} is closed`
    levels.push(least)
    now = leaves
    const next = way.edges[at + 1]
    if (next === undefined) continue
    if (passage(now).blockedVertices.has(network.head[edge]!) && network.twin[edge] !== next) return `barrier at ${network.head[edge]}`
    for (const turn of passage(now).turns) {
      const { kind, edges } = network.turns[turn]!
      const driven = way.edges.slice(Math.max(0, at - edges.length + 2), at + 1)
      const isBegun = driven.length === edges.length - 1 && driven.every((each, index) => each === edges[index])
      if (isBegun && (kind === 'no') === (edges.at(-1) === next)) return `turn ${turn}`
    }
  }
  const open = levels.map((each, at) => (each === 2 ? at : -1)).filter((at) => at >= 0)
  return levels.some((each, at) => each === 1 && open.length > 0 && at > open[0]! && at < open.at(-1)!) ? 'through residents' : undefined
}

test('hours on signs and turns: what may be begun breaks nothing, what may not breaks something', () => {
  const seen = { allowed: 0, refused: 0, bounded: 0 }
  for (let seed = 1; seed <= 12; seed++) {
    const file = join(folder, `${seed}.osm.pbf`)
    writeExtract(file, randomExtract(seed))
    const network = importExtract(file)
    const roads = new DayRoads({ network, vehicle, day: '2026-11-25', days: 1 })
    const known = new Map<number, Passage>()
    const passage = (at: number): Passage => {
      const minute = Math.floor(at / 60_000)
      return known.get(minute) ?? known.set(minute, passageAt(network, vehicle, at)).get(minute)!
    }
    const edges = [...roads.usable.keys()].filter((edge) => roads.usable[edge] === 1)
    const place = (at: number) => ({ point: { lon: 0, lat: 0 }, offMetres: 0, places: [{ edge: edges[(at * 31) % edges.length]!, share: 0.4 }] })
    for (let from = 0; from < 4; from++) {
      const targets = Array.from({ length: 10 }, (_, at) => place(at * 7 + from + 3))
      for (const options of roads.optionsFrom(place(from), targets)) {
        for (const option of 'always' in options ? [options.always] : options.options) {
          if (option.departures) seen.bounded++
          const changes = (option.departures ?? []).flat().flatMap((at) => [at - 1500, at, at + 1500])
          for (const at of [...changes, roads.horizon.from + 3_600_000, roads.horizon.from + 43_200_000]) {
            if (at < roads.horizon.from || at >= roads.horizon.to) continue
            const found = broken(network, option.way, at, passage)
            // a margin of milliseconds is kept from every change, so only well outside the windows something must break
            if (mayBegin(option, at)) expect(found).toBeUndefined()
            else if (found === undefined) continue
            seen[mayBegin(option, at) ? 'allowed' : 'refused']++
          }
        }
      }
    }
  }
  expect(seen.allowed).toBeGreaterThan(200)
  expect(seen.refused).toBeGreaterThan(30)
  expect(seen.bounded).toBeGreaterThan(30)
})
