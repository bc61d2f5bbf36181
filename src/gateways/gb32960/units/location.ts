import { field, optional, record, u32, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { physical } from '../physical.ts'
import type { Quantity } from '../physical.ts'

export interface Location {
  readonly valid: boolean
  readonly south: boolean
  readonly west: boolean
  /** 2025: 1 WGS-84, 2 GCJ-02, 3 other */
  readonly coordSystem?: number
  /** degrees without sign */
  readonly longitude: Quantity
  readonly latitude: Quantity
}

const fields = record(
  field('flags', u8),
  optional('coordSystem', u8, (_, edition) => edition === '2025'),
  field('longitude', physical(u32, { stepsPerUnit: 1_000_000 })),
  field('latitude', physical(u32, { stepsPerUnit: 1_000_000 })),
)

/** Position, type 05: §7.2.3.5; bit 0 not valid, 1 south, 2 west. */
export const location: Codec<Location> = {
  read: (reader, edition) => {
    const { flags, ...rest } = fields.read(reader, edition)
    return { valid: (flags & 1) === 0, south: (flags & 2) !== 0, west: (flags & 4) !== 0, ...rest }
  },
  write: (writer, value, edition) => {
    const { valid, south, west, ...rest } = value
    fields.write(writer, { flags: (valid ? 0 : 1) | (south ? 2 : 0) | (west ? 4 : 0), coordSystem: 1, ...rest }, edition)
  },
}
