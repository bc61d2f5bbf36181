import { canonicalIndicatorIds, type CanonicalIndicatorId } from '../../profiles/index.ts'
import type { IndicatorDefinition } from '../definition.ts'
import { baysAndUnloadingSites } from './bays-and-unloading-sites.ts'
import { baysInRoad } from './bays-in-road.ts'
import { chargingPiles } from './charging-piles.ts'
import { pilesPerVehicle } from './charging-piles-per-vehicle.ts'
import { chargingStations } from './charging-stations.ts'
import { vehiclesPerPile } from './charging-vehicles-per-pile.ts'
import { documentDefinitions } from './documents-in-force.ts'
import { enterprisesAaa } from './enterprises-aaa.ts'
import { nevNewCount } from './nev-new-count.ts'
import { nevNewVsBaseline } from './nev-new-vs-baseline.ts'
import { nevShareOfNewAndRenewed } from './nev-share-of-new-and-renewed.ts'
import { hubs } from './nodes-hubs.ts'
import { networkFormula } from './nodes-network-formula.ts'
import { publicDcs } from './nodes-public-dcs.ts'
import { terminalStations } from './nodes-terminal-stations.ts'
import { platformEnterprise } from './platform-enterprise.ts'
import { platformPilotEnterprisesShare } from './platform-pilot-enterprises-share.ts'
import { reefersShare } from './reefers-share.ts'
import { stopPointsNew } from './stop-points-new.ts'
import { stopPointsTotal } from './stop-points-total.ts'
import { tricyclesUnified } from './tricycles-unified.ts'
import { unmeasuredDefinitions } from './unmeasured.ts'
import { meanDailyDistance } from './utilisation-mean-daily-distance.ts'

/** Every definition by canonical id; a canonical id without one stops the start. */
const definitions: ReadonlyMap<CanonicalIndicatorId, IndicatorDefinition> = new Map([
  hubs, publicDcs, terminalStations, networkFormula,
  stopPointsTotal, stopPointsNew, baysInRoad, baysAndUnloadingSites,
  chargingStations, chargingPiles, vehiclesPerPile, pilesPerVehicle,
  nevNewCount, nevNewVsBaseline, nevShareOfNewAndRenewed, reefersShare, tricyclesUnified,
  enterprisesAaa, platformEnterprise, platformPilotEnterprisesShare, meanDailyDistance,
  ...documentDefinitions,
  ...unmeasuredDefinitions,
].map((definition) => [definition.id, definition]))

const missing = canonicalIndicatorIds.filter((id) => !definitions.has(id))
if (missing.length > 0) throw new Error(`indicators without a definition: ${missing.join(', ')}`)

export const definitionOf = (id: CanonicalIndicatorId): IndicatorDefinition => definitions.get(id)!
