import Pbf from 'pbf'
import type { Tags } from './way-signs.ts'

/** What a reader of a block gets to see; ids are OSM's, coordinates degrees. Absent ones are not decoded. */
export interface BlockVisitor {
  node?(id: number, lon: number, lat: number): void
  taggedNode?(id: number, tags: Tags): void
  way?(id: number, refs: readonly number[], tags: Tags): void
  relation?(id: number, members: readonly Member[], tags: Tags): void
}

export interface Member {
  readonly kind: 'node' | 'way' | 'relation'
  readonly id: number
  readonly role: string
}

const memberKinds = ['node', 'way', 'relation'] as const
const nano = 1e-9

interface Block {
  readonly strings: string[]
  readonly groups: Uint8Array[]
  granularity: number
  lonOffset: number
  latOffset: number
}

/** Walks a PrimitiveBlock (osmformat.proto). Throws on broken bytes. */
export function visitBlock(data: Uint8Array, visitor: BlockVisitor): void {
  const block = new Pbf(data).readFields(readBlockField, { strings: [], groups: [], granularity: 100, lonOffset: 0, latOffset: 0 } as Block)
  for (const group of block.groups) {
    new Pbf(group).readFields((tag, _, pbf) => {
      if (tag === 1) visitPlainNode(pbf, block, visitor)
      else if (tag === 2) visitDense(pbf.readBytes(), block, visitor)
      else if (tag === 3 && visitor.way) visitWay(pbf.readBytes(), block, visitor)
      else if (tag === 4 && visitor.relation) visitRelation(pbf.readBytes(), block, visitor)
    }, null)
  }
}

function readBlockField(tag: number, block: Block, pbf: Pbf): void {
  if (tag === 1) pbf.readMessage((field, strings: string[], inner) => void (field === 1 && strings.push(inner.readString())), block.strings)
  else if (tag === 2) block.groups.push(pbf.readBytes())
  else if (tag === 17) block.granularity = pbf.readVarint()
  else if (tag === 19) block.latOffset = pbf.readVarint(true)
  else if (tag === 20) block.lonOffset = pbf.readVarint(true)
}

function tagsFrom(strings: readonly string[], keys: readonly number[], values: readonly number[]): Tags {
  const tags = new Map<string, string>()
  keys.forEach((key, at) => tags.set(stringAt(strings, key), stringAt(strings, values[at] ?? -1)))
  return tags
}

function stringAt(strings: readonly string[], at: number): string {
  const text = strings[at]
  if (text === undefined) throw new Error(`字符串表中没有第 ${at} 项`)
  return text
}

/** A node outside DenseNodes. */
function visitPlainNode(pbf: Pbf, { strings, granularity, lonOffset, latOffset }: Block, visitor: BlockVisitor): void {
  const node = pbf.readMessage((tag, found, inner) => {
    if (tag === 1) found.id = inner.readSVarint()
    else if (tag === 2) inner.readPackedVarint(found.keys)
    else if (tag === 3) inner.readPackedVarint(found.values)
    else if (tag === 8) found.lat = inner.readSVarint()
    else if (tag === 9) found.lon = inner.readSVarint()
  }, { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] })
  visitor.node?.(node.id, nano * (lonOffset + granularity * node.lon), nano * (latOffset + granularity * node.lat))
  if (node.keys.length > 0) visitor.taggedNode?.(node.id, tagsFrom(strings, node.keys, node.values))
}

/** Delta-coded columns; coordinates are read in step, so that no array of the whole block is made. */
function visitDense(bytes: Uint8Array, { strings, granularity, lonOffset, latOffset }: Block, visitor: BlockVisitor): void {
  const columns = new Pbf(bytes).readFields((tag, found, pbf) => {
    if (tag === 1) found.ids = pbf.readBytes()
    else if (tag === 8) found.lats = pbf.readBytes()
    else if (tag === 9) found.lons = pbf.readBytes()
    else if (tag === 10 && visitor.taggedNode) found.tags = pbf.readBytes()
  }, { ids: new Uint8Array() as Uint8Array, lats: new Uint8Array() as Uint8Array, lons: new Uint8Array() as Uint8Array, tags: new Uint8Array() as Uint8Array })
  if (!visitor.node && columns.tags.length === 0) return
  const [ids, lats, lons, tags] = [new Pbf(columns.ids), new Pbf(columns.lats), new Pbf(columns.lons), new Pbf(columns.tags)]
  let [id, lat, lon] = [0, 0, 0]
  while (ids.pos < ids.length) {
    id += ids.readSVarint()
    if (visitor.node) {
      if (lats.pos >= lats.length || lons.pos >= lons.length) throw new Error('节点坐标少于节点数')
      lat += lats.readSVarint()
      lon += lons.readSVarint()
      visitor.node(id, nano * (lonOffset + granularity * lon), nano * (latOffset + granularity * lat))
    }
    if (tags.pos < tags.length) {
      const [keys, values]: [number[], number[]] = [[], []]
      for (let key = tags.readVarint(); key !== 0; key = tags.readVarint()) {
        keys.push(key)
        values.push(tags.readVarint())
      }
      if (keys.length > 0) visitor.taggedNode?.(id, tagsFrom(strings, keys, values))
    }
  }
}

function visitWay(bytes: Uint8Array, { strings }: Block, visitor: BlockVisitor): void {
  const way = new Pbf(bytes).readFields((tag, found, pbf) => {
    if (tag === 1) found.id = pbf.readVarint(true)
    else if (tag === 2) pbf.readPackedVarint(found.keys)
    else if (tag === 3) pbf.readPackedVarint(found.values)
    else if (tag === 8) pbf.readPackedSVarint(found.refs)
  }, { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] })
  let ref = 0
  visitor.way?.(way.id, way.refs.map((delta) => (ref += delta)), tagsFrom(strings, way.keys, way.values))
}

function visitRelation(bytes: Uint8Array, { strings }: Block, visitor: BlockVisitor): void {
  const relation = new Pbf(bytes).readFields((tag, found, pbf) => {
    if (tag === 1) found.id = pbf.readVarint(true)
    else if (tag === 2) pbf.readPackedVarint(found.keys)
    else if (tag === 3) pbf.readPackedVarint(found.values)
    else if (tag === 8) pbf.readPackedVarint(found.roles)
    else if (tag === 9) pbf.readPackedSVarint(found.members)
    else if (tag === 10) pbf.readPackedVarint(found.kinds)
  }, { id: 0, keys: [] as number[], values: [] as number[], roles: [] as number[], members: [] as number[], kinds: [] as number[] })
  let id = 0
  const members = relation.members.map((delta, at): Member => ({ id: (id += delta), role: stringAt(strings, relation.roles[at] ?? -1), kind: memberKinds[relation.kinds[at] ?? 0] ?? 'relation' }))
  visitor.relation?.(relation.id, members, tagsFrom(strings, relation.keys, relation.values))
}
