import type { DataScope } from '../../accounts/index.ts'
import { normalisePlate } from '../../base/identifiers.ts'
import { findEntity } from '../../registers/index.ts'
import type { Db } from '../../runtime/database.ts'
import { enterpriseRegister } from '../enterprises/index.ts'
import { vehicleRegister } from '../vehicles/index.ts'
import { vehicleFactsSchema, type VehicleFacts } from './engine/vehicle-match.ts'

export interface KnownVehicle {
  readonly id: string
  readonly enterpriseId: string | null
  readonly facts: VehicleFacts
}

/** A registered vehicle as the rules see it, within a person's scope; what the register does not say stays unknown. */
export async function findVehicleFacts(db: Db, { scope, plate, asOf }: { scope: DataScope; plate: string; asOf: number }): Promise<KnownVehicle | undefined> {
  const vehicle = await findEntity(db, vehicleRegister, { scope, key: { naturalKey: normalisePlate(plate) }, asOf })
  if (!vehicle) return undefined
  const firm = vehicle.enterpriseId === null ? undefined : await findEntity(db, enterpriseRegister, { scope: { ...scope, districtCode: null }, key: { id: vehicle.enterpriseId }, asOf })
  return { id: vehicle.id, enterpriseId: vehicle.enterpriseId, facts: factsOf(vehicle.data, vehicle.naturalKey, firm?.data.status ?? null) }
}

interface Registered {
  readonly category?: string
  readonly energy?: string
  readonly bodyType?: string
  readonly plateColour?: string
  readonly grossMassKg?: number
  readonly unifiedMark?: boolean
}

export const factsOf = (data: Registered, plate: string, enterpriseStatus: string | null): VehicleFacts =>
  vehicleFactsSchema.parse({
    category: data.category ?? null, energy: data.energy ?? null, body: data.bodyType ?? null, plateColour: data.plateColour ?? null,
    grossMassKg: data.grossMassKg ?? null, unifiedMark: data.unifiedMark ?? null, enterpriseStatus, plate,
  })
