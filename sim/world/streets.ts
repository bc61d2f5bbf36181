import type { StreetClass } from '../../src/city/network/index.ts'
import { randomOf } from '../random.ts'
import { columnName, ringNames, rowName } from './names.ts'
import { arterialColumns, arterialRows, crossing, innerRing, lattice, outerRing, planeOf, riverRow, type Metres } from './plane.ts'

/** A piece of street between two crossings of the lattice. */
export interface StreetPiece {
  readonly line: `u${number}` | `v${number}`
  readonly from: Metres
  readonly to: Metres
  /** lattice coordinates of its middle */
  readonly u: number
  readonly v: number
  readonly name: string
  readonly class: StreetClass
  readonly bridge: boolean
  readonly tunnel: boolean
}

/** Columns without a bridge over the 澄江. */
const bridgeless = [-17, -11, 11]
/** The hill 塔山 in lattice coordinates; one main street goes through it in a tunnel. */
export const hill = { u: -11, v: 6, columns: 2.2, rows: 0.95 } as const
export const parks = [
  { name: '中央公园', west: -1.9, east: 0.95, south: 2.1, north: 3.95 },
  { name: '望江公园', west: 3.05, east: 4.95, south: -2.95, north: -2.05 },
  { name: '新屿湿地', west: 15.1, east: 18.9, south: -11.9, north: -9.1 },
  { name: '青岚植物园', west: -4.9, east: -2.1, south: 9.1, north: 10.9 },
] as const

const isInHill = (u: number, v: number): boolean => ((u - hill.u) / hill.columns) ** 2 + ((v - hill.v) / hill.rows) ** 2 < 1
const isInPark = (u: number, v: number): boolean => parks.some((park) => u > park.west && u < park.east && v > park.south && v < park.north)

function classOf(isColumn: boolean, line: number, u: number, v: number): StreetClass {
  const [ring, along] = isColumn ? [outerRing.column, Math.abs(v) <= outerRing.row] : [outerRing.row, Math.abs(u) <= outerRing.column]
  if (Math.abs(line) === ring) return along ? 'expressway' : 'secondary'
  if ((isColumn ? arterialColumns : arterialRows).includes(line)) return 'arterial'
  return Math.abs(line) % 3 === 0 ? 'secondary' : 'local'
}

function nameOf(isColumn: boolean, line: number, u: number, v: number, streetClass: StreetClass): string {
  if (streetClass === 'expressway') return ringNames.outer
  const isInnerRing = isColumn ? Math.abs(line) === innerRing.column && Math.abs(v) <= innerRing.row : Math.abs(line) === innerRing.row && Math.abs(u) <= innerRing.column
  if (isInnerRing) return ringNames.inner
  const isMain = (isColumn ? arterialColumns : arterialRows).includes(line)
  return isColumn ? columnName(line - lattice.west, isMain) : rowName(line - lattice.south, isMain)
}

/** Share of side streets that were never built, by how far out they lie. */
function missingShare(u: number, v: number, streetClass: StreetClass): number {
  if (streetClass === 'expressway' || streetClass === 'arterial') return 0
  const outside = Math.max(Math.abs(u) / outerRing.column, Math.abs(v) / outerRing.row)
  const share = outside < 0.5 ? 0.07 : outside < 1 ? 0.24 : 0.62
  return streetClass === 'secondary' ? share / 3 : share
}

function pieceAt(seed: number, isColumn: boolean, line: number, at: number): StreetPiece | undefined {
  const [fromU, fromV, toU, toV] = isColumn ? [line, at, line, at + 1] : [at, line, at + 1, line]
  const [u, v] = [(fromU + toU) / 2, (fromV + toV) / 2]
  const streetClass = classOf(isColumn, line, u, v)
  const isMain = streetClass === 'expressway' || streetClass === 'arterial'
  const bridge = isColumn && at === Math.floor(riverRow(line))
  if (bridge && (!isMain || bridgeless.includes(line))) return undefined
  const isTunnel = isInHill(u, v) && isMain
  if (isInHill(u, v) && !isMain) return undefined
  if (isInPark(u, v) && !isMain) return undefined
  if (randomOf(seed, 'piece', isColumn ? 'u' : 'v', line, at).next() < missingShare(u, v, streetClass)) return undefined
  const ends = { from: crossing(seed, fromU, fromV), to: crossing(seed, toU, toV) }
  return { line: isColumn ? `u${line}` : `v${line}`, ...ends, u, v, name: nameOf(isColumn, line, u, v, streetClass), class: streetClass, bridge, tunnel: isTunnel }
}

/** All pieces of the city's streets that hang together, line by line. */
export function layStreets(seed: number): StreetPiece[] {
  const pieces: StreetPiece[] = []
  const add = (piece: StreetPiece | undefined): void => void (piece && pieces.push(piece))
  for (let u = lattice.west; u <= lattice.east; u++) for (let v = lattice.south; v < lattice.north; v++) add(pieceAt(seed, true, u, v))
  for (let v = lattice.south; v <= lattice.north; v++) for (let u = lattice.west; u < lattice.east; u++) add(pieceAt(seed, false, v, u))
  return withoutIslands(withoutStubs(withoutStubs(pieces)))
}

const keyOf = ({ x, y }: Metres): string => `${x.toFixed(2)},${y.toFixed(2)}`

/** Drops side streets that end nowhere. */
function withoutStubs(pieces: readonly StreetPiece[]): StreetPiece[] {
  const degree = new Map<string, number>()
  for (const piece of pieces) for (const end of [piece.from, piece.to]) degree.set(keyOf(end), (degree.get(keyOf(end)) ?? 0) + 1)
  return pieces.filter((piece) => piece.class !== 'local' || (degree.get(keyOf(piece.from))! > 1 && degree.get(keyOf(piece.to))! > 1))
}

/** Drops what cannot be reached from the middle of the city. */
function withoutIslands(pieces: readonly StreetPiece[]): StreetPiece[] {
  const meeting = new Map<string, StreetPiece[]>()
  for (const piece of pieces) for (const end of [piece.from, piece.to]) meeting.set(keyOf(end), [...(meeting.get(keyOf(end)) ?? []), piece])
  const start = pieces.find((piece) => piece.name === ringNames.inner)!
  const reached = new Set<StreetPiece>([start])
  const open = [start]
  for (let piece = open.pop(); piece; piece = open.pop()) {
    for (const end of [piece.from, piece.to]) {
      for (const next of meeting.get(keyOf(end))!) {
        if (reached.has(next)) continue
        reached.add(next)
        open.push(next)
      }
    }
  }
  return pieces.filter((piece) => reached.has(piece))
}

/** The middle line of the river from its source at the western rim to the sea, and half its width, in metres. */
export function riverLine(): { point: Metres; halfWidthMetres: number }[] {
  return Array.from({ length: 83 }, (_, at) => {
    const u = -20.6 + at * 0.5
    return { point: planeOf(u, riverRow(u)), halfWidthMetres: 62 + Math.max(0, u) * 1.2 }
  })
}
