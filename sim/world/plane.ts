import type { Point } from '../../src/base/geo.ts'
import { hashOf } from '../random.ts'

/**
 * The ground plan of 青港市: a lattice of streets, bent until it looks grown. Lattice coordinates (u, v) count columns to
 * the east and rows to the north; metres lie on a plane around the middle of the city.
 *
 * The middle lies in the open Yellow Sea, some 90 km off the nearest coast: no real street, firm or shop is there.
 */
export const middle: Point = { lon: 120.8, lat: 34.65 }

export const lattice = { west: -20, east: 20, south: -17, north: 17, columnMetres: 460, rowMetres: 450 } as const
/** How far the land goes beyond the outermost streets, in columns and rows. */
export const rim = { west: -20.6, east: 20.3, south: -17.6, north: 17.6 } as const

/** Street lines by their column or row. */
export const outerRing = { column: 14, row: 12 } as const
export const innerRing = { column: 5, row: 5 } as const
export const arterialColumns = [-17, -11, -8, -5, -2, 2, 5, 8, 11, 17, 20]
export const arterialRows = [-15, -9, -7, -5, -2, 2, 5, 7, 9, 15]

const metresPerDegreeLat = 111_195
const metresPerDegreeLon = metresPerDegreeLat * Math.cos((middle.lat * Math.PI) / 180)

export interface Metres {
  readonly x: number
  readonly y: number
}

/** Where the coast boulevard runs, in metres east of the middle. */
const coastMetres = (y: number): number => 9100 + 900 * Math.sin(y / 3800 + 0.6) + 320 * Math.sin(y / 1300)

/** Plane of a lattice coordinate: the eastern columns stretch to the coast, western corners are rounded, everything is bent a little. */
export function planeOf(u: number, v: number): Metres {
  const across = u / lattice.east
  const up = v / lattice.north
  const y0 = v * lattice.rowMetres
  let x = u * lattice.columnMetres
  let y = y0
  if (u > 0) x *= 1 + (coastMetres(y0) / (lattice.east * lattice.columnMetres) - 1) * across ** 2
  const [long, short] = [Math.max(Math.abs(across), Math.abs(up)), Math.min(Math.abs(across), Math.abs(up))]
  const corner = long === 0 ? 0 : 0.13 * (short / long) ** 3 * Math.min(1, long * 1.4)
  x *= 1 - (u < 0 ? corner : 0)
  y *= 1 - corner * (u < 0 ? 1 : 0.4)
  return { x: x + 260 * Math.sin(y0 / 3300 + 1), y: y + 480 * Math.sin(x / 4200) }
}

export const pointOf = ({ x, y }: Metres): Point => ({ lon: round6(middle.lon + x / metresPerDegreeLon), lat: round6(middle.lat + y / metresPerDegreeLat) })
export const metresOf = ({ lon, lat }: Point): Metres => ({ x: (lon - middle.lon) * metresPerDegreeLon, y: (lat - middle.lat) * metresPerDegreeLat })

const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

const unit = (seed: number, ...path: (string | number)[]): number => hashOf(seed, ...path) / 2 ** 31 - 1

/** Crossing of a column and a row; side streets waver more than main ones. */
export function crossing(seed: number, u: number, v: number): Metres {
  const { x, y } = planeOf(u, v)
  const isMain = arterialColumns.includes(u) || arterialRows.includes(v) || Math.abs(u) === outerRing.column || Math.abs(v) === outerRing.row
  const waver = isMain ? 14 : 42
  return { x: x + waver * unit(seed, 'x', u, v), y: y + waver * unit(seed, 'y', u, v) }
}

/** Middle of the river 澄江 at a column, in rows. */
export const riverRow = (u: number): number => -3.5 + 0.17 * Math.sin(u * 0.45)

/** The outline of a lattice rectangle, fine enough to follow the bends. */
export function outline(box: { west: number; east: number; south: number | 'river'; north: number | 'river' }): Metres[] {
  const rowAt = (edge: number | 'river', u: number): number => (edge === 'river' ? riverRow(u) : edge)
  const columns = steps(box.west, box.east)
  const south = columns.map((u) => planeOf(u, rowAt(box.south, u)))
  const north = columns.map((u) => planeOf(u, rowAt(box.north, u))).reverse()
  const east = steps(rowAt(box.south, box.east), rowAt(box.north, box.east)).slice(1, -1).map((v) => planeOf(box.east, v))
  const west = steps(rowAt(box.south, box.west), rowAt(box.north, box.west)).slice(1, -1).map((v) => planeOf(box.west, v)).reverse()
  return [...south, ...east, ...north, ...west]
}

/** From a to b in about half steps, both ends included. */
export function steps(a: number, b: number): number[] {
  const count = Math.max(1, Math.round(Math.abs(b - a) * 2))
  return Array.from({ length: count + 1 }, (_, at) => a + ((b - a) * at) / count)
}
