import { field, optional, record, u32, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { countedList, physical } from '../physical.ts'
import type { Quantity } from '../physical.ts'

export interface Alarm {
  /** 0 none, 1–3, 2025 up to 4 */
  readonly maxLevel: Quantity
  /** bits 0–18 (2016) and 0–27 (2025), as in the table of general alarms */
  readonly flags: number
  /** the bits that are set */
  readonly flagBits: readonly number[]
  readonly batteryFaults: readonly number[]
  readonly motorFaults: readonly number[]
  readonly engineFaults: readonly number[]
  readonly otherFaults: readonly number[]
  /** 2025 */
  readonly levels?: readonly { readonly alarm: number; readonly level: number }[]
}

const faults: Codec<readonly number[]> = countedList(u8, u32)

const fields = record(
  field('maxLevel', physical(u8)),
  field('flags', u32),
  field('batteryFaults', faults),
  field('motorFaults', faults),
  field('engineFaults', faults),
  field('otherFaults', faults),
  optional('levels', countedList(u8, record(field('alarm', u8), field('level', u8))), (_, edition) => edition === '2025'),
)

const bitsOf = (flags: number): number[] => Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (flags >>> bit) & 1)

/** Alarms, type 07 of 2016 and 06 of 2025: §7.2.3.7. */
export const alarm: Codec<Alarm> = {
  read: (reader, edition) => {
    const { maxLevel, flags, ...lists } = fields.read(reader, edition)
    return { maxLevel, flags, flagBits: bitsOf(flags), ...lists }
  },
  write: (writer, value, edition) => fields.write(writer, { ...value, levels: [...(value.levels ?? [])] }, edition),
}
