import type { Plan } from '../model/index.ts'

/** Goods for a facility on one vehicle of the tier above; an order of that tier's plan by its id. */
export interface Shipment {
  readonly id: string
  readonly facility: string
  readonly load: readonly number[]
}

export interface FacilityUse {
  /** 0 = the tier the depots supply */
  readonly tier: number
  readonly place: string
  readonly load: readonly number[]
  /** opening and handling */
  readonly cost: number
  /** when the last of its goods is ready, where tiers are synchronised */
  readonly readyAt: number | null
}

/** `levels[0]` supplies the facilities of tier 0; the last level serves the orders. */
export interface EchelonPlan {
  readonly format: 'lvpei-echelon-plan/1'
  readonly cost: number
  readonly distanceMetres: number
  readonly iterations: number
  readonly seconds: number
  readonly seed: number
  readonly levels: readonly { readonly plan: Plan; readonly shipments: readonly Shipment[] }[]
  readonly facilities: readonly FacilityUse[]
}
