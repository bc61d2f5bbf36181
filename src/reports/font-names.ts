import { closeSync, openSync, readSync } from 'node:fs'

/** Reads `length` bytes at `position`; short at the end of the file. */
type ReadAt = (position: number, length: number) => Buffer

const trueTypeCollection = 'ttcf'
const familyNameIds = new Set([1, 16])
/** No name table is longer; a damaged length must not cost memory. */
const longestTable = 1 << 20

/**
 * Family names of a font file (TTF, OTF or every face of a TTC), as its `name` table gives them in any language.
 * @returns an empty list for a file that is no font
 */
export function readFontFamilies(path: string): string[] {
  const file = openSync(path, 'r')
  try {
    const readAt: ReadAt = (position, length) => {
      const buffer = Buffer.alloc(Math.min(length, longestTable))
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, position))
    }
    return [...new Set(faceOffsets(readAt).flatMap((offset) => familiesOfFace(readAt, offset)))]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  } finally {
    closeSync(file)
  }
}

function faceOffsets(readAt: ReadAt): number[] {
  const head = readAt(0, 12)
  if (head.toString('latin1', 0, 4) !== trueTypeCollection) return [0]
  const count = Math.min(head.readUInt32BE(8), 64)
  const offsets = readAt(12, count * 4)
  return Array.from({ length: count }, (_, index) => offsets.readUInt32BE(index * 4))
}

function familiesOfFace(readAt: ReadAt, faceOffset: number): string[] {
  const tableCount = readAt(faceOffset + 4, 2).readUInt16BE(0)
  const directory = readAt(faceOffset + 12, tableCount * 16)
  for (let entry = 0; entry < tableCount; entry++) {
    if (directory.toString('latin1', entry * 16, entry * 16 + 4) !== 'name') continue
    return namesOf(readAt(directory.readUInt32BE(entry * 16 + 8), directory.readUInt32BE(entry * 16 + 12)))
  }
  return []
}

function namesOf(table: Buffer): string[] {
  const count = table.readUInt16BE(2)
  const strings = table.readUInt16BE(4)
  const names: string[] = []
  for (let index = 0; index < count; index++) {
    const record = 6 + index * 12
    const platform = table.readUInt16BE(record)
    if (!familyNameIds.has(table.readUInt16BE(record + 6))) continue
    const start = strings + table.readUInt16BE(record + 10)
    const bytes = table.subarray(start, start + table.readUInt16BE(record + 8))
    names.push(platform === 1 ? bytes.toString('latin1') : Buffer.from(bytes).swap16().toString('utf16le'))
  }
  return names
}
