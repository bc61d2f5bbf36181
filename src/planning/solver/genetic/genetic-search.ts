import type { Random } from '../random.ts'
import type { Ground, Tours } from './ground.ts'
import { LocalSearch } from './local-search.ts'
import { orderCrossover } from './order-crossover.ts'
import { measure, originsOf, Population, type Individual } from './population.ts'
import { Split } from './split.ts'

const penaltyEvery = 100
const feasibleWanted = 0.2
const repairChance = 0.5
const repairFactor = 10
const restartAfter = 20_000

/**
 * Hybrid genetic search (Vidal et al. 2012; Vidal 2022): plans are crossed by order, cut into routes, and improved by a local search that may
 * pass through plans that carry too much at a price, which follows how many plans come out feasible.
 */
export class GeneticSearch {
  readonly ground: Ground
  /** cheapest plan that carries nowhere too much */
  best: Individual | null = null
  readonly #random: Random
  readonly #local: LocalSearch
  readonly #split: Split
  readonly #population: Population
  #perUnit: number
  #sinceBest = 0
  readonly #firstPlans: number
  #drawn = 0
  #educated = 0
  readonly #fits: boolean[] = []

  /** `firstPlans`: random plans the population begins with, beside those it is given. */
  constructor(ground: Ground, random: Random, firstPlans: number) {
    this.ground = ground
    this.#random = random
    this.#firstPlans = firstPlans
    this.#local = new LocalSearch(ground, random)
    this.#split = new Split(ground)
    this.#population = new Population(random)
    let [longest, heaviest] = [0, 0]
    for (const each of ground.arc) longest = Math.max(longest, each)
    for (const each of ground.amount) heaviest = Math.max(heaviest, each)
    this.#perUnit = Math.max(0.1, Math.min(1000, longest / Math.max(1e-9, heaviest)))
    this.#population.setPenalty(this.#perUnit)
  }

  /** A plan found elsewhere joins the population as it is. */
  seed(tours: Tours): void {
    this.#keep(measure(this.ground, this.#byDirection(tours)))
  }

  /** One child, or one random plan while the population is young. */
  step(): void {
    if (this.#drawn < this.#firstPlans || this.#population.size < 2) {
      this.#drawn++
      this.#educate(this.#split.run(this.#shuffled(), this.#perUnit))
    } else {
      const [first, second] = this.#population.parents()
      this.#educate(this.#split.run(orderCrossover(first.tours.sequence, second.tours.sequence, this.#random), this.#perUnit), [first, second])
    }
    if (++this.#sinceBest < restartAfter) return
    this.#population.clear()
    this.#sinceBest = 0
    this.#drawn = 0
  }

  feasible(): readonly Individual[] {
    return this.#population.feasible()
  }

  #shuffled(): Int32Array {
    const order = Int32Array.from({ length: this.ground.tasks }, (_, task) => task)
    for (let at = order.length - 1; at > 0; at--) {
      const other = this.#random.below(at + 1)
      ;[order[at], order[other]] = [order[other]!, order[at]!]
    }
    return order
  }

  #educate(tours: Tours, parents: readonly Individual[] = []): void {
    const child = this.#improve(tours, 1, originsOf(tours, parents))
    this.#fits.push(child.excess === 0)
    this.#keep(child)
    if (++this.#educated % penaltyEvery === 0) this.#adjustPenalty()
    if (child.excess > 0 && this.#random.unit() < repairChance) {
      const repaired = this.#improve(child.tours, repairFactor, child.fits)
      if (repaired.excess === 0) this.#keep(repaired)
    }
  }

  #improve(tours: Tours, factor: number, origins: Uint8Array): Individual {
    const local = this.#local
    local.routes.perUnit = factor * this.#perUnit
    local.run(tours, origins)
    return measure(this.ground, this.#byDirection(local.routes.tours()))
  }

  #keep(individual: Individual): void {
    this.#population.add(individual)
    if (individual.excess > 0) return
    if (this.best && individual.cost >= this.best.cost - 1e-7) return
    this.best = individual
    this.#sinceBest = 0
  }

  /** The price rises while too few plans fit, and falls while too many do. */
  #adjustPenalty(): void {
    const share = this.#fits.reduce((sum, each) => sum + (each ? 1 : 0), 0) / Math.max(1, this.#fits.length)
    this.#fits.length = 0
    if (share < feasibleWanted - 0.05) this.#perUnit = Math.min(100_000, this.#perUnit * 1.2)
    else if (share > feasibleWanted + 0.05) this.#perUnit = Math.max(0.1, this.#perUnit * 0.85)
    this.#population.setPenalty(this.#perUnit)
  }

  /** Routes in the order of their directions from the depot, so that a stretch of the sequence is a part of the city. */
  #byDirection({ sequence, starts }: Tours): Tours {
    const { direction } = this.ground
    const routes = Array.from({ length: starts.length - 1 }, (_, at) => {
      let [x, y] = [0, 0]
      for (let stop = starts[at]!; stop < starts[at + 1]!; stop++) {
        x += Math.cos(direction[sequence[stop]!]!)
        y += Math.sin(direction[sequence[stop]!]!)
      }
      return { at, angle: Math.atan2(y, x) }
    }).sort((a, b) => a.angle - b.angle)
    const ordered = new Int32Array(sequence.length)
    const begins = new Int32Array(starts.length)
    routes.forEach(({ at }, rank) => {
      ordered.set(sequence.subarray(starts[at], starts[at + 1]), begins[rank])
      begins[rank + 1] = begins[rank]! + starts[at + 1]! - starts[at]!
    })
    return { sequence: ordered, starts: begins }
  }
}
