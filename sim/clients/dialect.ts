import type { Parcel } from './stream.ts'

/** What the platform made of a frame: taken; try again later; never send that again. */
export type Verdict = 'taken' | 'again' | 'refused'

/** An answer and the frame it belongs to. */
export interface Answer {
  readonly key: string
  readonly verdict: Verdict
  /** of a registration */
  readonly authCode?: string
}

/** A frame and the key its answer will carry. */
export interface Letter {
  readonly key: string
  readonly bytes: Uint8Array
}

/** One protocol as a device speaks it on one connection. */
export interface Dialect {
  /** most readings a frame holds */
  readonly mostReadings: number
  /** frames sent before the first is answered */
  readonly window: number
  /** what is said before data flow; throws when the platform does not want us */
  greet(ask: (letter: Letter) => Promise<Answer>): Promise<void>
  letterOf(parcel: Pick<Parcel, 'readings' | 'isLate'>, isFresh: boolean): Letter
  heartbeat(): Letter
  /** said before leaving, if anything */
  farewell(): Letter | undefined
  /** cuts the stream of answers */
  newSplitter(): { push(chunk: Uint8Array): readonly { readonly kind: string; readonly bytes: Uint8Array }[] }
  /** undefined for what is no answer to us; throws for bytes that are no frame */
  readAnswer(bytes: Uint8Array): Answer | undefined
}

/** The platform does not want this device: trying again at once is no use. */
export class TurnedAway extends Error {}
