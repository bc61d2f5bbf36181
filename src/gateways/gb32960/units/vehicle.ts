import { byEdition, field, optional, record, u16, u32, u8 } from '../../wire/index.ts'
import type { Codec, ReadBy } from '../../wire/index.ts'
import { physical } from '../physical.ts'

const only2016 = (_: unknown, edition: string) => edition === '2016'

export interface Gear {
  /** N, 1–12, R, D, P */
  readonly gear: string
  readonly braking: boolean
  readonly driving: boolean
  /** 2025 only */
  readonly valid?: boolean
}

const gearNames: Readonly<Record<number, string>> = { 0: 'N', 13: 'R', 14: 'D', 15: 'P' }
const gearNumbers: Readonly<Record<string, number>> = { N: 0, R: 13, D: 14, P: 15 }

/** Table 10 (2016) and its successor: bits 0–3 gear, 4 braking, 5 driving; 2025 bit 7 set means not valid. */
const gear: Codec<Gear> = {
  read: (reader, edition) => {
    const raw = reader.readUnsigned8()
    const base = { gear: gearNames[raw & 15] ?? String(raw & 15), braking: (raw & 16) !== 0, driving: (raw & 32) !== 0 }
    return edition === '2025' ? { ...base, valid: (raw & 128) === 0 } : base
  },
  write: (writer, value, edition) => {
    const number = gearNumbers[value.gear] ?? Number(value.gear)
    const notValid = edition === '2025' && value.valid === false ? 128 : 0
    writer.writeUnsigned8((number & 15) | (value.braking ? 16 : 0) | (value.driving ? 32 : 0) | notValid)
  },
}

/** Whole vehicle, type 01: §7.2.3.1. 2016 counts the current from −1000 A and has no invalid mark for the insulation. */
export const vehicle = record(
  field('vehicleState', physical(u8)),
  field('chargeState', physical(u8)),
  field('runMode', physical(u8)),
  field('speed', physical(u16, { stepsPerUnit: 10 })),
  field('mileage', physical(u32, { stepsPerUnit: 10 })),
  field('totalVoltage', physical(u16, { stepsPerUnit: 10 })),
  field('totalCurrent', byEdition(physical(u16, { stepsPerUnit: 10, lowest: -3000 }), { 2016: physical(u16, { stepsPerUnit: 10, lowest: -1000 }) })),
  field('soc', physical(u8)),
  field('dcdcState', physical(u8)),
  field('gear', gear),
  field('insulationKohm', byEdition(physical(u16), { 2016: u16 })),
  optional('accelerator', physical(u8), only2016),
  optional('brake', physical(u8), only2016),
)

export type Vehicle = ReadBy<typeof vehicle>
