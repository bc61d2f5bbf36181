import { field, record, u16, u8 } from '../../wire/index.ts'
import { countedList, physical } from '../physical.ts'

/** Fuel cell stacks, type 30 of 2025. */
export const stacks = countedList(
  u8,
  record(
    field('index', physical(u8)),
    field('voltage', physical(u16, { stepsPerUnit: 10 })),
    field('current', physical(u16, { stepsPerUnit: 10 })),
    field('hydrogenInletPressure', physical(u16, { stepsPerUnit: 10, lowest: -100 })),
    field('airInletPressure', physical(u16, { stepsPerUnit: 10, lowest: -100 })),
    field('airInletTemp', physical(u8, { lowest: -40 })),
    field('coolantTemps', countedList(u16, physical(u8, { lowest: -40 }))),
  ),
)
