import type { ExactRoute, Insertion, Judge, PreparedJudge, Trace } from './exact-route.ts'
import type { Instance } from '../instance/instance.ts'
import { BreakJudge } from './judge-breaks.ts'
import { EnergyJudge, type EnergyKind } from './judge-energy.ts'
import { TripJudge, type TripKind } from './judge-trips.ts'
import type { Routes } from '../routes.ts'
import { SettledRoutes } from '../schedule/settled-routes.ts'
import { writeInsertion, writeRoute } from './stop-sequence.ts'

/** What the judges need to know of each vehicle kind beyond the fleet's arrays. */
export interface JudgedKinds {
  readonly breaks: readonly (readonly { earliestStart: number; latestStart: number; durationSeconds: number }[])[]
  readonly energy: readonly (EnergyKind | null)[]
  readonly trips: readonly TripKind[]
  readonly release: Float64Array
}

const nothingBooked = new Int32Array(0)

/** Writes a route with a candidate task into a sequence and has it judged. */
export class ExactSimulation implements ExactRoute {
  readonly hasTrips: boolean
  readonly #routes: Routes
  readonly #judge: Judge
  readonly #prepared: PreparedJudge | null
  readonly #sequence: Int32Array
  /** prepared routes: their stops in a row, and where in its row a task stands */
  readonly #rows: Int32Array[] = []
  readonly #positionOf: Int32Array

  constructor(instance: Instance, routes: Routes) {
    this.hasTrips = instance.has.trips
    this.#routes = routes
    const prepared = instance.has.trips ? new TripJudge(instance) : instance.has.energy ? new EnergyJudge(instance) : null
    this.#judge = prepared ?? new BreakJudge(instance)
    this.#prepared = prepared
    this.#sequence = new Int32Array(instance.tasks + 2)
    this.#positionOf = new Int32Array(instance.tasks)
  }

  /** The judge a problem needs, if any. */
  static when(instance: Instance, routes: Routes): ExactRoute | null {
    if (instance.schedule) return new SettledRoutes(instance, routes)
    return instance.has.exact ? new ExactSimulation(instance, routes) : null
  }

  // the quick judges know nothing that routes share, so there is nothing to keep
  keep(): void {}
  undo(): void {}
  release(): void {}
  reserve(): void {}
  bookedBy(): Int32Array {
    return nothingBooked
  }
  booked(): Int32Array {
    return nothingBooked
  }

  priceInsertion(at: Insertion, limit: number): number {
    const { route, kind, task, after, mate } = at
    if (this.#prepared && mate < 0 && kind === this.#routes.kindOf[route]! && this.#routes.size[route]! > 0) {
      const now = this.#routes.costOf(route)
      const price = this.#prepared.priceWith(route, kind, this.#rows[route]!, this.#routes.size[route]!, task, after < this.#positionOf.length ? this.#positionOf[after]! + 1 : 0, now + limit)
      return price - now
    }
    const length = writeInsertion(this.#routes, at, this.#sequence)
    return this.#judge.price(kind, this.#sequence, length) - this.#routes.costOf(route)
  }

  priceAlone(kind: number, task: number, mate = -1): number {
    this.#sequence[0] = task
    this.#sequence[1] = mate
    return this.#judge.price(kind, this.#sequence, mate >= 0 ? 2 : 1)
  }

  priceRoute(route: number): number {
    const kind = this.#routes.kindOf[route]!
    const length = writeRoute(this.#routes, route, this.#sequence)
    return this.#prepared ? this.#prepared.prepare(route, kind, this.#remember(route, length), length) : this.#judge.price(kind, this.#sequence, length)
  }

  trace(route: number): Trace {
    return this.#judge.trace(this.#routes.kindOf[route]!, this.#sequence, writeRoute(this.#routes, route, this.#sequence))
  }

  #remember(route: number, length: number): Int32Array {
    if ((this.#rows[route]?.length ?? 0) < length) this.#rows[route] = new Int32Array(2 * length)
    const row = this.#rows[route]!
    for (let at = 0; at < length; at++) {
      row[at] = this.#sequence[at]!
      this.#positionOf[row[at]!] = at
    }
    return row
  }
}
