import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildStreetGraph, readLayer, type StreetProperties } from '../city/network/index.ts'
import type { Point } from '../base/geo.ts'
import { dayOf, formatInstant, parseInstant } from '../base/time.ts'
import { secondsFromMs } from '../base/units.ts'
import { answerRoute, DayRoads, factsOfClass, loadRules, mainEdges, networkOfStreets, openNetwork, parseRoadVehicle, passageAt, saveNetwork, importExtract, type RoadNetwork, type RoadVehicle, type RulesFor } from '../planning/roads/index.ts'
import { readSettings } from '../runtime/settings.ts'
import { required, wrongUse, type OptionValues } from './command.ts'

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

/** A network file, an OSM extract, or the demo city's generated streets when none is named. */
function networkOf(values: OptionValues): RoadNetwork {
  if (typeof values['roads'] === 'string') return openNetwork(values['roads'])
  return networkOfStreets(buildStreetGraph(readLayer<StreetProperties>(join(readSettings().citiesDirectory, 'demo', 'world'), 'streets')), 'demo')
}

function pointOf(text: string, option: string): Point {
  const [lon, lat, rest] = text.split(',').map(Number)
  if (lon === undefined || lat === undefined || rest !== undefined || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw wrongUse('roads', `--${option} 应为 经度,纬度`)
  return { lon, lat }
}

function instantOf(values: OptionValues): number {
  const text = required('roads', values, 'at')
  const at = parseInstant(text)
  if (at === undefined) throw wrongUse('roads', '--at 应为带时区的时刻，如 2026-11-23T08:00:00+08:00')
  return at
}

function jsonOf(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw wrongUse('roads', `${what} 不是 JSON：${(error as Error).message}`)
  }
}

/** `--vehicle`: a class of the rule set, or the vehicle as JSON (`{"massKg":4495,"heightMetres":3.2,"rulesVehicle":"nev-light-truck"}`). */
function vehicleOf(values: OptionValues, at: number): { vehicle: RoadVehicle; rules?: RulesFor } {
  const text = required('roads', values, 'vehicle')
  const loaded = typeof values['rules'] === 'string' ? loadRules(values['rules'], at) : undefined
  if (!text.trimStart().startsWith('{')) {
    if (!loaded) throw wrongUse('roads', '--vehicle 为车辆类别时须用 --rules 指明规则集')
    const facts = factsOfClass(loaded, text, '--vehicle')
    return { vehicle: parseRoadVehicle({ massKg: facts.grossMassKg ?? undefined }), rules: { compiled: loaded.compiled, facts } }
  }
  const { rulesVehicle, ...measures } = jsonOf(text, '--vehicle') as Record<string, unknown>
  const vehicle = parseRoadVehicle(measures)
  if (!loaded) return { vehicle }
  if (typeof rulesVehicle !== 'string') throw wrongUse('roads', '使用 --rules 时 --vehicle 的 JSON 应有 rulesVehicle（规则集中的车辆类别）')
  return { vehicle, rules: { compiled: loaded.compiled, facts: factsOfClass(loaded, rulesVehicle, '--vehicle') } }
}

/** `lon,lat;lon,lat`, or a file with a JSON array of `[lon, lat]` or `{ lon, lat }`. */
function pointsOf(values: OptionValues): Point[] {
  const text = required('roads', values, 'points')
  if (!existsSync(text)) return text.split(';').map((each) => pointOf(each, 'points'))
  const list = jsonOf(readFileSync(text, 'utf8'), text)
  if (!Array.isArray(list)) throw wrongUse('roads', `${text} 应为坐标数组`)
  return list.map((each: { lon?: unknown; lat?: unknown } | unknown[]) => pointOf(Array.isArray(each) ? each.join() : `${String(each.lon)},${String(each.lat)}`, 'points'))
}

const metricOf = (values: OptionValues): 'time' | 'distance' => {
  const metric = values['metric'] ?? 'time'
  if (metric !== 'time' && metric !== 'distance') throw wrongUse('roads', '--metric 应为 time 或 distance')
  return metric
}

function importFile(values: OptionValues, file: string | undefined): number {
  if (file === undefined) throw wrongUse('roads', '应给出一个 .osm.pbf 文件')
  const out = required('roads', values, 'out')
  const begun = performance.now()
  const network = importExtract(file)
  saveNetwork(network, out)
  const any = passageAt(network, parseRoadVehicle({ massKg: 4500 }), 0)
  say({ out, seconds: Number(secondsFromMs(performance.now() - begun).toFixed(2)), vertices: network.lon.length, edges: network.head.length, mainEdges: mainEdges(network, any.level).reduce((sum, each) => sum + each, 0), turnRules: network.turns.length, barriers: network.barriers.length, leftOut: network.source.leftOut, attribution: network.source.attribution })
  return 0
}

function printMatrix(values: OptionValues): number {
  const at = instantOf(values)
  const roads = new DayRoads({ network: networkOf(values), day: dayOf(at), ...vehicleOf(values, at) })
  const places = roads.snapAll(pointsOf(values))
  const { durationSeconds, distanceMetres } = roads.matrixAt(places, at, metricOf(values))
  const rows = (cells: Float64Array): (number | null)[][] => places.map((_, row) => Array.from(cells.subarray(row * places.length, (row + 1) * places.length), (value) => (value === Infinity ? null : value)))
  const hasAll = durationSeconds.every((each) => each !== Infinity)
  say({ at: formatInstant(at), durationSeconds: rows(durationSeconds), distanceMetres: rows(distanceMetres), offMetres: places.map((each) => Number(each.offMetres.toFixed(1))), attribution: roads.network.source.attribution })
  return hasAll ? 0 : 1
}

function printRoute(values: OptionValues): number {
  const at = instantOf(values)
  say(answerRoute({ network: networkOf(values), from: pointOf(required('roads', values, 'from'), 'from'), to: pointOf(required('roads', values, 'to'), 'to'), at, metric: metricOf(values), ...vehicleOf(values, at) }))
  return 0
}

/** What `./lvpei roads` does, by its first word; apart from the command, so that others do not load the engines. */
export const roadActions: Readonly<Record<string, (values: OptionValues, file: string | undefined) => number>> = { import: importFile, matrix: printMatrix, route: printRoute }
