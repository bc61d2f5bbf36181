import type { Instance } from './instance/instance.ts'
import type { Random } from './random.ts'

/**
 * Temperatures in mean arcs of the first plan: from, to, and to when the whole way is gone down several times. Who drives from where stops
 * changing early, so with several kinds a descent ends warmer, and what is gained while it is hot is soon lost: it begins cooler. With the fewest
 * vehicles there is hardly room to change anything: plans stand still at a temperature at which others still move, so a descent ends warmer too.
 */
const temperatures = {
  withTime: { hot: 1, cold: 0.004, hotAgain: 3, coldAgain: 0.03, polish: 0.004 },
  withTimeAndFewest: { hot: 1, cold: 0.015, hotAgain: 3, coldAgain: 0.03, polish: 0.004 },
  withTimeAndKinds: { hot: 0.4, cold: 0.03, hotAgain: 3, coldAgain: 0.03, polish: 0.004 },
  without: { hot: 1, cold: 0.01, hotAgain: 1, coldAgain: 0.015, polish: 0.01 },
} as const
/** Iterations of a descent over the square of the tasks, below which two would be worse than one. */
const shortestDescent = { withTime: 12, without: 40 } as const
/** Iterations a task below which there is no time to cool down from the hottest; the start is cooler in proportion. */
const unhurried = 100
/** A plan that people already follow is improved where that is plain, not melted. */
const replanningHeat = 0.1
/** Share of the budget used when the speed of the search is known well enough to divide the rest for good. */
const known = 0.05
/** How often the way is gone down at most. */
const mostDescents = 6
/** From here on the best plan is polished; earlier where covers take their share before. */
const polishes = 0.96

/**
 * The temperature of simulated annealing. Large problems and short budgets go down once, geometrically; where there is time for more, the
 * way is gone down several times, because what is decided while it is hot is not undone later. The last part of the budget polishes the best plan.
 */
export class Cooling {
  /** in mean arcs of the first plan */
  temperature = 1
  /** number of the present descent, 0 first; the polishing counts as one */
  descent = 0
  /** share of the present descent, 0 … 1 */
  depth = 0
  /** the last part of the budget, which starts from the best plan */
  isPolishing = false
  #descents = 1
  #isDivided = false
  readonly #tasks: number
  readonly #shortest: number
  readonly #isReplanning: boolean
  readonly #covers: number
  readonly #temperatures: (typeof temperatures)[keyof typeof temperatures]

  constructor(instance: Instance, { isReplanning, isVehiclesFirst, covers = 0 }: { isReplanning: boolean; isVehiclesFirst: boolean; covers?: number }) {
    this.#covers = covers
    this.#tasks = instance.tasks
    this.#shortest = (instance.has.time ? shortestDescent.withTime : shortestDescent.without) * instance.tasks * instance.tasks
    this.#isReplanning = isReplanning
    this.#temperatures = temperaturesFor(instance, isVehiclesFirst)
  }

  /** `share`: how much of the annealing is over; `expected`: iterations in the whole budget as far as can be said. */
  move(share: number, expected: number): void {
    if (!this.#isDivided) this.#descents = this.#isReplanning ? 1 : this.#divide(expected)
    this.#isDivided ||= share >= known
    const way = Math.min(1, share / (polishes - this.coverShare))
    const at = way * this.#descents
    this.descent = Math.floor(at)
    this.isPolishing = share >= polishes - this.coverShare
    this.depth = this.isPolishing ? 1 : at % 1
    const { hot, cold, hotAgain, coldAgain, polish } = this.#temperatures
    const [from, to] = this.#descents > 1 ? [hotAgain, coldAgain] : [hot, cold]
    this.temperature = this.isPolishing ? (this.#isReplanning ? replanningHeat : 1) * polish : this.#haste(expected) * from * (to / from) ** this.depth
  }

  /** Share of the budget for the covers at the end of a descent. */
  get coverShare(): number {
    return this.#covers / this.#descents
  }

  #divide(expected: number): number {
    return Math.max(1, Math.min(mostDescents, Math.floor(expected / this.#shortest)))
  }

  #haste(expected: number): number {
    if (this.#isReplanning) return replanningHeat
    return Math.min(1, Math.max(0.03, expected / (unhurried * this.#tasks)))
  }
}

function temperaturesFor({ has }: Instance, isVehiclesFirst: boolean): (typeof temperatures)[keyof typeof temperatures] {
  if (!has.time) return temperatures.without
  if (!has.oneKind) return temperatures.withTimeAndKinds
  // with carried orders the warmer end is worse (eight of Li & Lim's by 0.6 %); for routes judged as a whole it was not measured
  return isVehiclesFirst && !has.carried && !has.exact ? temperatures.withTimeAndFewest : temperatures.withTime
}

/** What a change may cost to be kept, drawn beforehand: annealing at a temperature, both in money. */
export const drawAllowance = (random: Random, temperature: number): number => -temperature * Math.log(random.unit() + 1e-300)
