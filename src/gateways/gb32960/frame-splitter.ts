/** Start markers: `##` 2016, `$$` 2025. */
export type Edition = '2016' | '2025'

const startBytes: Readonly<Record<number, Edition>> = { 0x23: '2016', 0x24: '2025' }

/** Bytes around the data: 24 before, the check behind. */
export const headBytes = 24
export const overheadBytes = headBytes + 1

/** GB/T 32960.3 §6.2: the data have up to 65531 bytes. */
export const longestDataBytes = 65531

export type SplitResult =
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  /** a whole frame by its length, but its check is wrong; the search went on one byte behind its start */
  | { readonly kind: 'bad-check'; readonly bytes: Uint8Array }

/** Which edition a start marker at `at` stands for. */
export const findEdition = (bytes: Uint8Array, at: number): Edition | undefined =>
  bytes[at] === bytes[at + 1] ? startBytes[bytes[at] ?? -1] : undefined

/** XOR from the command to the last data byte. */
export function checkOf(bytes: Uint8Array, start: number, end: number): number {
  let check = 0
  for (let at = start; at < end; at++) check ^= bytes[at]!
  return check
}

/**
 * Cuts a TCP stream into frames by start marker and length. There is no escaping, so a marker may also lie inside of data:
 * after a bad check the search starts again one byte further, and a frame counts only when its check is right.
 */
export class FrameSplitter {
  droppedBytes = 0
  private pending: Uint8Array = new Uint8Array()

  get pendingBytes(): number {
    return this.pending.length
  }

  push(chunk: Uint8Array): SplitResult[] {
    const found: SplitResult[] = []
    const bytes = this.pending.length > 0 ? concatenate(this.pending, chunk) : chunk
    let at = 0
    while (at < bytes.length) {
      const start = findStart(bytes, at)
      this.droppedBytes += start - at
      at = start
      if (bytes.length - at < headBytes) break
      const length = (bytes[at + 22]! << 8) | bytes[at + 23]!
      if (length > longestDataBytes || !looksLikeHead(bytes, at)) {
        at++
        this.droppedBytes++
        continue
      }
      const end = at + overheadBytes + length
      if (end > bytes.length) break
      const frame = bytes.subarray(at, end)
      const isRight = checkOf(frame, 2, frame.length - 1) === frame[frame.length - 1]
      found.push({ kind: isRight ? 'frame' : 'bad-check', bytes: frame })
      at = isRight ? end : at + 1
    }
    this.pending = bytes.slice(at)
    return found
  }
}

/** Answer flags and encryptions the standard knows. Two equal bytes inside of data seldom pass this, so a false start seldom makes us wait. */
function looksLikeHead(bytes: Uint8Array, at: number): boolean {
  const ack = bytes[at + 3]!
  const encryption = bytes[at + 21]!
  return ((ack >= 1 && ack <= 7) || ack === 0xfe) && ((encryption >= 1 && encryption <= 5) || encryption >= 0xfe)
}

/** Where the next start marker is, or may be: a single `#` or `$` at the very end waits for the next chunk. */
function findStart(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (!startBytes[bytes[at]!]) continue
    if (at + 1 === bytes.length || findEdition(bytes, at)) return at
  }
  return bytes.length
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
