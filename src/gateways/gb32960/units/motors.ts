import { byEdition, field, record, u16, u32, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { countedList, physical } from '../physical.ts'

const temperature = physical(u8, { lowest: -40 })

const of2016 = record(
  field('index', u8),
  field('state', physical(u8)),
  field('controllerTemp', temperature),
  field('speed', physical(u16, { lowest: -20000 })),
  field('torque', physical(u16, { stepsPerUnit: 10, lowest: -2000 })),
  field('temp', temperature),
  field('controllerVoltage', physical(u16, { stepsPerUnit: 10 })),
  field('controllerCurrent', physical(u16, { stepsPerUnit: 10, lowest: -1000 })),
)

const of2025 = record(
  field('index', u8),
  field('state', physical(u8)),
  field('controllerTemp', temperature),
  field('speed', physical(u16, { lowest: -32000 })),
  field('torque', physical(u32, { stepsPerUnit: 10, lowest: -20000 })),
  field('temp', temperature),
)

/** Drive motors, type 02: §7.2.3.2; 2025 has wider speed and torque and no controller voltage. */
export const motors: Codec<Readonly<Record<string, unknown>>[]> = byEdition<Readonly<Record<string, unknown>>[]>(countedList(u8, of2025), {
  2016: countedList(u8, of2016),
})
