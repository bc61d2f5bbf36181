import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import { declareProblems, type Problem } from '../../base/problems.ts'
import { calendarSchema, type WorkCalendar } from './engine/calendar.ts'
import type { CheckFinding } from './engine/check-finding.ts'

const problem = declareProblems('access', {
  'access-file-syntax': { message: '规则文件有语法错误：{reason}', cause: '不是有效的 JSON', action: '请改正该处' },
  'access-layer-zone-unknown': { message: '图层 {layer} 中没有区域“{code}”', cause: '规则文件引用了它', action: '请核对图层文件或区域代码' },
})

/** A rule set as a file says it, able to tell where each thing stands. */
export interface RuleFile {
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** a finding's problem with file and line */
  place(finding: CheckFinding): Problem
}

/**
 * Reads a rule set (`.jsonc`). A zone's geometry may be `{ "layer": "zones", "code": "Z1" }`: the polygon with that code in the
 * city's base map, read from `worldDirectory`.
 */
export function readRuleFile(path: string, worldDirectory?: string): RuleFile {
  const text = readFileSync(path, 'utf8')
  const file = join(basename(join(path, '..')), basename(path))
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  const problems = errors.map((error) => problem('access-file-syntax', { reason: printParseErrorCode(error.error), file, line: lineAt(text, error.offset) }))
  const value: unknown = tree && getNodeValue(tree)
  if (worldDirectory) problems.push(...fillLayers(value, worldDirectory).map((each) => ({ ...each, details: { ...each.details, file } })))
  return { value, problems, place: ({ path: at, problem: found }) => ({ ...found, details: { ...found.details, file, line: lineAt(text, nearest(tree, at)?.offset ?? 0) } }) }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

function nearest(tree: Node | undefined, path: readonly (string | number)[]): Node | undefined {
  for (let length = path.length; tree && length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (node) return node
  }
  return tree
}

interface LayerFeature {
  readonly properties: { readonly code?: string }
  readonly geometry: unknown
}

function fillLayers(value: unknown, worldDirectory: string): Problem[] {
  const problems: Problem[] = []
  const zones = (value as { zones?: { geometry?: { layer?: string; code?: string } | unknown }[] } | undefined)?.zones
  for (const zone of Array.isArray(zones) ? zones : []) {
    const wanted = zone.geometry as { layer?: string; code?: string } | null | undefined
    if (typeof wanted?.layer !== 'string') continue
    const layerPath = join(worldDirectory, `${basename(wanted.layer)}.geojson`)
    const features = existsSync(layerPath) ? (JSON.parse(readFileSync(layerPath, 'utf8')) as { features: LayerFeature[] }).features : []
    const feature = features.find((each) => each.properties.code === wanted.code)
    if (feature) zone.geometry = feature.geometry
    else problems.push(problem('access-layer-zone-unknown', { layer: wanted.layer, code: wanted.code }))
  }
  return problems
}

/** The rule set a city's files bring along (`<city>/rules/access.jsonc`); undefined where there is none. */
export function findCityRules(cityDirectory: string | undefined): RuleFile | undefined {
  const path = join(cityDirectory ?? '', 'rules', 'access.jsonc')
  return cityDirectory !== undefined && existsSync(path) ? readRuleFile(path, join(cityDirectory, 'world')) : undefined
}

/** Work calendars by code, one file each; a file of the wrong shape stops the start. */
export function readCalendars(directory: string): ReadonlyMap<string, WorkCalendar> {
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : []
  const calendars = names.map((name) => calendarSchema.parse(JSON.parse(readFileSync(join(directory, name), 'utf8'))))
  return new Map(calendars.map((each) => [each.code, each]))
}

/** Lines of the city's street layer, as known places for `checkCoordinates`. */
export function readKnownLines(worldDirectory: string): [number, number][][] {
  const path = join(worldDirectory, 'streets.geojson')
  if (!existsSync(path)) return []
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as { features: { geometry: { type: string; coordinates: [number, number][] } }[] }
  return features.filter((each) => each.geometry.type === 'LineString').map((each) => each.geometry.coordinates)
}
