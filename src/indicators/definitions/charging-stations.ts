import { chargingStationRegister, stationStatuses, type ChargingStation } from '../../city/charging/index.ts'
import { inForce, inStatus, newInPeriod } from '../checks.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

const open = inStatus<ChargingStation>(stationStatuses, { good: ['open', 'maintenance'], over: 'closed' }, ({ status, closedOn }) => ({ status, end: closedOn }))

export const chargingStations: IndicatorDefinition = {
  id: 'charging.stations',
  version: '2',
  text: '期末投运（含维护中）的充电站个数',
  formula: '投运的充电站个数',
  combine: { kind: 'sum' },
  source: '连云港市方案附件（5）',
  async collect(input) {
    const stations = await input.sources.entities(chargingStationRegister)
    const onlyNew = input.snapshot.indicator.variant?.counting === 'new-in-period' ? [newInPeriod<ChargingStation>('投运', (station) => station.openedOn)] : []
    const inOperation = inForce<ChargingStation>({ begin: '投运', end: '关闭' }, (station) => station.openedOn, (station) => station.closedOn)
    return rowSet(entityRows(stations, input, { leaveOut: [open, inOperation, ...onlyNew], numerator: () => 1, name: (station) => station.name, day: (station) => station.openedOn }))
  },
}
