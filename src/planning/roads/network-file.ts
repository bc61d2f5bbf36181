import { readFileSync, writeFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { ProblemError } from '../../base/problems.ts'
import type { RoadNetwork } from './network.ts'
import { roadProblem } from './problems.ts'

/**
 * One file: `LVRD`, version, length and checksum of the rest (four little-endian u32), then a JSON header of the length that comes first,
 * padded to eight bytes, then the arrays one after another, each padded to eight bytes.
 */
export const networkMagic = 0x4452_564c
const version = 1
const prefixBytes = 16

const arrays = {
  lon: Float64Array, lat: Float64Array, first: Uint32Array, tail: Uint32Array, head: Uint32Array, twin: Int32Array, lengthMetres: Float64Array, durationMs: Uint32Array, roadClass: Uint8Array,
  isRoundabout: Uint8Array, nameOf: Uint32Array, signsOf: Uint32Array, shapeOf: Uint32Array, isReversed: Uint8Array, shapeFirst: Uint32Array, shapeLon: Float64Array, shapeLat: Float64Array,
} as const
const arrayNames = Object.keys(arrays) as (keyof typeof arrays)[]
const lists = ['names', 'classCodes', 'signs', 'barriers', 'turns', 'source'] as const

const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8

export function encodeNetwork(network: RoadNetwork): Buffer {
  const lengths = Object.fromEntries(arrayNames.map((name) => [name, network[name].length]))
  const header = Buffer.from(JSON.stringify({ lengths, ...Object.fromEntries(lists.map((name) => [name, network[name]])) }))
  const size = padded(8 + header.length) + arrayNames.reduce((sum, name) => sum + padded(network[name].byteLength), 0)
  const bytes = Buffer.alloc(prefixBytes + size)
  bytes.writeUInt32LE(header.length, prefixBytes)
  header.copy(bytes, prefixBytes + 8)
  let at = prefixBytes + padded(8 + header.length)
  for (const name of arrayNames) {
    const { buffer, byteOffset, byteLength } = network[name]
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += padded(byteLength)
  }
  for (const [index, value] of [networkMagic, version, size, crc32(bytes.subarray(prefixBytes))].entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}

/** Reads a network; throws `roads-file-damaged` or `roads-file-version`. */
export function decodeNetwork(bytes: Buffer, file: string): RoadNetwork {
  const damaged = (reason: string): ProblemError => new ProblemError(roadProblem('roads-file-damaged', { file, reason }))
  if (bytes.length < prefixBytes || bytes.readUInt32LE(0) !== networkMagic) throw damaged('不是绿配的路网文件')
  const found = bytes.readUInt32LE(4)
  if (found !== version) throw new ProblemError(roadProblem('roads-file-version', { file, version: found, expected: version }))
  const size = bytes.readUInt32LE(8)
  if (bytes.length !== prefixBytes + size) throw damaged(`应有 ${prefixBytes + size} 字节，实有 ${bytes.length}`)
  const body = bytes.subarray(prefixBytes)
  if (crc32(body) !== bytes.readUInt32LE(12)) throw damaged('校验和不符')
  const headerLength = body.readUInt32LE(0)
  const { lengths, ...rest } = JSON.parse(body.toString('utf8', 8, 8 + headerLength)) as { lengths: Record<string, number> } & Pick<RoadNetwork, (typeof lists)[number]>
  // A copy, because typed arrays want their own alignment, which a slice of a pooled buffer does not promise.
  const aligned = new Uint8Array(body.subarray(padded(8 + headerLength))).buffer
  let at = 0
  const columns = Object.fromEntries(arrayNames.map((name) => {
    const values = new arrays[name](aligned, at, lengths[name])
    at += padded(values.byteLength)
    return [name, values]
  }))
  return { ...(columns as unknown as Pick<RoadNetwork, (typeof arrayNames)[number]>), ...rest }
}

export const saveNetwork = (network: RoadNetwork, file: string): void => {
  try {
    writeFileSync(file, encodeNetwork(network))
  } catch (error) {
    throw new ProblemError(roadProblem('roads-file-unreadable', { file, reason: (error as Error).message }))
  }
}

export function loadNetwork(file: string): RoadNetwork {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new ProblemError(roadProblem('roads-file-unreadable', { file, reason: (error as Error).message }))
  }
  return decodeNetwork(bytes, file)
}
