import { fleet, type FleetVehicle } from './fleet-list.ts'
import type { SeedRow } from './seed.ts'
import type { Site } from './sites.ts'
import { modelOf } from './vehicle-models.ts'

/** Tricycles whose marks came late, and those that still have none. */
const markedLater: Readonly<Record<number, string>> = { 103: '2025-11-12', 106: '2026-02-10', 109: '2026-09-08' }
const unmarked = [111, 112]

/** The vehicle register: a row when a vehicle comes, another when it leaves or gets its marks. */
export function vehicleRows(sites: readonly Site[]): SeedRow[] {
  return fleet.flatMap((vehicle) => {
    const base = sites.find((site) => site.id === vehicle.base)!
    const data = vehicle.model === 'tricycle' ? tricycleData(vehicle, base) : truckData(vehicle, base)
    const later: SeedRow[] = []
    const markedOn = markedLater[vehicle.number]
    if (markedOn) later.push({ register: 'vehicle', key: vehicle.plate, on: markedOn, data: { ...data, ...marks(true), filedOn: markedOn } })
    if (vehicle.retiredOn) later.push({ register: 'vehicle', key: vehicle.plate, on: vehicle.retiredOn, data: { ...data, retiredOn: vehicle.retiredOn } })
    return [{ register: 'vehicle', key: vehicle.plate, on: vehicle.registeredOn, data }, ...later]
  })
}

function truckData(vehicle: FleetVehicle, base: Site): Record<string, unknown> {
  const { energy, bodyType, plateColour, grossMassKg, loadMassKg, volumeM3 } = modelOf(vehicle.model)
  return {
    plate: vehicle.plate, plateColour, category: 'delivery-truck', enterprise: vehicle.uscc, energy, bodyType, vin: vehicle.vin,
    district: base.district, entryKind: vehicle.entryKind, registeredOn: vehicle.registeredOn, operating: true, usedInBuiltUpArea: base.inBuiltUp,
    grossMassKg, loadMassKg, volumeM3, terminalPhone: vehicle.terminalPhone,
    ...(vehicle.replacesPlate && { replacesPlate: vehicle.replacesPlate }),
  }
}

const marks = (isMarked: boolean): Record<string, boolean> => ({ unifiedMark: isMarked, unifiedLivery: isMarked })

function tricycleData(vehicle: FleetVehicle, base: Site): Record<string, unknown> {
  const { energy, bodyType, grossMassKg, loadMassKg, volumeM3 } = modelOf(vehicle.model)
  const isMarked = !unmarked.includes(vehicle.number) && !markedLater[vehicle.number]
  return {
    plate: vehicle.plate, category: 'e-tricycle', enterprise: vehicle.uscc, energy, bodyType, district: base.district, entryKind: 'existing',
    registeredOn: vehicle.registeredOn, operating: true, usedInBuiltUpArea: true, grossMassKg, loadMassKg, volumeM3, terminalPhone: vehicle.terminalPhone,
    ...marks(isMarked), unifiedNumber: true, unifiedInsurance: vehicle.number % 5 !== 0, unifiedTraining: true,
  }
}
