import { dayOf } from '../../src/base/time.ts'
import { compile, edgesClosed, intervalsOfDay, rankAt, wholeOf, zonesOfEdges, type RoadGraph } from '../../src/city/access/index.ts'
import { localMinuteOf } from '../../src/city/access/engine/local-time.ts'
import { randomCalendar, randomFrom, randomVehicle } from '../../src/city/access/engine/random-rules.fixture.ts'
import type { RuleSet } from '../../src/city/access/engine/rule-set.ts'
import type { BenchLine } from './decode.ts'

const side = 160
const day = dayOf(Date.parse('2028-03-07T12:00:00+08:00'))

/** A chequered street network over the random city: side² crossings, four half-edges each but at the rim. */
function gridNetwork(): RoadGraph {
  const count = side * side
  const [lon, lat, first] = [new Float64Array(count), new Float64Array(count), new Uint32Array(count + 1)]
  const head: number[] = []
  for (let at = 0; at < count; at++) {
    const [column, row] = [at % side, Math.floor(at / side)]
    lon[at] = 120.68 + (column / side) * 0.24
    lat[at] = 34.53 + (row / side) * 0.24
    if (column > 0) head.push(at - 1)
    if (column < side - 1) head.push(at + 1)
    if (row > 0) head.push(at - side)
    if (row < side - 1) head.push(at + side)
    first[at + 1] = head.length
  }
  return { lon, lat, first, head: Uint32Array.from(head) }
}

/** `rules.streets`: closed and limited edges of a network in every interval of a day, against one point question an edge and interval. */
export function benchStreets(ruleSet: RuleSet, cpuSeconds: () => number): BenchLine {
  const compiled = compile([wholeOf(ruleSet)], randomCalendar)
  const graph = gridNetwork()
  const vehicle = compiled.vehicle(randomVehicle(randomFrom(3)))
  const started = cpuSeconds()
  const edges = zonesOfEdges(compiled, graph)
  const intervals = intervalsOfDay(compiled, vehicle, day)
  edgesClosed(vehicle, compiled, { intervals, edges })
  const value = cpuSeconds() - started
  const asked = 500_000
  const begun = cpuSeconds()
  let sum = 0
  for (let at = 0; at < asked; at++) {
    const [vertex, { from }] = [at % graph.lon.length, intervals[at % intervals.length]!]
    sum += rankAt(compiled, vehicle, graph.lon[vertex]!, graph.lat[vertex]!, localMinuteOf(from)) & 1
  }
  if (Number.isNaN(sum)) throw new Error('nothing was asked')
  const against = ((cpuSeconds() - begun) / asked) * edges.length * intervals.length
  return { name: 'rules.streets', value: Number(value.toFixed(2)), unit: `s for ${edges.length} half-edges in ${intervals.length} intervals of a day, exact along every edge`, against: 'one point question an edge and interval, s', ratio: Number((value / against).toPrecision(3)) }
}
