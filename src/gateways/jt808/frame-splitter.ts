const delimiter = 0x7e

/** Longest frame the standard allows: 21 header bytes, 1023 body bytes and the check, all escaped, between two delimiters. */
export const longestFrameBytes = (21 + 1023 + 1) * 2 + 2

/** What the splitter found: a whole frame with its delimiters, or bytes that can no longer become one. */
export type SplitResult = { readonly kind: 'frame'; readonly bytes: Uint8Array } | { readonly kind: 'too-long'; readonly bytes: Uint8Array }

/**
 * Cuts a TCP stream into frames. Bytes before the first `7E` are dropped and counted; two `7E` in a row are the end of one
 * frame and the start of the next; an unfinished frame waits for more, never longer than the longest legal frame.
 * The frames are views into the chunk when they lie in one chunk.
 */
export class FrameSplitter {
  /** Bytes dropped because they were outside of any frame. */
  droppedBytes = 0
  private pending: Uint8Array | undefined

  /** Bytes of an unfinished frame, its opening delimiter included. */
  get pendingBytes(): number {
    return this.pending?.length ?? 0
  }

  /** Takes the next chunk and returns every frame that is complete with it, in order. */
  push(chunk: Uint8Array): SplitResult[] {
    const found: SplitResult[] = []
    const bytes = this.pending ? concatenate(this.pending, chunk) : chunk
    // The pending part holds no delimiter after its first byte, so the search for the closing one goes on behind it.
    let searchFrom = this.pending ? this.pending.length : 0
    let start = this.pending ? 0 : -1
    this.pending = undefined
    for (;;) {
      if (start === -1) {
        start = bytes.indexOf(delimiter, searchFrom)
        if (start === -1) {
          this.droppedBytes += bytes.length - searchFrom
          return found
        }
        this.droppedBytes += start - searchFrom
        searchFrom = start + 1
      }
      const close = bytes.indexOf(delimiter, searchFrom)
      const length = (close === -1 ? bytes.length : close + 1) - start
      if (length > longestFrameBytes) {
        found.push({ kind: 'too-long', bytes: bytes.slice(start, start + longestFrameBytes) })
        // Whatever closes it may as well open the next one.
        searchFrom = close === -1 ? bytes.length : close
        start = -1
        continue
      }
      if (close === -1) {
        this.pending = bytes.slice(start)
        return found
      }
      if (close === start + 1) {
        start = close
        searchFrom = close + 1
        continue
      }
      found.push({ kind: 'frame', bytes: bytes.subarray(start, close + 1) })
      searchFrom = close + 1
      start = -1
    }
  }
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}
