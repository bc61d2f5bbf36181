import { deflateSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import Pbf from 'pbf'

/** A made-up extract: nodes on a plane of metres around a point in the open sea, ways, restrictions. Written as a real `.osm.pbf`. */
export interface MadeUpExtract {
  readonly nodes: readonly { readonly id: number; readonly x: number; readonly y: number; readonly tags?: Readonly<Record<string, string>> }[]
  readonly ways: readonly { readonly id: number; readonly refs: readonly number[]; readonly tags: Readonly<Record<string, string>> }[]
  readonly relations?: readonly { readonly id: number; readonly tags: Readonly<Record<string, string>>; readonly members: readonly (readonly [kind: 'node' | 'way', id: number, role: string])[] }[]
}

const middle = { lon: 120.8, lat: 34.65 }
const metresPerLat = 111_195
const metresPerLon = metresPerLat * Math.cos((middle.lat * Math.PI) / 180)
export const pointAt = (x: number, y: number) => ({ lon: middle.lon + x / metresPerLon, lat: middle.lat + y / metresPerLat })

/** How the file is written: to try what others write. */
export interface Writing {
  readonly dense?: boolean
  readonly packing?: 'zlib' | 'raw' | 'lzma'
  readonly requiredFeatures?: readonly string[]
}

const fieldOfPacking = { raw: 1, zlib: 3, lzma: 4 } as const
const memberKinds = { node: 0, way: 1 } as const

function blob(type: string, data: Uint8Array, packing: NonNullable<Writing['packing']>): Buffer {
  const body = new Pbf()
  if (packing !== 'raw') body.writeVarintField(2, data.length)
  body.writeBytesField(fieldOfPacking[packing], packing === 'zlib' ? deflateSync(data) : data)
  const bytes = body.finish()
  const header = new Pbf()
  header.writeStringField(1, type)
  header.writeVarintField(3, bytes.length)
  const head = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, bytes])
}

class Strings {
  readonly list = ['']
  of(text: string): number {
    const known = this.list.indexOf(text)
    return known >= 0 ? known : this.list.push(text) - 1
  }
}

const deltas = (values: readonly number[]): number[] => values.map((value, at) => value - (values[at - 1] ?? 0))
const nano = (degrees: number): number => Math.round(degrees * 1e7)

function writeNodes(group: Pbf, { nodes }: MadeUpExtract, strings: Strings, dense: boolean): void {
  const points = nodes.map(({ x, y }) => pointAt(x, y))
  if (!dense) {
    nodes.forEach(({ id, tags = {} }, at) => group.writeMessage(1, (_: null, pbf: Pbf) => {
      pbf.writeSVarintField(1, id)
      pbf.writePackedVarint(2, Object.keys(tags).map((each) => strings.of(each)))
      pbf.writePackedVarint(3, Object.values(tags).map((each) => strings.of(each)))
      pbf.writeSVarintField(8, nano(points[at]!.lat))
      pbf.writeSVarintField(9, nano(points[at]!.lon))
    }, null))
    return
  }
  group.writeMessage(2, (_: null, pbf: Pbf) => {
    pbf.writePackedSVarint(1, deltas(nodes.map((each) => each.id)))
    pbf.writePackedSVarint(8, deltas(points.map((each) => nano(each.lat))))
    pbf.writePackedSVarint(9, deltas(points.map((each) => nano(each.lon))))
    pbf.writePackedVarint(10, nodes.flatMap(({ tags = {} }) => [...Object.entries(tags).flatMap(([key, value]) => [strings.of(key), strings.of(value)]), 0]))
  }, null)
}

function writeWays(group: Pbf, { ways }: MadeUpExtract, strings: Strings): void {
  for (const { id, refs, tags } of ways) group.writeMessage(3, (_: null, pbf: Pbf) => {
    pbf.writeVarintField(1, id)
    pbf.writePackedVarint(2, Object.keys(tags).map((each) => strings.of(each)))
    pbf.writePackedVarint(3, Object.values(tags).map((each) => strings.of(each)))
    pbf.writePackedSVarint(8, deltas(refs))
  }, null)
}

function writeRelations(group: Pbf, { relations = [] }: MadeUpExtract, strings: Strings): void {
  for (const { id, tags, members } of relations) group.writeMessage(4, (_: null, pbf: Pbf) => {
    pbf.writeVarintField(1, id)
    pbf.writePackedVarint(2, Object.keys(tags).map((each) => strings.of(each)))
    pbf.writePackedVarint(3, Object.values(tags).map((each) => strings.of(each)))
    pbf.writePackedVarint(8, members.map(([, , role]) => strings.of(role)))
    pbf.writePackedSVarint(9, deltas(members.map(([, member]) => member)))
    pbf.writePackedVarint(10, members.map(([kind]) => memberKinds[kind]))
  }, null)
}

function dataBlock(extract: MadeUpExtract, write: (group: Pbf, extract: MadeUpExtract, strings: Strings) => void): Uint8Array {
  const strings = new Strings()
  const group = new Pbf()
  write(group, extract, strings)
  const bytes = group.finish()
  const block = new Pbf()
  block.writeMessage(1, (_: null, pbf: Pbf) => {
    for (const text of strings.list) pbf.writeStringField(1, text)
  }, null)
  block.writeBytesField(2, bytes)
  return block.finish()
}

/** The bytes of a made-up extract, one blob a kind of thing, as planet files are sorted. */
export function encodeExtract(extract: MadeUpExtract, { dense = true, packing = 'zlib', requiredFeatures = ['OsmSchema-V0.6', 'DenseNodes'] }: Writing = {}): Buffer {
  const header = new Pbf()
  for (const feature of requiredFeatures) header.writeStringField(4, feature)
  return Buffer.concat([
    blob('OSMHeader', header.finish(), packing === 'lzma' ? 'zlib' : packing),
    blob('OSMData', dataBlock(extract, (group, each, strings) => writeNodes(group, each, strings, dense)), packing),
    blob('OSMData', dataBlock(extract, writeWays), packing),
    blob('OSMData', dataBlock(extract, writeRelations), packing),
  ])
}

export const writeExtract = (file: string, extract: MadeUpExtract, writing?: Writing): void => writeFileSync(file, encodeExtract(extract, writing))

export const nodeId = (column: number, row: number): number => column * 100 + row + 1

/** A lattice of two-way streets, 100 m apart: node x·100 + y + 1 at column x and row y; way 1000 + … along rows, 2000 + … up columns. */
export function lattice(columns: number, rows: number, tagsOf: (way: { isRow: boolean; column: number; row: number }) => Readonly<Record<string, string>> = () => ({})): MadeUpExtract {
  const nodes = Array.from({ length: columns * rows }, (_, at) => ({ id: nodeId(Math.floor(at / rows), at % rows), x: Math.floor(at / rows) * 100, y: (at % rows) * 100 }))
  const ways: { id: number; refs: number[]; tags: Readonly<Record<string, string>> }[] = []
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const add = (id: number, to: readonly [number, number], isRow: boolean): void => void ways.push({ id: id + column * 100 + row, refs: [nodeId(column, row), nodeId(...to)], tags: { highway: 'residential', name: isRow ? `横${row}路` : `纵${column}街`, ...tagsOf({ isRow, column, row }) } })
      if (column + 1 < columns) add(10_000, [column + 1, row], true)
      if (row + 1 < rows) add(20_000, [column, row + 1], false)
    }
  }
  return { nodes, ways }
}
