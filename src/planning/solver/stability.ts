import type { Routes } from './routes.ts'
import type { GivenPlan } from './instance/start.ts'

/** What changing a plan in use costs, in the plan's money. */
export interface ChangePrices {
  readonly perRouteTouched: number
  readonly perOrderMoved: number
}

/** Prices how far the routes are from a given plan. Costs one walk over all stops: a microsecond a few hundred stops. */
export class Stability {
  readonly #routes: Routes
  readonly #given: GivenPlan
  readonly #prices: ChangePrices
  /** given routes that could stay as they are */
  readonly #untouchable: number
  /** most stops of each given route that are together on one route now */
  readonly #together: Int32Array

  constructor(routes: Routes, given: GivenPlan, prices: ChangePrices) {
    this.#routes = routes
    this.#given = given
    this.#prices = prices
    this.#together = new Int32Array(given.oldSize.length)
    this.#untouchable = given.isCut.reduce((sum, isCut, at) => sum + (isCut === 0 && given.oldSize[at]! > 0 ? 1 : 0), 0)
  }

  /** A route from which something is gone changes anyway: what else happens to it is free. */
  price(): number {
    const { activeCount, active } = this.#routes
    const { perRouteTouched, perOrderMoved } = this.#prices
    if (perRouteTouched === 0 && perOrderMoved === 0) return 0
    let kept = 0
    for (let at = 0; at < activeCount; at++) if (this.#isKept(active[at]!)) kept++
    const opened = Math.max(0, activeCount - this.#given.oldSize.length)
    return perRouteTouched * (this.#untouchable - kept + opened) + (perOrderMoved === 0 ? 0 : perOrderMoved * this.#moved())
  }

  /** Whether a route is one of the given ones, stop by stop, and nothing was taken from it. */
  #isKept(route: number): boolean {
    const { next } = this.#routes
    const { oldNext, oldRoute, oldSize, isCut } = this.#given
    let node = next[this.#routes.startOf(route)]!
    const old = oldRoute[node] ?? -1
    if (old < 0 || isCut[old] === 1 || oldSize[old] !== this.#routes.size[route]) return false
    for (; next[node]! >= 0; node = next[node]!) {
      const following = next[next[node]!]! >= 0 ? next[node]! : -1
      if (oldRoute[node] !== old || oldNext[node] !== following) return false
    }
    return true
  }

  /** Stops of the given routes that are not where most of their route is. */
  #moved(): number {
    const { activeCount, active, next } = this.#routes
    const { oldRoute } = this.#given
    let stops = 0
    this.#together.fill(0)
    for (let at = 0; at < activeCount; at++) {
      const first = next[this.#routes.startOf(active[at]!)]!
      const owner = this.#owner(first)
      let own = 0
      for (let node = first; next[node]! >= 0; node = next[node]!) {
        if (oldRoute[node]! >= 0) stops++
        if (owner >= 0 && oldRoute[node] === owner) own++
      }
      if (owner >= 0 && own > this.#together[owner]!) this.#together[owner] = own
    }
    return stops - this.#together.reduce((sum, each) => sum + each, 0)
  }

  /** The given route that most stops from here on come from (Boyer & Moore's vote), -1 when all are new. */
  #owner(first: number): number {
    const { next } = this.#routes
    let owner = -1
    let votes = 0
    for (let node = first; next[node]! >= 0; node = next[node]!) {
      const old = this.#given.oldRoute[node]!
      if (old < 0) continue
      if (votes === 0) owner = old
      votes += old === owner ? 1 : -1
    }
    return owner
  }
}
