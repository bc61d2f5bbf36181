import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { inflateSync, zstdDecompressSync } from 'node:zlib'
import Pbf from 'pbf'
import { ProblemError } from '../../../base/problems.ts'
import { roadProblem } from '../problems.ts'

/** Limits of the format (wiki.openstreetmap.org/wiki/PBF_Format): anything larger is no extract. */
const headerLimit = 64 * 1024
const blobLimit = 32 * 1024 * 1024

const knownFeatures = new Set(['OsmSchema-V0.6', 'DenseNodes'])

export interface Blob {
  readonly type: string
  /** where it begins in the file */
  readonly offset: number
  readonly data: Uint8Array
}

const damaged = (file: string, offset: number, reason: string): ProblemError => new ProblemError(roadProblem('roads-extract-damaged', { file, offset, reason }))
const unsupported = (file: string, feature: string): ProblemError => new ProblemError(roadProblem('roads-extract-unsupported', { file, feature }))

/** The data blobs of an extract one after another, never more than one in memory; throws problems about what cannot be read. */
export function* readBlobs(file: string): Generator<Blob> {
  const descriptor = openFile(file)
  try {
    const { size } = fstatSync(descriptor)
    let offset = 0
    let isFirst = true
    const read = (length: number): Buffer => {
      if (offset + length > size) throw damaged(file, offset, `应有 ${length} 字节，只剩 ${size - offset}`)
      const bytes = Buffer.allocUnsafe(length)
      if (readSync(descriptor, bytes, 0, length, offset) !== length) throw damaged(file, offset, '读取不足')
      offset += length
      return bytes
    }
    if (size === 0) throw damaged(file, 0, '文件为空')
    while (offset < size) {
      const start = offset
      const headerLength = read(4).readUInt32BE()
      if (headerLength === 0 || headerLength > headerLimit) throw damaged(file, start, '不是数据块的开头')
      const header = attempt(file, start, () => decodeHeader(read(headerLength)))
      if (isFirst && header.type !== 'OSMHeader') throw damaged(file, start, '缺少文件头 OSMHeader')
      if (header.size <= 0 || header.size > blobLimit) throw damaged(file, start, `数据块长度 ${header.size} 不可能`)
      const data = attempt(file, start, () => unpack(file, read(header.size)))
      if (header.type === 'OSMHeader') checkFeatures(file, start, data)
      else if (header.type === 'OSMData') yield { type: header.type, offset: start, data }
      isFirst = false
    }
  } finally {
    closeSync(descriptor)
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r')
  } catch (error) {
    throw new ProblemError(roadProblem('roads-file-unreadable', { file, reason: (error as Error).message }))
  }
}

/** Decodes; whatever the decoder throws about broken bytes becomes a problem with their place. */
export function attempt<Result>(file: string, offset: number, decode: () => Result): Result {
  try {
    return decode()
  } catch (error) {
    throw error instanceof ProblemError ? error : damaged(file, offset, (error as Error).message)
  }
}

function decodeHeader(bytes: Uint8Array): { type: string; size: number } {
  return new Pbf(bytes).readFields((tag, header, pbf) => {
    if (tag === 1) header.type = pbf.readString()
    else if (tag === 3) header.size = pbf.readVarint()
  }, { type: '', size: 0 })
}

/** How blobs are packed, by field number. */
const packings: Readonly<Record<number, ((packed: Uint8Array, size: number) => Uint8Array) | string>> = {
  1: (packed) => packed,
  3: (packed, size) => inflateSync(packed, { maxOutputLength: Math.max(size, 1) }),
  4: 'LZMA 压缩',
  5: 'bzip2 压缩',
  6: 'LZ4 压缩',
  7: (packed, size) => zstdDecompressSync(packed, { maxOutputLength: Math.max(size, 1) }),
}

function unpack(file: string, bytes: Uint8Array): Uint8Array {
  const blob = new Pbf(bytes).readFields((tag, found, pbf) => {
    if (tag === 2) found.size = pbf.readVarint()
    else if (tag === 1 || (tag >= 3 && tag <= 7)) {
      found.field = tag
      found.packed = pbf.readBytes()
    }
  }, { size: 0, field: 0, packed: new Uint8Array() as Uint8Array })
  const open = packings[blob.field]
  if (typeof open === 'string') throw unsupported(file, open)
  if (!open || blob.size > blobLimit) throw new Error('数据块内容无法识别')
  const data = open(blob.packed, blob.size)
  if (blob.field !== 1 && data.length !== blob.size) throw new Error(`解压后应为 ${blob.size} 字节，实为 ${data.length}`)
  return data
}

function checkFeatures(file: string, offset: number, data: Uint8Array): void {
  const required = attempt(file, offset, () => new Pbf(data).readFields((tag, found, pbf) => void (tag === 4 && found.push(pbf.readString())), [] as string[]))
  const missing = required.find((feature) => !knownFeatures.has(feature))
  if (missing !== undefined) throw unsupported(file, missing)
}
