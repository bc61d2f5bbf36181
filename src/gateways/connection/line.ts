import type { Socket } from 'node:net'
import type { Budget } from './budget.ts'
import type { Conversation, Handled } from './conversation.ts'

/** A place in the row of answers: they leave in the order the frames came in, whichever becomes durable first. */
interface Slot {
  bytes: Uint8Array | null
  ready: boolean
}

export interface LineLimits {
  /** frames being made durable at a time; the socket rests when there are more */
  readonly window: number
  /** bytes outside of any frame after which an unknown peer is taken for a stranger */
  readonly junkBytes: number
}

/**
 * One socket and its conversation: reading, pipelining, answering in order, backpressure.
 * At any moment it keeps one chunk cut into pieces, `window` frames under way, and the answers the peer has not read.
 */
export class Line<Piece> {
  readonly socket: Socket
  readonly #conversation: Conversation<Piece>
  readonly #limits: LineLimits
  readonly #budget: Budget
  readonly #onError: (error: unknown) => void
  readonly #wake = (): void => void this.#pump()
  #waiting: readonly Piece[] = []
  #next = 0
  #slots: Slot[] = []
  /** places of the budget this line holds */
  #places = 0
  #pumping = false
  #flushing = false
  #isFull = false
  /** no more frames are taken up */
  #isEnding = false
  /** nothing more will come; when all is answered the socket ends */
  #isDraining = false

  constructor(socket: Socket, conversation: Conversation<Piece>, options: { readonly limits: LineLimits; readonly budget: Budget; readonly onError: (error: unknown) => void }) {
    this.socket = socket
    this.#conversation = conversation
    this.#limits = options.limits
    this.#budget = options.budget
    this.#onError = options.onError
    socket.on('drain', () => {
      this.#isFull = false
      void this.#pump()
    })
  }

  /** Frames that wait or are being made durable. */
  get underWay(): number {
    return this.#waiting.length - this.#next + this.#slots.length
  }

  /** Takes the next bytes from the socket. */
  receive(chunk: Uint8Array): void {
    if (this.#isEnding) return
    const pieces = this.#conversation.split(chunk)
    if (!this.#conversation.isTrusted && this.#conversation.droppedBytes > this.#limits.junkBytes) {
      this.socket.destroy()
      return
    }
    // The socket rests until all pieces of a chunk are taken up, so nothing is waiting here except after a late event.
    this.#waiting = this.#next < this.#waiting.length ? [...this.#waiting.slice(this.#next), ...pieces] : pieces
    this.#next = 0
    void this.#pump()
  }

  tick(now: number): void {
    const unasked = this.#conversation.tick(now)
    if (unasked && !this.socket.destroyed) this.socket.write(unasked)
  }

  /** No more frames are taken up; those under way are answered, then the socket ends. */
  finish(): void {
    this.#isEnding = true
    this.#waiting = []
    this.#next = 0
    this.socket.pause()
    this.drain()
  }

  /** The peer has said all it has to say: what it sent is still taken up and answered, then the socket ends. */
  drain(): void {
    this.#isDraining = true
    if (this.underWay === 0 && !this.#pumping) this.socket.end()
  }

  /** The socket is gone. What is under way becomes durable all the same; only its answers have nowhere to go. */
  close(): void {
    this.#isEnding = true
    this.#budget.forget(this.#wake)
    this.#conversation.close()
  }

  /** Takes up waiting pieces as long as the window and the peer allow. */
  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    try {
      while (this.#mayTakeUp() && this.#budget.take(this.#wake)) {
        this.#places++
        const handled = this.#conversation.handle(this.#waiting[this.#next++]!)
        this.#answerWhenDurable(handled instanceof Promise ? await handled : handled)
      }
    } catch (error) {
      // Ours, not the peer's: this connection ends, every other one goes on.
      this.#onError(error)
      this.#giveBack(this.#places - this.#slots.length)
      this.socket.destroy()
    } finally {
      this.#pumping = false
    }
    if (this.#isEnding) return
    if (this.#isDraining) this.drain()
    else if (this.#next < this.#waiting.length || this.#slots.length >= this.#limits.window || this.#isFull) this.socket.pause()
    else this.socket.resume()
  }

  #mayTakeUp(): boolean {
    return this.#next < this.#waiting.length && this.#slots.length < this.#limits.window && !this.#isFull && !this.socket.destroyed
  }

  #giveBack(count: number): void {
    this.#places -= count
    this.#budget.give(count)
  }

  #answerWhenDurable({ durable, answer, refusal }: Handled): void {
    const slot: Slot = { bytes: answer, ready: durable === null }
    this.#slots.push(slot)
    const settle = (bytes: Uint8Array | null) => {
      slot.bytes = bytes
      slot.ready = true
      this.#scheduleFlush()
    }
    if (durable === null) this.#scheduleFlush()
    else {
      durable.then(
        () => settle(answer),
        (error: unknown) => {
          this.#onError(error)
          settle(refusal?.() ?? null)
        },
      )
    }
  }

  /** Many frames become durable with one commit: their answers leave with one write. */
  #scheduleFlush(): void {
    if (this.#flushing) return
    this.#flushing = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#flushing = false
    let count = 0
    while (count < this.#slots.length && this.#slots[count]!.ready) count++
    const answers = this.#slots.splice(0, count).flatMap((slot) => slot.bytes ?? [])
    this.#giveBack(count)
    if (this.socket.destroyed) return
    if (answers.length > 0 && !this.socket.write(answers.length === 1 ? answers[0]! : Buffer.concat(answers))) this.#isFull = true
    if (this.#isEnding) this.drain()
    else void this.#pump()
  }
}
