import { connect, type Socket } from 'node:net'
import type { Answer, Dialect, Letter } from '../clients/index.ts'
import { TurnedAway } from '../clients/index.ts'

/** What happened on all lines, in frames; latencies in ms from sending to the answer. */
export interface LoadCounts {
  sent: number
  acknowledged: number
  refused: number
  turnedAway: number
  broken: number
  /** readings in acknowledged frames */
  positions: number
  readonly latenciesMs: number[]
}

export interface LoadLineOptions {
  readonly host: string
  readonly port: number
  readonly dialect: Dialect
  readonly counts: LoadCounts
  /** monotonic ms */
  readonly now: () => number
  /** unanswered frames this line may have */
  readonly window: number
}

/** One connection of the load generator: counts and times every frame, sends none again. */
export class LoadLine {
  readonly #options: LoadLineOptions
  readonly #underWay = new Map<string, { sentAt: number; positions: number }>()
  readonly #asked = new Map<string, (answer: Answer) => void>()
  #socket: Socket | undefined
  #isReady = false

  constructor(options: LoadLineOptions) {
    this.#options = options
  }

  get hasRoom(): boolean {
    return this.#isReady && this.#underWay.size < this.#options.window
  }

  get unanswered(): number {
    return this.#underWay.size
  }

  /** Connects and greets; false when the platform does not want this terminal or nobody listens. */
  async open(): Promise<boolean> {
    const { host, port, dialect, counts } = this.#options
    const socket = connect({ host, port, noDelay: true })
    this.#socket = socket
    const splitter = dialect.newSplitter()
    socket.on('data', (chunk) => {
      try {
        for (const piece of splitter.push(chunk)) if (piece.kind === 'frame') this.#hear(piece.bytes)
      } catch {
        // Whoever is there does not speak the protocol.
        socket.destroy()
      }
    })
    const gone = new Promise<never>((_, reject) => {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        if (this.#isReady) counts.broken++
        this.#isReady = false
        reject(new TurnedAway('the line closed'))
      })
    })
    gone.catch(() => undefined)
    try {
      await Promise.race([gone, dialect.greet((letter) => new Promise((resolve) => {
        this.#asked.set(letter.key, resolve)
        socket.write(letter.bytes)
      }))])
      this.#isReady = true
    } catch (error) {
      if (!(error instanceof TurnedAway)) throw error
      counts.turnedAway++
      socket.destroy()
    }
    return this.#isReady
  }

  send(letter: Letter, positions: number): void {
    this.#underWay.set(letter.key, { sentAt: this.#options.now(), positions })
    this.#options.counts.sent++
    this.#socket!.write(letter.bytes)
  }

  close(): void {
    this.#isReady = false
    this.#socket?.end()
    this.#socket?.unref()
  }

  #hear(bytes: Uint8Array): void {
    const { dialect, counts, now } = this.#options
    const answer = dialect.readAnswer(bytes)
    if (!answer) return
    this.#asked.get(answer.key)?.(answer)
    this.#asked.delete(answer.key)
    const frame = this.#underWay.get(answer.key)
    if (!frame) return
    this.#underWay.delete(answer.key)
    if (answer.verdict === 'taken') {
      counts.acknowledged++
      counts.positions += frame.positions
      counts.latenciesMs.push(now() - frame.sentAt)
    } else counts.refused++
  }
}
