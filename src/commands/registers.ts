import type { DataScope } from '../accounts/index.ts'
import { stopPointRegister } from '../city/bays/index.ts'
import { chargingStationRegister, pileRegister } from '../city/charging/index.ts'
import { documentRegister } from '../city/documents/index.ts'
import { enterpriseRegister } from '../city/enterprises/index.ts'
import type { DirectoryVehicle, VehicleDirectory } from '../city/journeys/index.ts'
import { nodeRegister } from '../city/places/index.ts'
import { vehicleRegister } from '../city/vehicles/index.ts'
import type { Db } from '../runtime/database.ts'
import { readAll, type AnyRegister } from '../registers/index.ts'

/** Every register of the product; adding one is a line here. */
export const allRegisters: readonly AnyRegister[] = [enterpriseRegister, vehicleRegister, nodeRegister, stopPointRegister, chargingStationRegister, pileRegister, documentRegister] as unknown as readonly AnyRegister[]

/** How old a cached list of vehicles may be: a registered vehicle is on the map and at the gateways within this time. */
const vehiclesFreshMs = 3000

export interface Vehicles extends VehicleDirectory {
  /** the vehicle a device terminal (phone number) or VIN is mounted in today, over all cities */
  findTerminal(terminal: string): Promise<{ vehicleId: string; plate: string } | null>
}

interface Known {
  readonly vehicles: readonly DirectoryVehicle[]
  readonly byTerminal: ReadonlyMap<string, { vehicleId: string; plate: string }>
}

const canonical = (terminal: string): string => terminal.replace(/^0+(?=.)/, '')

/** Vehicles of all cities as the map and the gateways need them, read from the register and kept a few seconds. */
export function createVehicles({ db, clock, cityCodes }: { db: Db; clock: () => number; cityCodes: readonly string[] }): Vehicles {
  const cache = new Map<string, { readAt: number; known: Promise<Known> }>()
  const read = async (cityCode: string, asOf: number): Promise<Known> => {
    const [vehicles, firms] = await Promise.all([readAll(db, vehicleRegister, { cityCode, asOf }), readAll(db, enterpriseRegister, { cityCode, asOf })])
    const firmNames = new Map(firms.map((firm) => [firm.id, firm.data.name]))
    const byTerminal = new Map<string, { vehicleId: string; plate: string }>()
    for (const { id, naturalKey, data } of vehicles) {
      for (const terminal of [data.terminalPhone, data.vin]) if (terminal) byTerminal.set(canonical(terminal), { vehicleId: id, plate: naturalKey })
    }
    return {
      byTerminal,
      vehicles: vehicles.map(({ id, naturalKey, data, enterpriseId, districtCode }) => ({
        id, plate: naturalKey, enterpriseId, enterpriseName: (enterpriseId && firmNames.get(enterpriseId)) ?? null, districtCode, category: data.category, energy: data.energy,
      })),
    }
  }
  const now = (cityCode: string): Promise<Known> => {
    const held = cache.get(cityCode)
    if (held && clock() - held.readAt < vehiclesFreshMs) return held.known
    const known = read(cityCode, clock())
    cache.set(cityCode, { readAt: clock(), known })
    known.catch(() => cache.delete(cityCode))
    return known
  }
  const inScope = (scope: DataScope) => (each: DirectoryVehicle): boolean =>
    (scope.districtCode === null || each.districtCode === scope.districtCode) && (scope.enterpriseId === null || each.enterpriseId === scope.enterpriseId)
  const known = (scope: DataScope, asOf: number): Promise<Known> => (asOf >= clock() - vehiclesFreshMs ? now(scope.cityCode) : read(scope.cityCode, asOf))
  return {
    listVehicles: async (scope, asOf) => (await known(scope, asOf)).vehicles.filter(inScope(scope)),
    findVehicle: async (scope, id, asOf) => (await known(scope, asOf)).vehicles.filter(inScope(scope)).find((each) => each.id === id),
    async findTerminal(terminal) {
      for (const code of cityCodes) {
        const found = (await now(code)).byTerminal.get(canonical(terminal))
        if (found) return found
      }
      return null
    },
  }
}
