import type { VehicleEvent } from '../../events/index.ts'
import { summariseFaults } from '../observed-at.ts'
import type { Fault } from '../observed-at.ts'
import { results } from './answers.ts'
import type { Result } from './answers.ts'
import { idText, readBody } from './describe-frame.ts'
import type { Frame } from './frame.ts'
import type { PositionBatchBody } from './messages/0704-position-batch.ts'
import { findMessage } from './messages/index.ts'
import type { PositionBody } from './messages/position.ts'
import { eventsOfBatch, eventsOfPosition } from './to-events.ts'
import type { Yield } from './to-events.ts'

/** What a message of an authenticated terminal means: its facts, its fault, and how it is answered. */
export interface Meaning {
  readonly events: readonly VehicleEvent[]
  readonly fault: Fault | null
  readonly result: Result
  /** false for answers of the terminal, which are not answered again */
  readonly isAnswered: boolean
  /** false when there is nothing to keep: a heartbeat says only that the line is alive */
  readonly isKept: boolean
}

/** The bytes are kept and acknowledged, and nothing follows from them yet. */
export const keptAsBytes: Meaning = { events: [], fault: null, result: results.ok, isAnswered: true, isKept: true }

const faulty = (fault: Fault, result: Result): Meaning => ({ ...keptAsBytes, fault, result })

/** Messages that need no body. */
const simple: Readonly<Record<number, Meaning>> = {
  0x0001: { ...keptAsBytes, isAnswered: false, isKept: false },
  0x0002: { ...keptAsBytes, isKept: false },
}

/** Messages whose facts we take over. */
const sources: Readonly<Record<number, (body: unknown, now: number) => Yield>> = {
  0x0200: (body, now) => eventsOfPosition(body as PositionBody, now),
  0x0201: (body, now) => eventsOfPosition(body as PositionBody, now),
  0x0500: (body, now) => eventsOfPosition(body as PositionBody, now),
  0x0704: (body, now) => eventsOfBatch(body as PositionBatchBody, now),
}

const logoutId = 0x0003
const firstDownlinkId = 0x8000

/** Uplink messages with a table. Multimedia (0x0800, 0x0801) would need 0x8800 and a place for pictures: not taken. */
export const isSupported = (msgId: number): boolean => msgId < firstDownlinkId && msgId !== 0x0800 && msgId !== 0x0801 && findMessage(msgId) !== undefined

/** Reads a whole message. `now` is only used to tell plausible times. */
export function meaningOf(frame: Frame, now: number): Meaning {
  const { msgId, encryption } = frame.header
  const short = simple[msgId]
  if (short) return short
  if (!isSupported(msgId)) return faulty({ code: 'message-unsupported', message: `0x${idText(msgId)}` }, results.unsupported)
  if (encryption !== 0) return faulty({ code: 'body-encrypted', message: `encryption ${encryption}` }, results.unsupported)
  const { body, bodyProblem } = readBody(frame)
  if (bodyProblem) return faulty(bodyProblem, results.wrong)
  if (msgId === logoutId) return { ...keptAsBytes, events: [{ kind: 'terminal-session', observedAt: now, change: 'logged-out', detail: '' }] }
  const { events, faults, items } = sources[msgId]?.(body, now) ?? { events: [], faults: [], items: 0 }
  // A device with a wrong clock would send the same again for ever: what is kept as a fault is acknowledged.
  return { ...keptAsBytes, events, fault: summariseFaults(faults, items) }
}
