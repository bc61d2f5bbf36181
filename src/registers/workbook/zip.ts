import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { ProblemError } from '../../base/problems.ts'
import { workbookProblem as problem } from '../problems.ts'

/** One file of an archive, still compressed. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly size: number
  readonly raw: Uint8Array
}

const limits = { entries: 10_000, streamedBytes: 2 ** 30, wholeBytes: 256 * 2 ** 20, ratio: 500, ratioFromBytes: 64 * 2 ** 20 } as const

export const damaged = (reason: string): ProblemError => new ProblemError(problem('workbook-damaged', { reason }), 422)

const oleMagic = 'd0cf11e0a1b11ae1'

/** Refuses what is no zip archive with the sentence that helps: old .xls, an encrypted workbook, a CSV, a cut-off upload. */
function refuseOtherFormats(bytes: Buffer): void {
  if (bytes.subarray(0, 8).toString('hex') === oleMagic) {
    const isEncrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new ProblemError(problem(isEncrypted ? 'workbook-encrypted' : 'workbook-old-format'), 422)
  }
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50) throw new ProblemError(problem('workbook-not-xlsx'), 422)
}

function findDirectory(bytes: Buffer): { count: number; offset: number } {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1) {
    if (bytes.readUInt32LE(at) === 0x06054b50) return { count: bytes.readUInt16LE(at + 10), offset: bytes.readUInt32LE(at + 16) }
  }
  throw damaged('文件不完整，缺少结尾的目录')
}

/** Reads the central directory of an .xlsx; throws ProblemError (422) for anything that is not one or is damaged. Names are unique, the last wins. */
export function openZip(source: Uint8Array): Map<string, ZipEntry> {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  refuseOtherFormats(bytes)
  const { count, offset } = findDirectory(bytes)
  if (count > limits.entries) throw damaged(`含 ${count} 个部件`)
  const entries = new Map<string, ZipEntry>()
  let at = offset
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw damaged('目录损坏')
    const [nameLength, extraLength, commentLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)]
    const [compressed, size, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 42)]
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x04034b50) throw damaged(`部件 ${name} 找不到`)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    if (start + compressed > bytes.length) throw damaged(`部件 ${name} 不完整`)
    if (bytes.readUInt16LE(at + 8) & 1) throw new ProblemError(problem('workbook-encrypted'), 422)
    entries.set(name, { name, method: bytes.readUInt16LE(at + 10), crc: bytes.readUInt32LE(at + 16), size, raw: bytes.subarray(start, start + compressed) })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

const tooLarge = (part: string, limitBytes: number): ProblemError => new ProblemError(problem('workbook-too-large', { part, limitMegabytes: Math.round(limitBytes / 2 ** 20) }), 413)

/** Unpacked bytes piece by piece; a bomb is stopped while it unpacks, whatever size the archive claims. */
export async function* unpacked(entry: ZipEntry, limitBytes: number = limits.streamedBytes): AsyncGenerator<Buffer> {
  if (entry.method !== 0 && entry.method !== 8) throw damaged(`部件 ${entry.name} 用了不认识的压缩方式`)
  const source: AsyncIterable<Buffer> = entry.method === 0 ? Readable.from([Buffer.from(entry.raw)]) : Readable.from([entry.raw]).pipe(createInflateRaw({ chunkSize: 128 * 1024 }))
  let total = 0
  let crc = 0
  const pieces = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        throw damaged(`部件 ${entry.name} 解压失败（${(error as Error).message}）`)
      })
      if (next.done) break
      total += next.value.length
      if (total > limitBytes || (total > limits.ratioFromBytes && total > entry.raw.length * limits.ratio)) throw tooLarge(entry.name, limitBytes)
      crc = crc32(next.value, crc)
      yield next.value
    }
  } finally {
    await pieces.return?.()
  }
  if (crc !== entry.crc) throw damaged(`部件 ${entry.name} 校验不符`)
}

const textBytes = 32 * 1024

/** The same as text (UTF-8), in pieces of 32 KiB. */
export async function* unpackedText(entry: ZipEntry, limitBytes?: number): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (piece?: Buffer): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch {
      throw damaged(`部件 ${entry.name} 不是 UTF-8 文本`)
    }
  }
  // Short texts die young; long ones would wait for a full collection and pile up.
  for await (const piece of unpacked(entry, limitBytes)) for (let at = 0; at < piece.length; at += textBytes) yield decode(piece.subarray(at, at + textBytes))
  const rest = decode()
  if (rest) yield rest
}

/** A small part as one text. */
export async function wholeText(entry: ZipEntry, limitBytes: number = limits.wholeBytes): Promise<string> {
  let text = ''
  for await (const piece of unpackedText(entry, limitBytes)) text += piece
  return text
}
