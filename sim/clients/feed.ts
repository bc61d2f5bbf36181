import type { ParcelSource } from './device.ts'
import type { Parcel, Stream } from './stream.ts'

/** Data not older than this are sent as they come, one a frame. */
const freshMs = 120_000

/** What one device sends: its recent stream first, the older one when it may. */
export class Feed implements ParcelSource {
  readonly recent: Stream
  readonly older: Stream | undefined
  readonly #clock: () => number
  readonly #mayLayOlder: () => boolean
  readonly #isInUse: (now: number) => boolean

  constructor(given: { recent: Stream; older: Stream | undefined; clock: () => number; mayLayOlder: () => boolean; isInUse: (now: number) => boolean }) {
    this.recent = given.recent
    this.older = given.older
    this.#clock = given.clock
    this.#mayLayOlder = given.mayLayOlder
    this.#isInUse = given.isInUse
  }

  next(mostReadings: number): { parcel: Parcel; isFresh: boolean } | undefined {
    const now = this.#clock()
    const recent = this.recent.take(now, mostReadings)
    if (recent) return { parcel: recent, isFresh: !recent.isLate && recent.readings.length === 1 && now - recent.readings[0]!.at < freshMs }
    const older = this.#mayLayOlder() ? this.older?.take(now, mostReadings) : undefined
    return older && { parcel: older, isFresh: false }
  }

  confirm(parcel: Parcel): void {
    parcel.stream.confirm(parcel)
  }

  rewind(): void {
    this.recent.rewind()
    this.older?.rewind()
  }

  /** A vehicle in use keeps its line; one that is not yet or no more has it only while something is left to send. */
  isWanted(): boolean {
    const now = this.#clock()
    return this.#isInUse(now) || !this.recent.isCaughtUp(now) || (this.#mayLayOlder() && this.older !== undefined && !this.older.isCaughtUp(now))
  }
}
