import type { Position, ZoneGeometry } from '../../../api/access.ts'

/** The server takes 16 MB a draft; a zone alone may not fill it. */
export const fileLimitBytes = 8 * 2 ** 20
const positionLimit = 50_000

type GeojsonWrong = 'paste-empty' | 'paste-not-json' | 'paste-too-large' | 'paste-too-many' | 'paste-no-area' | 'paste-bad-position'
export type ReadGeojson = { readonly found: readonly { readonly title: string; readonly geometry: ZoneGeometry }[] } | { readonly wrong: GeojsonWrong; readonly detail: Readonly<Record<string, string | number>> }

interface Loose {
  readonly type?: unknown
  readonly features?: unknown
  readonly geometry?: unknown
  readonly geometries?: unknown
  readonly coordinates?: unknown
  readonly properties?: unknown
}

const titleOf = (properties: unknown): string => {
  const { title, name, code } = (properties ?? {}) as Record<string, unknown>
  return String(title ?? name ?? code ?? '')
}

/** Deep lists of numbers become positions; a thing that is none is named. */
function positions(value: unknown, depth: number): unknown {
  if (depth === 0) {
    if (!Array.isArray(value) || value.length < 2 || typeof value[0] !== 'number' || typeof value[1] !== 'number' || !Number.isFinite(value[0]) || !Number.isFinite(value[1])) throw new Error(JSON.stringify(value).slice(0, 60))
    return [value[0], value[1]]
  }
  if (!Array.isArray(value) || value.length === 0) throw new Error(JSON.stringify(value ?? null).slice(0, 60))
  return value.map((each) => positions(each, depth - 1))
}

const roads = (title: string, lines: Position[][]): ZoneGeometry => ({ type: 'RoadList', reachMetres: 15, roads: lines.map((line, at) => ({ name: title || String(at + 1), line })) })

function geometryOf({ type, coordinates }: Loose, title: string): ZoneGeometry | undefined {
  if (type === 'Polygon') return { type, coordinates: positions(coordinates, 2) as Position[][] }
  if (type === 'MultiPolygon') return { type, coordinates: positions(coordinates, 3) as Position[][][] }
  if (type === 'LineString') return roads(title, [positions(coordinates, 1) as Position[]])
  if (type === 'MultiLineString') return roads(title, positions(coordinates, 2) as Position[][])
  return undefined
}

function collect(value: Loose, title = ''): { title: string; geometry: ZoneGeometry }[] {
  if (value.type === 'FeatureCollection' && Array.isArray(value.features)) return value.features.flatMap((each) => collect(each as Loose))
  if (value.type === 'Feature') return value.geometry ? collect(value.geometry as Loose, titleOf(value.properties)) : []
  if (value.type === 'GeometryCollection' && Array.isArray(value.geometries)) return value.geometries.flatMap((each) => collect(each as Loose, title))
  const geometry = geometryOf(value, title)
  return geometry ? [{ title, geometry }] : []
}

const count = (value: unknown): number => (Array.isArray(value) ? (typeof value[0] === 'number' ? 1 : value.reduce((sum: number, each) => sum + count(each), 0)) : 0)
const countOf = (geometry: ZoneGeometry): number => (geometry.type === 'RoadList' ? geometry.roads.reduce((sum, road) => sum + road.line.length, 0) : count(geometry.coordinates))

/** Areas and lines in pasted or uploaded text; what the ground says about them (crossings, the system they are in) the server finds. */
export function readGeojson(text: string): ReadGeojson {
  if (text.trim() === '') return { wrong: 'paste-empty', detail: {} }
  if (text.length > fileLimitBytes) return { wrong: 'paste-too-large', detail: { megabytes: (text.length / 2 ** 20).toFixed(0), limit: fileLimitBytes / 2 ** 20 } }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { wrong: 'paste-not-json', detail: { reason: error instanceof Error ? error.message : '' } }
  }
  try {
    const found = Array.isArray(value) ? [{ title: '', geometry: { type: 'Polygon' as const, coordinates: positions(typeof (value[0] as unknown[])?.[0] === 'number' ? [value] : value, 2) as Position[][] } }] : collect((value ?? {}) as Loose)
    if (found.length === 0) return { wrong: 'paste-no-area', detail: { type: String((value as Loose | null)?.type ?? typeof value) } }
    const total = found.reduce((sum, each) => sum + countOf(each.geometry), 0)
    return total > positionLimit ? { wrong: 'paste-too-many', detail: { count: total, limit: positionLimit } } : { found }
  } catch (error) {
    return { wrong: 'paste-bad-position', detail: { value: error instanceof Error ? error.message : '' } }
  }
}
