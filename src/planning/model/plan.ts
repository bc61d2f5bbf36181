import type { PlanDifference } from './derive-changes.ts'

/** How a vehicle drove a leg where there was a choice: when it left, and which path it took (index into the pair's options). */
export interface PlanLeg {
  readonly departure: number
  readonly option: number
}

/** One thing a vehicle does, with its instants in seconds of the problem's axis. */
export interface PlanStop {
  readonly kind: 'delivery' | 'pickup' | 'break' | 'reload' | 'charge'
  /** the order served; the place of a reload or charge; empty for a break */
  readonly order: string
  readonly place: string
  readonly arrival: number
  /** service begins; the wait is `start - arrival` */
  readonly start: number
  readonly departure: number
  /** energy taken in at a charge; it flows from `start` on without a pause */
  readonly energyKwh?: number
  /** the leg that ends here, where travel depends on the hour */
  readonly leg?: PlanLeg
  /** index of the window of the order's stop that is paid, where windows have prices */
  readonly window?: number
  /** id of the berth the service takes place at, where the place has berths */
  readonly berth?: string
}

export interface PlanRoute {
  /** id of the vehicle kind, with the running number of the vehicle among them */
  readonly vehicle: string
  readonly number: number
  readonly departure: number
  readonly return: number
  readonly distanceMetres: number
  readonly cost: number
  readonly stops: readonly PlanStop[]
  /** the leg to the vehicle's end, where travel depends on the hour */
  readonly lastLeg?: PlanLeg
}

/** Why an order is not in the plan, as a code with a sentence; the codes are explained in docs/planner/json.md. */
export interface Unassigned {
  readonly order: string
  readonly reason: string
  readonly message: string
  /** codes of relaxations.ts, each of which alone makes the order impossible; without any one of them a vehicle could serve it */
  readonly constraints?: readonly string[]
  /** what serving it would cost, in a route of the plan or with one more vehicle */
  readonly servingCost?: number
}

export interface Plan {
  readonly format: 'lvpei-plan/1'
  readonly cost: number
  readonly distanceMetres: number
  readonly vehicles: number
  readonly iterations: number
  readonly seconds: number
  readonly seed: number
  readonly workers: number
  readonly routes: readonly PlanRoute[]
  readonly unassigned: readonly Unassigned[]
  /** what differs from the routes given with the problem */
  readonly replanning?: PlanDifference
}
