/** The made-up city: its ground plan, places, firms and vehicles, and their course over the years. */
export { fleet, type FleetVehicle } from './fleet-list.ts'
export { readSites, worldDirectory } from './files.ts'
export { citySeed } from './generate.ts'
export { modelOf, type VehicleModel } from './vehicle-models.ts'
export { demoCityRows, seedDemoCity, seedRegisters, type SeedRegister, type SeedRow, type SeedTarget } from './seed.ts'
export type { Site } from './sites.ts'
