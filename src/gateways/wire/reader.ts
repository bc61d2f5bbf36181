import { DecodeFailure } from './failure.ts'

/** A cursor over big-endian bytes. Every read checks its end, so a short body is a `body-malformed` failure and never a wrong number. */
export class ByteReader {
  readonly bytes: Uint8Array
  readonly end: number
  position: number

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = start
    this.end = end
  }

  /** Bytes not yet read. */
  get remaining(): number {
    return this.end - this.position
  }

  /** Moves past `count` bytes and returns where they began. */
  advance(count: number): number {
    const start = this.position
    if (start + count > this.end) {
      throw new DecodeFailure('body-malformed', `needs ${count} more bytes at offset ${start}, has ${this.end - start}`)
    }
    this.position = start + count
    return start
  }

  readUnsigned8(): number {
    return this.bytes[this.advance(1)]!
  }

  readUnsigned16(): number {
    const at = this.advance(2)
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!
  }

  readSigned32(): number {
    const at = this.advance(4)
    const bytes = this.bytes
    return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }

  readUnsigned32(): number {
    return this.readSigned32() >>> 0
  }

  /** A view, not a copy: valid as long as the frame's bytes are. */
  readBytes(count: number): Uint8Array {
    const at = this.advance(count)
    return this.bytes.subarray(at, at + count)
  }

  readRest(): Uint8Array {
    return this.readBytes(this.remaining)
  }

  /** A reader for the next `count` bytes; this one moves past them. */
  readPart(count: number): ByteReader {
    const at = this.advance(count)
    return new ByteReader(this.bytes, at, at + count)
  }
}
