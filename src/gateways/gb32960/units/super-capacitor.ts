import { field, record, u16, u8 } from '../../wire/index.ts'
import { countedList, physical } from '../physical.ts'

const cellVoltage = physical(u16, { stepsPerUnit: 1000 })
const temperature = physical(u8, { lowest: -40 })
const id = physical(u8)

/** Super-capacitor, type 31 of 2025. */
export const superCapacitor = record(
  field('index', id),
  field('voltage', physical(u16, { stepsPerUnit: 10 })),
  field('current', physical(u16, { stepsPerUnit: 10, lowest: -3000 })),
  field('cells', countedList(u16, cellVoltage)),
  field('temps', countedList(u16, temperature)),
)

/** Extreme values of the super-capacitor, type 32 of 2025. */
export const superCapacitorExtremes = record(
  field('maxVoltageSubsystem', id), field('maxVoltageCell', physical(u16)), field('maxCellVoltage', cellVoltage),
  field('minVoltageSubsystem', id), field('minVoltageCell', physical(u16)), field('minCellVoltage', cellVoltage),
  field('maxTempSubsystem', id), field('maxTempProbe', physical(u16)), field('maxTemp', temperature),
  field('minTempSubsystem', id), field('minTempProbe', physical(u16)), field('minTemp', temperature),
)
