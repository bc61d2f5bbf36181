import type { Instance } from './instance/instance.ts'
import type { Random } from './random.ts'

/**
 * Temperatures in mean arcs of the first plan: from, to, and to when the whole way is gone down several times. Who drives from where stops
 * changing early, so with several kinds a descent ends warmer, and what is gained while it is hot is soon lost: it begins cooler. With the fewest
 * vehicles there is hardly room to change anything: plans stand still at a temperature at which others still move, so a descent ends warmer too.
 * With carried orders that end is worse (eight of Li & Lim's by 0.6 %); for routes judged as a whole it was not measured.
 * `shortest`: iterations of a descent over the square of the tasks, below which two would be worse than one; `most`: descents at most.
 */
const families = {
  withTime: { hot: 1, cold: 0.004, hotAgain: 3, coldAgain: 0.03, polish: 0.004, shortest: 4.5, most: 9 },
  withTimeAndFewest: { hot: 1, cold: 0.015, hotAgain: 3, coldAgain: 0.03, polish: 0.004, shortest: 12, most: 6 },
  withTimeAndFewestJudged: { hot: 1, cold: 0.004, hotAgain: 3, coldAgain: 0.03, polish: 0.004, shortest: 12, most: 6 },
  withTimeAndKinds: { hot: 0.4, cold: 0.03, hotAgain: 3, coldAgain: 0.03, polish: 0.004, shortest: 12, most: 6 },
  without: { hot: 1, cold: 0.01, hotAgain: 1, coldAgain: 0.015, polish: 0.01, shortest: 40, most: 6 },
} as const
/** Iterations a task below which there is no time to cool down from the hottest; the start is cooler in proportion. */
const unhurried = 100
/** A plan that people already follow is improved where that is plain, not melted. */
const replanningHeat = 0.1
/** Share of the budget used when the speed of the search is known well enough to divide the rest for good. */
const known = 0.05
/** From here on the best plan is polished; earlier where routes are put together anew before. */
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
  readonly #isReplanning: boolean
  readonly #polishes: number
  readonly #family: (typeof families)[keyof typeof families]

  /** `covers`: share of the budget that goes between the last descent and the polishing. */
  constructor(instance: Instance, { isReplanning, isVehiclesFirst, covers = 0 }: { isReplanning: boolean; isVehiclesFirst: boolean; covers?: number }) {
    this.#polishes = polishes - covers
    this.#tasks = instance.tasks
    this.#isReplanning = isReplanning
    this.#family = families[familyOf(instance, isVehiclesFirst)]
  }

  /** `share`: how much of the annealing is over; `expected`: iterations in the whole budget as far as can be said. */
  move(share: number, expected: number): void {
    if (!this.#isDivided) this.#descents = this.#isReplanning ? 1 : this.#divide(expected)
    this.#isDivided ||= share >= known
    const at = Math.min(1, share / this.#polishes) * this.#descents
    this.descent = Math.floor(at)
    this.isPolishing = share >= this.#polishes
    this.depth = this.isPolishing ? 1 : at % 1
    const { hot, cold, hotAgain, coldAgain, polish } = this.#family
    const [from, to] = this.#descents > 1 ? [hotAgain, coldAgain] : [hot, cold]
    this.temperature = this.isPolishing ? (this.#isReplanning ? replanningHeat : 1) * polish : this.#haste(expected) * from * (to / from) ** this.depth
  }

  #divide(expected: number): number {
    return Math.max(1, Math.min(this.#family.most, Math.floor(expected / (this.#family.shortest * this.#tasks ** 2))))
  }

  #haste(expected: number): number {
    if (this.#isReplanning) return replanningHeat
    return Math.min(1, Math.max(0.03, expected / (unhurried * this.#tasks)))
  }
}

function familyOf({ has }: Instance, isVehiclesFirst: boolean): keyof typeof families {
  if (!has.time) return 'without'
  if (!has.oneKind) return 'withTimeAndKinds'
  if (!isVehiclesFirst) return 'withTime'
  return has.carried || has.exact ? 'withTimeAndFewestJudged' : 'withTimeAndFewest'
}

/** What a change may cost to be kept, drawn beforehand: annealing at a temperature, both in money. */
export const drawAllowance = (random: Random, temperature: number): number => -temperature * Math.log(random.unit() + 1e-300)
