import type { Instance } from '../instance/instance.ts'
import { drawAllowance } from '../cooling.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'
import { CrossExchange } from './cross-exchange.ts'
import { Tails } from './tails.ts'
import { TwoOpt } from './two-opt.ts'

/** Tail exchanges tried an iteration; together they cost a tenth of it. */
const tailsTried = 6
/** Turnings tried an iteration. */
const turnsTried = 4
/** Exchanges of a few stops tried an iteration. */
const crossesTried = 2

/** What is tried after each ruin and recreate, under the same acceptance: exchanges of tails, of links with a part turned round, of a few stops. */
export class Exchanges {
  readonly #routes: Routes
  readonly #random: Random
  readonly #tails: Tails | null
  readonly #twoOpt: TwoOpt | null
  readonly #cross: CrossExchange | null

  /** `meanStops`: stops a route of the first plan. */
  constructor(instance: Instance, routes: Routes, random: Random, meanStops: number) {
    this.#routes = routes
    this.#random = random
    this.#tails = Tails.when(instance, routes, random, meanStops)
    this.#twoOpt = TwoOpt.when(instance, routes, random)
    this.#cross = CrossExchange.when(instance, routes, random, meanStops)
  }

  /** Tries them all once; what passes at the temperature, in money, is committed. `limit`: routes at most. */
  run(temperature: number, limit: number): void {
    const [routes, random] = [this.#routes, this.#random]
    const [tails, twoOpt, cross] = [this.#tails, this.#twoOpt, this.#cross]
    if (tails) for (let at = 0; at < tailsTried; at++) if (tails.step(drawAllowance(random, temperature), routes.activeCount < limit)) routes.commit()
    if (twoOpt) for (let at = 0; at < turnsTried; at++) if (twoOpt.step(drawAllowance(random, temperature))) routes.commit()
    if (cross) for (let at = 0; at < crossesTried; at++) if (cross.step(drawAllowance(random, temperature))) routes.commit()
  }
}
