import { randomFillSync } from 'node:crypto'

/** A UUIDv7 branded with what it names, so that a vehicle's id is never passed for a node's. */
export type Id<Kind extends string> = string & { readonly __kind: Kind }

export type VehicleId = Id<'vehicle'>
export type FrameId = Id<'frame'>
export type PersonId = Id<'person'>
export type EntityId = Id<'entity'>
export type IndicatorValueId = Id<'indicator-value'>

const bytes = new Uint8Array(16 * 256)
let used = bytes.length
let lastMs = 0
let sequence = 0

const hex: string[] = Array.from({ length: 256 }, (_, each) => each.toString(16).padStart(2, '0'))

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, 12 bits counting up within the millisecond, 62 random bits.
 * Ids made by one process sort by time.
 */
export function newId<Kind extends string>(nowMs: number): Id<Kind> {
  if (used === bytes.length) {
    randomFillSync(bytes)
    used = 0
  }
  const b = bytes.subarray(used, used + 16)
  used += 16
  if (nowMs > lastMs) {
    lastMs = nowMs
    sequence = ((b[6]! & 0x07) << 8) | b[7]!
  } else if (++sequence > 0xfff) {
    lastMs += 1
    sequence = 0
  }
  const high = Math.floor(lastMs / 2 ** 16)
  b[0] = high >>> 24
  b[1] = high >>> 16
  b[2] = high >>> 8
  b[3] = high
  b[4] = lastMs >>> 8
  b[5] = lastMs
  b[6] = 0x70 | (sequence >>> 8)
  b[7] = sequence & 0xff
  b[8] = 0x80 | (b[8]! & 0x3f)
  const h = (from: number) => hex[b[from]!]!
  return `${h(0)}${h(1)}${h(2)}${h(3)}-${h(4)}${h(5)}-${h(6)}${h(7)}-${h(8)}${h(9)}-${h(10)}${h(11)}${h(12)}${h(13)}${h(14)}${h(15)}` as Id<Kind>
}

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
export const isId = (text: string): boolean => pattern.test(text)
