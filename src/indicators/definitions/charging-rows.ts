import { pileRegister, pileStatuses, type Pile } from '../../city/charging/index.ts'
import { vehicleRegister, type Vehicle } from '../../city/vehicles/index.ts'
import { inForce, inStatus, isNev, isTruck, newInPeriod, vehicleInService } from '../checks.ts'
import { entityRows, type Check, type MeasureInput } from '../definition.ts'
import type { MeasuredRow } from '../types.ts'

const usable: Check<Pile> = ({ usableByDelivery }) => !usableByDelivery && '配送车辆不能使用'
const present = inStatus<Pile>(pileStatuses, { good: ['in-use', 'fault'], over: 'removed' }, ({ status, removedOn }) => ({ status, end: removedOn }))
export const pileInForce = inForce<Pile>({ begin: '投运', end: '拆除' }, (pile) => pile.openedOn, (pile) => pile.removedOn)

/** Piles usable by delivery vehicles at the period's end; a pile out of order is still one, a removed one is not. */
export async function pileRows(input: MeasureInput, side: 'numerator' | 'denominator'): Promise<MeasuredRow[]> {
  const piles = await input.sources.entities(pileRegister)
  const onlyNew = input.snapshot.indicator.variant?.counting === 'new-in-period' ? [newInPeriod<Pile>('投运', (pile) => pile.openedOn)] : []
  return entityRows(piles, input, {
    leaveOut: [present, pileInForce, usable, ...onlyNew],
    numerator: () => (side === 'numerator' ? 1 : 0),
    denominator: () => (side === 'denominator' ? 1 : 0),
    name: (pile) => pile.code,
    day: (pile) => pile.openedOn,
  })
}

const plugsIn: Check<Vehicle> = ({ energy }, { snapshot }) => snapshot.indicator.variant?.vehicles === 'bev-and-phev-trucks' && energy === 'fcev' && '燃料电池车不在纯电动、插电式混合动力之列'

/** NEV delivery trucks in service: battery-electric and plug-in hybrid only, or all NEV, as the city's plan says. */
export async function nevTruckRows(input: MeasureInput, side: 'numerator' | 'denominator'): Promise<MeasuredRow[]> {
  const vehicles = await input.sources.entities(vehicleRegister)
  return entityRows(vehicles, input, {
    isSubject: (vehicle) => isTruck(vehicle) && isNev(vehicle),
    leaveOut: [vehicleInService, plugsIn],
    numerator: () => (side === 'numerator' ? 1 : 0),
    denominator: () => (side === 'denominator' ? 1 : 0),
    name: (vehicle) => vehicle.plate,
  })
}
