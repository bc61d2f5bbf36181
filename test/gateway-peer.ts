import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { FactSink, FrameEvents } from '../src/events/index.ts'

interface Splitter {
  push(chunk: Uint8Array): readonly { readonly bytes: Uint8Array }[]
}

/** A device at the other end of a real socket: sends bytes, collects the frames that come back. */
export class Peer {
  readonly socket: Socket
  readonly received: Uint8Array[] = []
  #wake: () => void = () => undefined

  private constructor(socket: Socket, splitter: Splitter) {
    this.socket = socket
    socket.on('data', (chunk) => {
      this.received.push(...splitter.push(chunk).map((each) => Uint8Array.from(each.bytes)))
      this.#wake()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => this.#wake())
  }

  static async connect(port: number, splitter: Splitter): Promise<Peer> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    await once(socket, 'connect')
    return new Peer(socket, splitter)
  }

  send(...frames: Uint8Array[]): void {
    this.socket.write(Buffer.concat(frames))
  }

  /** Sends the bytes in chunks of `size`, each in its own packet as far as the system allows. */
  async sendCut(bytes: Uint8Array, size: number): Promise<void> {
    for (let at = 0; at < bytes.length; at += size) {
      this.socket.write(bytes.subarray(at, at + size))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Waits until `count` frames have come in all, and returns them; throws when the connection closes or ten seconds pass before. */
  async waitFor(count: number): Promise<readonly Uint8Array[]> {
    const end = performance.now() + 10_000
    while (this.received.length < count) {
      if (this.socket.closed) throw new Error(`closed after ${this.received.length} of ${count} frames`)
      if (performance.now() > end) throw new Error(`only ${this.received.length} of ${count} frames after ten seconds`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return this.received
  }

  async waitForClose(): Promise<void> {
    // A reset is also an end.
    if (!this.socket.closed) await new Promise((resolve) => this.socket.once('close', resolve))
  }

  end(): void {
    this.socket.destroy()
  }
}

/** A fact store in memory that can be slow or fail on purpose. */
export class MemorySink implements FactSink {
  readonly frames: FrameEvents[] = []
  #held: (() => void)[] | null = null
  #failures = 0
  /** frames handed over and not yet durable */
  underWay = 0
  mostUnderWay = 0

  async record(frame: FrameEvents): Promise<void> {
    this.underWay++
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay)
    try {
      if (this.#held) await new Promise<void>((resolve) => this.#held!.push(resolve))
      if (this.#failures > 0) {
        this.#failures--
        throw new Error('the disk is full')
      }
      // The bytes are views into the socket's chunk; a store writes them, a test keeps them.
      this.frames.push({ ...frame, bytes: Uint8Array.from(frame.bytes) })
    } finally {
      this.underWay--
    }
  }

  /** From now on nothing becomes durable until `release`. */
  hold(): void {
    this.#held = []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const go of held) go()
  }

  failNext(count: number): void {
    this.#failures = count
  }

  get events() {
    return this.frames.flatMap((frame) => frame.events)
  }

  get faults(): readonly string[] {
    return this.frames.flatMap((frame) => frame.fault?.code ?? [])
  }
}
