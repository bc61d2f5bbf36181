import { field, optional, record, u16, u8 } from '../../wire/index.ts'
import { physical } from '../physical.ts'

const only2016 = (_: unknown, edition: string) => edition === '2016'

/** Engine, type 04: §7.2.3.4; 2025 keeps the crankshaft speed only. */
export const engine = record(
  optional('state', physical(u8), only2016),
  field('crankSpeed', physical(u16)),
  optional('fuelRate', physical(u16, { stepsPerUnit: 100 }), only2016),
)
