import { vehicleRegister } from '../../city/vehicles/index.ts'
import { enteredInPeriod, isNev, isTruck, operatingWhereAsked, vehicleInArea, vehicleInService } from '../checks.ts'
import { entityRows, type MeasureInput } from '../definition.ts'
import type { MeasuredRow } from '../types.ts'

/** NEV delivery trucks first registered in the creation period and still in service at the period's end. */
export async function newNevRows(input: MeasureInput): Promise<MeasuredRow[]> {
  const vehicles = await input.sources.entities(vehicleRegister)
  return entityRows(vehicles, input, {
    isSubject: (vehicle) => isTruck(vehicle) && isNev(vehicle),
    leaveOut: [vehicleInService, enteredInPeriod, operatingWhereAsked, vehicleInArea],
    numerator: () => 1,
    name: (vehicle) => vehicle.plate,
    day: (vehicle) => vehicle.registeredOn,
  })
}
