import type { Codec } from '../../wire/index.ts'
import { alarm } from './alarm.ts'
import { cellVoltages, probeTemps } from './cells.ts'
import { engine } from './engine.ts'
import { extremes } from './extremes.ts'
import { fuelCell } from './fuel-cell.ts'
import { location } from './location.ts'
import { motors } from './motors.ts'
import { stacks } from './stacks.ts'
import { superCapacitor, superCapacitorExtremes } from './super-capacitor.ts'
import { vehicle } from './vehicle.ts'

export type { Alarm } from './alarm.ts'
export type { CellVoltages } from './cells.ts'
export type { Location } from './location.ts'
export type { Gear, Vehicle } from './vehicle.ts'
export { signature } from './signature.ts'
export type { Signature } from './signature.ts'

/** One information unit: its name in a payload and how it lies in the bytes behind its type. */
export interface Unit {
  readonly name: string
  readonly codec: Codec<unknown>
}

const unit = (name: string, codec: Codec<unknown>): Unit => ({ name, codec })

/** Types of GB/T 32960.3-2016 table 8. */
const units2016: Readonly<Record<number, Unit>> = {
  0x01: unit('vehicle', vehicle),
  0x02: unit('motors', motors),
  0x03: unit('fuelCell', fuelCell),
  0x04: unit('engine', engine),
  0x05: unit('location', location),
  0x06: unit('extremes', extremes),
  0x07: unit('alarm', alarm),
  0x08: unit('cellVoltages', cellVoltages),
  0x09: unit('probeTemps', probeTemps),
}

/** Types of GB/T 32960.3-2025: the numbers behind 05 moved, the extremes are gone. */
const units2025: Readonly<Record<number, Unit>> = {
  0x01: unit('vehicle', vehicle),
  0x02: unit('motors', motors),
  0x03: unit('fuelCell', fuelCell),
  0x04: unit('engine', engine),
  0x05: unit('location', location),
  0x06: unit('alarm', alarm),
  0x07: unit('cellVoltages', cellVoltages),
  0x08: unit('probeTemps', probeTemps),
  0x30: unit('stacks', stacks),
  0x31: unit('superCapacitor', superCapacitor),
  0x32: unit('superCapacitorExtremes', superCapacitorExtremes),
}

/** Units by type for an edition. */
export const unitsOf = (edition: string): Readonly<Record<number, Unit>> => (edition === '2025' ? units2025 : units2016)
