import type { VehicleEvent } from '../../events/index.ts'
import { isFault, readObservedAt, summariseFaults } from '../observed-at.ts'
import type { Fault } from '../observed-at.ts'
import { DecodeFailure } from '../wire/index.ts'
import { flags } from './answers.ts'
import type { Flag } from './answers.ts'
import type { RealtimePayload, VehicleLoginPayload } from './commands/index.ts'
import { decodePayload } from './describe-frame.ts'
import type { Frame } from './frame.ts'
import { eventsOfRealtime } from './to-events.ts'

/** What a request of a known vehicle means: its facts, its fault, the flag of its answer. */
export interface Meaning {
  readonly events: readonly VehicleEvent[]
  readonly fault: Fault | null
  readonly flag: Flag
}

export const commands = { login: 0x01, realtime: 0x02, reissue: 0x03, logout: 0x04, platformLogin: 0x05, platformLogout: 0x06, heartbeat: 0x07, timeSync: 0x08 } as const

const plainText = 1

const faulty = (fault: Fault, flag: Flag): Meaning => ({ events: [], fault, flag })

/** Login and logout carry the device's time; when that is no moment, ours counts. */
const sessionEvent = (change: 'logged-in' | 'logged-out', time: string, now: number, detail: string): VehicleEvent => {
  const observedAt = readObservedAt(time, now)
  return { kind: 'terminal-session', observedAt: isFault(observedAt) ? now : observedAt, change, detail }
}

const readers: Readonly<Record<number, (payload: unknown, now: number) => { readonly events: readonly VehicleEvent[]; readonly faults: readonly Fault[] }>> = {
  [commands.login]: (payload, now) => {
    const { time, iccid } = payload as VehicleLoginPayload
    return { events: [sessionEvent('logged-in', time, now, iccid)], faults: [] }
  },
  [commands.realtime]: (payload, now) => eventsOfRealtime(payload as RealtimePayload, now, false),
  [commands.reissue]: (payload, now) => eventsOfRealtime(payload as RealtimePayload, now, true),
  [commands.logout]: (payload, now) => ({ events: [sessionEvent('logged-out', (payload as { readonly time: string }).time, now, '')], faults: [] }),
}

/** Reads a request. `now` is only used to tell plausible times. */
export function meaningOf(frame: Frame, now: number): Meaning {
  const read = readers[frame.command]
  if (!read) return faulty({ code: 'command-unsupported', message: `command ${frame.command}` }, flags.failed)
  if (frame.encryption !== plainText) return faulty({ code: 'data-encrypted', message: `encryption ${frame.encryption}` }, flags.notDecrypted)
  try {
    const { events, faults } = read(decodePayload(frame), now)
    // A wrong clock or an unknown unit does not get better by sending it again: what is kept as a fault is acknowledged.
    return { events, fault: summariseFaults(faults, faults.length), flag: flags.ok }
  } catch (failure) {
    if (failure instanceof DecodeFailure) return faulty({ code: failure.code, message: failure.message }, flags.badStructure)
    throw failure
  }
}
