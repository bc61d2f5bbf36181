import { byEdition, field, record, u16, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { countedList, physical } from '../physical.ts'

const sensors = [
  field('maxHydrogenTempProbe', physical(u8)),
  field('maxHydrogenConcentration', physical(u16)),
  field('maxHydrogenConcentrationSensor', physical(u8)),
  field('maxHydrogenPressure', physical(u16, { stepsPerUnit: 10 })),
  field('maxHydrogenPressureSensor', physical(u8)),
] as const

const of2016 = record(
  field('voltage', physical(u16, { stepsPerUnit: 10 })),
  field('current', physical(u16, { stepsPerUnit: 10 })),
  field('fuelRate', physical(u16, { stepsPerUnit: 100 })),
  field('probeTemps', countedList(u16, physical(u8, { lowest: -40 }))),
  field('maxHydrogenTemp', physical(u16, { stepsPerUnit: 10, lowest: -40 })),
  ...sensors,
  field('dcdcState', physical(u8)),
)

/** The scales of the 2025 unit are taken over from 2016; no example of it is public (see README, open questions). */
const of2025 = record(
  field('maxHydrogenTemp', physical(u16, { stepsPerUnit: 10, lowest: -40 })),
  ...sensors,
  field('dcdcState', physical(u8)),
  field('hydrogenPercent', physical(u8)),
  field('dcdcTemp', physical(u8, { lowest: -40 })),
)

/** Fuel cell, type 03: §7.2.3.3. */
export const fuelCell: Codec<Readonly<Record<string, unknown>>> = byEdition<Readonly<Record<string, unknown>>>(of2025, { 2016: of2016 })
