import { crc32, deflateRawSync } from 'node:zlib'
import type { ZipEntry } from './zip.ts'

/** A new or changed part, deflated. */
export function packed(name: string, content: string | Uint8Array): ZipEntry {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  return { name, method: 8, crc: crc32(bytes), size: bytes.length, raw: deflateRawSync(bytes) }
}

const utf8Names = 0x0800
/** 1980-01-01: the earliest day a zip knows; the archive's bytes depend on nothing but its content. */
const dosDate = 0x0021

/** An archive of these parts; untouched parts keep their compressed bytes as they were. */
export function writeZip(entries: Iterable<ZipEntry>): Buffer {
  const pieces: Uint8Array[] = []
  const directory: Buffer[] = []
  let offset = 0
  let count = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8')
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(utf8Names, 6)
    local.writeUInt16LE(entry.method, 8)
    local.writeUInt16LE(dosDate, 12)
    local.writeUInt32LE(entry.crc, 14)
    local.writeUInt32LE(entry.raw.length, 18)
    local.writeUInt32LE(entry.size, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(20, 4)
    local.copy(central, 6, 4, 30)
    central.writeUInt32LE(offset, 42)
    pieces.push(local, name, entry.raw)
    directory.push(central, name)
    offset += 30 + name.length + entry.raw.length
    count += 1
  }
  const directoryBytes = directory.reduce((sum, each) => sum + each.length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(directoryBytes, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, ...directory, end])
}
