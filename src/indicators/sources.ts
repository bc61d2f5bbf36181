import { startOfDay } from '../base/time.ts'
import { sumVehicleDays } from '../city/journeys/index.ts'
import { readAll, type Entity } from '../registers/index.ts'
import type { Db } from '../runtime/database.ts'
import type { IndicatorSources, MeasureWindow } from './definition.ts'

/** Sources of one measurement: every register is read once, however many definitions look at it. */
export function createSources(db: Db, cityCode: string, { period, to, asOf }: MeasureWindow): IndicatorSources {
  const read = new Map<string, Promise<readonly Entity<never>[]>>()
  return {
    entities(register) {
      const known = read.get(register.code) ?? readAll(db, register, { cityCode, asOf, validAt: startOfDay(to) })
      read.set(register.code, known as Promise<readonly Entity<never>[]>)
      return known as ReturnType<IndicatorSources['entities']> as never
    },
    vehicleDays: (windows, implausibleMetres) => sumVehicleDays(db, { windows, from: period.from, to, asOf, implausibleMetres }),
  }
}
