import { connect, type Socket } from 'node:net'
import type { Answer, Dialect, Letter } from './dialect.ts'
import { TurnedAway } from './dialect.ts'
import type { Parcel } from './stream.ts'

/** What a device sends and what became of it. */
export interface ParcelSource {
  /** the next parcel that can go now; undefined: nothing to send at the moment */
  next(mostReadings: number): { parcel: Parcel; isFresh: boolean } | undefined
  confirm(parcel: Parcel): void
  /** the line broke: unanswered parcels will be asked for again */
  rewind(): void
  /** worth having a connection at all */
  isWanted(): boolean
}

export interface DeviceCounts {
  frames: number
  readings: number
  refused: number
  reconnects: number
}

export interface DeviceOptions {
  readonly host: string
  readonly port: number
  readonly dialect: Dialect
  readonly source: ParcelSource
  /** real time, ms; the made-up clock may run faster */
  readonly realClock: () => number
  readonly counts: DeviceCounts
  readonly answerMs?: number
  readonly heartbeatMs?: number
  readonly firstBackoffMs?: number
}

const longestBackoffMs = 30_000
const goodbyeMs = 1000
/** A frame answered "failed" this often is given up, so that one bad frame cannot hold a vehicle for ever. */
const mostTries = 8

/** One connection of one vehicle: connects, greets, sends with a window, goes back and tries again when something breaks. */
export class Device {
  readonly #options: DeviceOptions
  #socket: Socket | undefined
  #isReady = false
  #isStopping = false
  #backoffMs: number
  #notBefore = 0
  #lastSentAt = 0
  #oldestAskedAt = 0
  #tries = new Map<string, number>()
  readonly #underWay = new Map<string, Parcel>()
  readonly #asked = new Map<string, (answer: Answer) => void>()

  constructor(options: DeviceOptions) {
    this.#options = options
    this.#backoffMs = options.firstBackoffMs ?? 200
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get waiting(): number {
    return this.#underWay.size
  }

  /** Sends what can go; called after every answer and about once a second. */
  pump(): void {
    const { source, realClock } = this.#options
    const now = realClock()
    if (this.#isStopping) return
    if (!this.#socket) {
      if (now >= this.#notBefore && source.isWanted()) this.#open()
      return
    }
    if (this.#isOverdue(now)) return this.#break()
    if (!this.#isReady) return
    this.#send(now)
    if (this.#underWay.size === 0 && !source.isWanted()) this.#leave()
    else if (now - this.#lastSentAt > (this.#options.heartbeatMs ?? 60_000)) this.#write(this.#options.dialect.heartbeat())
  }

  /** No more frames; waits a moment for the answers under way, says goodbye and closes. */
  async stop(graceMs = 2000): Promise<void> {
    this.#isStopping = true
    const until = this.#options.realClock() + graceMs
    while (this.#underWay.size > 0 && this.#socket && this.#options.realClock() < until) await new Promise((resolve) => setTimeout(resolve, 20))
    const socket = this.#socket
    this.#leave()
    if (!socket || socket.closed) return
    // The other side says goodbye as well, or it is too slow to wait for.
    await new Promise<void>((resolve) => {
      const tooLong = setTimeout(() => socket.destroy(), goodbyeMs)
      socket.once('close', () => {
        clearTimeout(tooLong)
        resolve()
      })
    })
  }

  #open(): void {
    const { host, port, dialect } = this.#options
    const socket = connect({ host, port, noDelay: true })
    const splitter = dialect.newSplitter()
    this.#socket = socket
    socket.on('connect', () => void this.#greet(socket))
    socket.on('data', (chunk) => {
      try {
        for (const piece of splitter.push(chunk)) if (piece.kind === 'frame' && socket === this.#socket) this.#hear(piece.bytes)
      } catch {
        // Whoever is there does not speak the protocol.
        if (socket === this.#socket) this.#break()
      }
      this.pump()
    })
    // 'close' follows every error.
    socket.on('error', () => undefined)
    socket.on('close', () => void (socket === this.#socket && this.#break()))
    this.#oldestAskedAt = this.#options.realClock()
  }

  async #greet(socket: Socket): Promise<void> {
    try {
      await this.#options.dialect.greet((letter) => {
        this.#oldestAskedAt = this.#options.realClock()
        const answered = new Promise<Answer>((resolve) => this.#asked.set(letter.key, resolve))
        socket.write(letter.bytes)
        return answered
      })
    } catch (error) {
      if (!(error instanceof TurnedAway)) throw error
      this.#options.counts.refused++
      if (socket === this.#socket) this.#break(longestBackoffMs)
      return
    }
    if (socket !== this.#socket) return
    this.#isReady = true
    this.#backoffMs = this.#options.firstBackoffMs ?? 200
    this.#lastSentAt = this.#options.realClock()
    this.pump()
  }

  #send(now: number): void {
    const { dialect, source, counts } = this.#options
    this.#socket!.cork()
    while (this.#underWay.size < dialect.window) {
      const next = source.next(dialect.mostReadings)
      if (!next) break
      const letter = dialect.letterOf(next.parcel, next.isFresh)
      if (this.#underWay.size === 0) this.#oldestAskedAt = now
      this.#underWay.set(letter.key, next.parcel)
      this.#write(letter)
      counts.frames++
    }
    this.#socket!.uncork()
  }

  #write(letter: Letter): void {
    this.#lastSentAt = this.#options.realClock()
    this.#socket?.write(letter.bytes)
  }

  #hear(bytes: Uint8Array): void {
    const { dialect, source, counts } = this.#options
    const answer = dialect.readAnswer(bytes)
    if (!answer) return
    const asked = this.#asked.get(answer.key)
    if (asked) {
      this.#asked.delete(answer.key)
      return asked(answer)
    }
    const parcel = this.#underWay.get(answer.key)
    if (!parcel) return
    this.#oldestAskedAt = this.#options.realClock()
    const place = `${parcel.from.day} ${parcel.from.index}`
    if (answer.verdict === 'again') {
      const tries = (this.#tries.get(place) ?? 0) + 1
      this.#tries.set(place, tries)
      if (tries < mostTries) return this.#break()
    }
    this.#tries.delete(place)
    this.#underWay.delete(answer.key)
    if (answer.verdict === 'taken') counts.readings += parcel.readings.length
    else counts.refused++
    source.confirm(parcel)
  }

  #isOverdue(now: number): boolean {
    return (this.#underWay.size > 0 || !this.#isReady) && now - this.#oldestAskedAt > (this.#options.answerMs ?? 60_000)
  }

  /** The line is of no use any more: forget what is under way and come back after a while. */
  #break(backoffMs?: number): void {
    this.#forget()?.destroy()
    this.#options.counts.reconnects++
    this.#notBefore = this.#options.realClock() + (backoffMs ?? this.#backoffMs)
    this.#backoffMs = Math.min(longestBackoffMs, this.#backoffMs * 2)
  }

  #leave(): void {
    const farewell = this.#isReady ? this.#options.dialect.farewell() : undefined
    const socket = this.#forget()
    if (farewell) socket?.write(farewell.bytes)
    socket?.end()
  }

  /** No line any more; what is under way will be taken again. */
  #forget(): Socket | undefined {
    const socket = this.#socket
    this.#socket = undefined
    this.#isReady = false
    this.#asked.clear()
    this.#underWay.clear()
    this.#options.source.rewind()
    return socket
  }
}
