/** The reader's counterpart: appends big-endian values to a buffer that grows as needed. */
export class ByteWriter {
  private buffer: Uint8Array
  private length = 0

  constructor(capacity = 64) {
    this.buffer = new Uint8Array(capacity)
  }

  private reserve(count: number): number {
    const start = this.length
    const needed = start + count
    if (needed > this.buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.buffer.length * 2))
      grown.set(this.buffer)
      this.buffer = grown
    }
    this.length = needed
    return start
  }

  get size(): number {
    return this.length
  }

  writeUnsigned8(value: number): void {
    const at = this.reserve(1)
    this.buffer[at] = value
  }

  writeUnsigned16(value: number): void {
    const at = this.reserve(2)
    this.buffer[at] = value >>> 8
    this.buffer[at + 1] = value
  }

  writeUnsigned32(value: number): void {
    const at = this.reserve(4)
    this.buffer[at] = value >>> 24
    this.buffer[at + 1] = value >>> 16
    this.buffer[at + 2] = value >>> 8
    this.buffer[at + 3] = value
  }

  writeBytes(bytes: Uint8Array): void {
    // Reserve first: it may replace the buffer.
    const at = this.reserve(bytes.length)
    this.buffer.set(bytes, at)
  }

  /** Exactly `size` bytes: cut, or padded with 00 on the right. */
  writeFixed(bytes: Uint8Array, size: number): void {
    const at = this.reserve(size)
    this.buffer.set(bytes.subarray(0, size), at)
  }

  /** What was written so far; the writer may be used on without touching it. */
  toBytes(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }
}
