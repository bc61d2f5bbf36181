import type { Header } from './header.ts'

/** One part of a sub-packaged message as it came: its body, its bytes on the wire, its header. */
export interface Part {
  readonly header: Header
  readonly body: Uint8Array
  readonly bytes: Uint8Array
}

export interface ReassemblyLimits {
  /** unfinished messages of one connection */
  readonly messages: number
  /** parts of one message */
  readonly parts: number
  /** bytes kept for one connection */
  readonly bytes: number
  /** after this long without its last part a message is asked for again, then given up */
  readonly patienceMs: number
  /** how often it is asked for before that */
  readonly requests: number
}

export const defaultReassemblyLimits: ReassemblyLimits = { messages: 16, parts: 1024, bytes: 1_048_576, patienceMs: 60_000, requests: 2 }

export type PartVerdict =
  | { readonly kind: 'kept' }
  /** all parts, in order */
  | { readonly kind: 'whole'; readonly parts: readonly Part[] }
  /** it came again after its message was whole */
  | { readonly kind: 'repeated'; readonly durable: Promise<void> }
  | { readonly kind: 'refused'; readonly reason: string }

interface Unfinished {
  readonly first: Part
  readonly parts: Map<number, Part>
  bytes: number
  touchedAt: number
  requests: number
}

/** What a look at the clock brought up: parts to ask for, messages given up. */
export interface Overdue {
  readonly ask: readonly { readonly header: Header; readonly firstSerial: number; readonly missing: readonly number[] }[]
  readonly givenUp: readonly { readonly header: Header; readonly parts: readonly Part[]; readonly missing: readonly number[] }[]
}

const serials = 65_536
const longestRequest = 125

/** Parts of one message have consecutive serials, so the serial of the first one is known from any of them. */
const firstSerialOf = (header: Header): number => (header.serial - (header.packageNo ?? 1) + 1 + serials) % serials
const keyOf = (header: Header): string => `${header.phone}/${header.msgId}/${header.packageTotal}/${firstSerialOf(header)}`

/**
 * Puts sub-packaged messages together, in any order of their parts, within bounds of count, bytes and time.
 * The oldest unfinished message makes room for a new one.
 */
export class Reassembler {
  readonly #limits: ReassemblyLimits
  readonly #unfinished = new Map<string, Unfinished>()
  /** whole messages whose parts may come again because our answer was late */
  readonly #finished = new Map<string, { readonly at: number; readonly durable: Promise<void> }>()
  #bytes = 0
  /** messages dropped for want of room */
  dropped = 0

  constructor(limits: ReassemblyLimits) {
    this.#limits = limits
  }

  get unfinishedBytes(): number {
    return this.#bytes
  }

  /** Takes a part in. A part that is already there is dropped. */
  add(part: Part, now: number): PartVerdict {
    const { packageTotal: total = 0, packageNo: number = 0 } = part.header
    if (number < 1 || number > total) return { kind: 'refused', reason: `part ${number} of ${total}` }
    if (total > this.#limits.parts) return { kind: 'refused', reason: `${total} parts, at most ${this.#limits.parts} are kept` }
    const key = keyOf(part.header)
    const finished = this.#finished.get(key)
    if (finished) return { kind: 'repeated', durable: finished.durable }
    const message = this.#unfinished.get(key) ?? this.#begin(key, part, now)
    if (!message.parts.has(number)) {
      message.parts.set(number, part)
      message.bytes += part.bytes.length
      this.#bytes += part.bytes.length
    }
    message.touchedAt = now
    if (message.parts.size < total) {
      this.#makeRoom(key)
      return this.#unfinished.has(key) ? { kind: 'kept' } : { kind: 'refused', reason: `more than ${this.#limits.bytes} bytes` }
    }
    this.#forget(key)
    return { kind: 'whole', parts: Array.from({ length: total }, (_, at) => message.parts.get(at + 1)!) }
  }

  /** Remembers for a while that the message of these parts is done, so that repeated parts are answered and not collected again. */
  settle(header: Header, now: number, durable: Promise<void>): void {
    this.#finished.set(keyOf(header), { at: now, durable })
    if (this.#finished.size > this.#limits.messages) this.#finished.delete(this.#finished.keys().next().value!)
  }

  /** The message could not be made durable: its parts may be sent again and start afresh. */
  unsettle(header: Header): void {
    this.#finished.delete(keyOf(header))
  }

  /** Messages that have waited too long. */
  check(now: number): Overdue {
    const ask: Overdue['ask'][number][] = []
    const givenUp: Overdue['givenUp'][number][] = []
    for (const [key, message] of this.#unfinished) {
      if (now - message.touchedAt < this.#limits.patienceMs) continue
      const { header } = message.first
      const missing = Array.from({ length: header.packageTotal ?? 0 }, (_, at) => at + 1).filter((number) => !message.parts.has(number))
      if (message.requests < this.#limits.requests) {
        message.requests++
        message.touchedAt = now
        ask.push({ header, firstSerial: firstSerialOf(header), missing: missing.slice(0, longestRequest) })
      } else {
        givenUp.push({ header, parts: [...message.parts.values()], missing })
        this.#forget(key)
        this.dropped++
      }
    }
    for (const [key, { at }] of this.#finished) if (now - at >= this.#limits.patienceMs) this.#finished.delete(key)
    return { ask, givenUp }
  }

  #begin(key: string, first: Part, now: number): Unfinished {
    const message: Unfinished = { first, parts: new Map(), bytes: 0, touchedAt: now, requests: 0 }
    this.#unfinished.set(key, message)
    return message
  }

  #makeRoom(newest: string): void {
    while (this.#unfinished.size > this.#limits.messages || this.#bytes > this.#limits.bytes) {
      const oldest = [...this.#unfinished.keys()].find((key) => key !== newest) ?? newest
      this.#forget(oldest)
      this.dropped++
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#unfinished.get(key)?.bytes ?? 0
    this.#unfinished.delete(key)
  }
}
