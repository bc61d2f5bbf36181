import { field, record, u16, u8 } from '../../wire/index.ts'
import { physical } from '../physical.ts'

const id = physical(u8)
const cellVoltage = physical(u16, { stepsPerUnit: 1000 })
const temperature = physical(u8, { lowest: -40 })

/** Extreme values, type 06 of 2016: §7.2.3.6. */
export const extremes = record(
  field('maxVoltageSubsystem', id), field('maxVoltageCell', id), field('maxCellVoltage', cellVoltage),
  field('minVoltageSubsystem', id), field('minVoltageCell', id), field('minCellVoltage', cellVoltage),
  field('maxTempSubsystem', id), field('maxTempProbe', id), field('maxTemp', temperature),
  field('minTempSubsystem', id), field('minTempProbe', id), field('minTemp', temperature),
)
