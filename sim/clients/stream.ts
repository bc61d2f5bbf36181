import { addDays } from '../../src/base/time.ts'
import type { Reading } from '../fleet/index.ts'

/** Where a stream stands: the reading to come next. */
export interface Place {
  readonly day: string
  readonly index: number
}

/** A few readings that travel in one frame. */
export interface Parcel {
  readonly stream: Stream
  readonly from: Place
  readonly to: Place
  readonly readings: readonly Reading[]
  /** read in a dead spot and sent after it */
  readonly isLate: boolean
}

/** Where a stream's readings come from. */
export interface DaySource {
  /** readings of a day's block in order of time */
  readingsOf(day: string): readonly Reading[]
  /** when the block of a day is over, epoch ms */
  endOf(day: string): number
}

/** One vehicle's readings in sending order, from a place on; ends before `endDay`, or never. */
export class Stream {
  readonly #source: DaySource
  readonly #endDay: string | undefined
  readonly #firstDay: string
  #next: Place
  #confirmed: Place
  readonly #underWay: { parcel: Parcel; done: boolean }[] = []
  #day = ''
  #readings: readonly Reading[] = []

  constructor({ source, from, firstDay, endDay }: { source: DaySource; from: Place; firstDay: string; endDay?: string }) {
    this.#source = source
    this.#endDay = endDay
    this.#firstDay = firstDay
    this.#next = from
    this.#confirmed = from
  }

  /** Everything before this place was acknowledged. */
  get confirmed(): Place {
    return this.#confirmed
  }

  get isFinished(): boolean {
    return this.#isOver(this.#confirmed.day)
  }

  /** All that was due at `now` is acknowledged. */
  isCaughtUp(now: number): boolean {
    return this.#underWay.length === 0 && this.#due(now) === undefined
  }

  /** Share of the way to `endDay` or to the day `today`, 0–1. */
  shareDone(today: string): number {
    const days = (a: string, b: string): number => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000)
    const whole = days(this.#firstDay, this.#endDay ?? today)
    return whole <= 0 ? 1 : Math.min(1, Math.max(0, days(this.#firstDay, this.#confirmed.day) / whole))
  }

  /** The next readings that can be sent by `now`, at most `limit`; undefined when nothing is due. */
  take(now: number, limit: number): Parcel | undefined {
    const first = this.#due(now)
    if (!first) return undefined
    const { day, index } = this.#next
    const isLate = first.sendAt > first.at
    let end = index + 1
    while (end < this.#readings.length && end - index < limit && this.#readings[end]!.sendAt <= now && this.#readings[end]!.sendAt > this.#readings[end]!.at === isLate) end++
    const parcel: Parcel = { stream: this, from: this.#next, to: { day, index: end }, readings: this.#readings.slice(index, end), isLate }
    this.#next = parcel.to
    this.#underWay.push({ parcel, done: false })
    return parcel
  }

  /** A parcel was acknowledged; the confirmed place moves as far as there are no holes. */
  confirm(parcel: Parcel): void {
    const entry = this.#underWay.find((each) => each.parcel === parcel)
    if (!entry) return
    entry.done = true
    while (this.#underWay[0]?.done) this.#confirmed = this.#underWay.shift()!.parcel.to
    // Days that were over meanwhile are over for good.
    if (this.#underWay.length === 0) this.#confirmed = this.#next
  }

  /** Forgets what is under way: it will be taken again. */
  rewind(): void {
    this.#underWay.length = 0
    this.#next = this.#confirmed
  }

  #isOver(day: string): boolean {
    return this.#endDay !== undefined && day >= this.#endDay
  }

  /** The reading at the next place when it can be sent by now; moves over the end of days that are past. */
  #due(now: number): Reading | undefined {
    for (;;) {
      const { day, index } = this.#next
      if (this.#isOver(day)) return undefined
      if (day !== this.#day) {
        this.#day = day
        this.#readings = inSendingOrder(this.#source.readingsOf(day))
      }
      const reading = this.#readings[index]
      if (reading) return reading.sendAt <= now ? reading : undefined
      if (this.#source.endOf(day) > now) return undefined
      this.#next = { day: addDays(day, 1), index: 0 }
      if (this.#underWay.length === 0) this.#confirmed = this.#next
    }
  }
}

const inSendingOrder = (readings: readonly Reading[]): readonly Reading[] =>
  readings.some((reading) => reading.sendAt > reading.at) ? [...readings].sort((a, b) => a.sendAt - b.sendAt || a.at - b.at) : readings
