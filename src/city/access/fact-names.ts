import { enterpriseStatuses } from '../enterprises/index.ts'
import { bodyTypes, energies, plateColours, vehicleCategories } from '../vehicles/index.ts'
import type { FactNames } from './engine/describe-vehicle.ts'

/** What the registers call the facts rules ask for. */
export const factNames: FactNames = {
  enterpriseStatus: enterpriseStatuses, energy: energies, body: bodyTypes, category: vehicleCategories,
  plateColour: Object.fromEntries(Object.entries(plateColours).map(([code, colour]) => [code, `${colour}号牌`])),
}
