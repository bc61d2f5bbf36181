import { degreesFromMicro, kmhFromTenths, metresFromTenthsOfKm } from '../../base/units.ts'
import type { PositionEvent } from '../../events/index.ts'
import { isFault, readObservedAt } from '../observed-at.ts'
import type { Fault } from '../observed-at.ts'
import type { PositionBatchBody } from './messages/0704-position-batch.ts'
import type { PositionBody } from './messages/position.ts'

/** Status bits of JT/T 808 table 24. */
const statusBits = { ignition: 0, fixValid: 1, south: 2, west: 3, encrypted: 5 } as const
const loadShift = 8
const loadStates = ['empty', 'half', null, 'full'] as const

const hasBit = (flags: number, bit: number): boolean => ((flags >>> bit) & 1) === 1

/** The sign is in the status; some devices put it into the number instead. */
const signed = (raw: number, isNegative: boolean): number => degreesFromMicro(isNegative && raw > 0 ? -raw : raw)

const signedAltitude = (raw: number): number => (raw > 0x7fff ? raw - 0x10000 : raw)

/**
 * A position of the standard → a position of ours: WGS-84 degrees, km/h, metres, an instant; or the fault that keeps it out.
 * Behind this line no word of JT/T 808 survives.
 */
export function positionEvent(body: PositionBody, now: number, backfilled: boolean): PositionEvent | Fault {
  const observedAt = readObservedAt(body.time, now)
  if (isFault(observedAt)) return observedAt
  const { status } = body
  if (hasBit(status, statusBits.encrypted)) return { code: 'position-encrypted', message: 'latitude and longitude are encrypted (status bit 5)' }
  const lat = signed(body.latitude, hasBit(status, statusBits.south))
  const lon = signed(body.longitude, hasBit(status, statusBits.west))
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return { code: 'position-implausible', message: `latitude ${lat}, longitude ${lon}` }
  const odometer = body.extras?.['01']
  return {
    kind: 'position',
    observedAt,
    lon,
    lat,
    altitudeMetres: signedAltitude(body.altitude),
    speedKmh: kmhFromTenths(body.speed),
    directionDegrees: body.direction % 360,
    odometerMetres: typeof odometer === 'number' ? metresFromTenthsOfKm(odometer) : null,
    // Devices without a fix send 0, 0 and sometimes forget to say so.
    fixValid: hasBit(status, statusBits.fixValid) && (lat !== 0 || lon !== 0),
    ignitionOn: hasBit(status, statusBits.ignition),
    loadState: loadStates[(status >>> loadShift) & 3] ?? null,
    alarmFlags: body.alarm,
    backfilled,
  }
}

/** Events of one message and the faults of what had to be left out. */
export interface Yield {
  readonly events: readonly PositionEvent[]
  readonly faults: readonly Fault[]
  /** items the message had */
  readonly items: number
}

const blindArea = 1

export function eventsOfPosition(body: PositionBody, now: number): Yield {
  const event = positionEvent(body, now, false)
  return isFault(event) ? { events: [], faults: [event], items: 1 } : { events: [event], faults: [], items: 1 }
}

/** The positions of a batch; those re-sent from a blind area are marked as backfilled. */
export function eventsOfBatch(batch: PositionBatchBody, now: number): Yield {
  const events: PositionEvent[] = []
  const faults: Fault[] = []
  for (const item of batch.items) {
    const event = positionEvent(item, now, batch.type === blindArea)
    if (isFault(event)) faults.push(event)
    else events.push(event)
  }
  if (batch.items.length < batch.total) faults.push({ code: 'batch-incomplete', message: `says ${batch.total} positions, holds ${batch.items.length}` })
  return { events, faults, items: Math.max(batch.total, batch.items.length) }
}
