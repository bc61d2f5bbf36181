/** Journeys: what a vehicle did on a day — trips, halts, gaps, distance — derived from position facts, in versions. */
export { deriveDay, type DayInput } from './derive-day.ts'
export { journeyParameters, journeyParameterTable, type JourneyParameters } from './parameters.ts'
export { deriveDays, deriveTouchedDays, runDerivations, type DerivationDeps, type DerivationLoop, type DerivationReport, type LoopOptions } from './jobs.ts'
export { awaitRecordedDays, countVehicleDays, listDayVersions, listStretches, listVehicleDays, recordDays, type DayKey, type DayVersion, type HaltRow, type TripRow, type VehicleDayRow } from './store.ts'
export { leftOutReasons, type DayActivity, type DerivedDay, type Gap, type Halt, type LeftOut, type LeftOutReason, type TrackPoint, type Trip } from './types.ts'
export { journeysRoutes, type DirectoryVehicle, type JourneysDeps, type VehicleDirectory } from './routes.ts'
export { sumVehicleDays, type ServiceWindow, type SumOptions, type VehicleDaySum } from './store-sums.ts'
export { listDayPositions, type DayPosition } from './day-positions.ts'
