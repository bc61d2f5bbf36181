/** Charging stations and their piles. */
export { chargingStationRegister, stationStatuses, stationTypes, type ChargingStation } from './register-station.ts'
export { pileRegister, pileStatuses, pileTypes, type Pile } from './register-pile.ts'
export { listPublicStations } from './public-stations.ts'
