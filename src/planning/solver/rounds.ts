import type { Instance } from './instance/instance.ts'
import type { Packed } from './routes.ts'

/** One of the plans that go down in turns. */
export interface Runner {
  /** the plan it goes through */
  packed: Packed
  /** its best complete plan of this round, and what that costs */
  home: Packed
  homeCost: number
  /** of an absence, in money */
  price: number
  /** mean cost of its complete plans at the end of its last turn */
  score: number
}

/** Each round goes down from one temperature to the next, in mean arcs; and how many plans do. */
const milestones = [1, 0.35, 0.15, 0.015] as const
export const runnersOf = [4, 2, 1] as const
/** From this share of a turn on a plan is judged. */
const judgedFrom = 0.7
/** Iterations a task, below which several plans would each be cooled too fast. */
const leastIterations = 3000

/**
 * Go with the winners (Aldous & Vazirani 1994): with the fewest vehicles the hot part of a descent decides what the cold part can reach, and chance decides
 * the hot part. So several plans go down in turns; after each round the better half goes on, until one is left, which has the rest of the time.
 */
export class Rounds {
  /** in mean arcs */
  temperature: number = milestones[0]
  #runners: Runner[]
  #round = 0
  #turn = 0
  /** share of the present turn, 0 … 1 */
  #depth = 0
  #sum = 0
  #count = 0

  /** `firsts`: plans to begin with, in turns. */
  constructor(firsts: readonly Packed[], price: number) {
    this.#runners = Array.from({ length: runnersOf[0] }, (_, at) => ({ packed: firsts[at % firsts.length]!, home: firsts[at % firsts.length]!, homeCost: Infinity, price, score: Infinity }))
  }

  /** For one kind of vehicle and deliveries in windows, where it was measured. */
  static suits({ has }: Instance): boolean {
    return has.time && has.oneKind && !has.carried && !has.exact
  }

  /** Null where there is no time for rounds; `expected`: iterations of annealing. */
  static when({ tasks }: Instance, { expected, firsts, price }: { expected: number; firsts: readonly Packed[]; price: number }): Rounds | null {
    return expected >= leastIterations * tasks ? new Rounds(firsts, price) : null
  }

  /** The plan whose turn it is. */
  get runner(): Runner {
    return this.#runners[this.#turn]!
  }

  /** Only the winner is left. */
  get isLast(): boolean {
    return this.#round === runnersOf.length - 1
  }

  /** `share`: how much of all rounds is over. True when another turn begins: `runner` is the next one then. */
  move(share: number): boolean {
    const [round, turn, depth] = whereIs(share)
    const isOver = round !== this.#round || turn !== this.#turn
    if (isOver) {
      this.runner.score = this.#count > 0 ? this.#sum / this.#count : Infinity
      this.#sum = 0
      this.#count = 0
      if (round !== this.#round) this.#choose(round)
      this.#round = round
      this.#turn = turn
    }
    this.#depth = depth
    const [from, to] = [milestones[round]!, milestones[round + 1]!]
    this.temperature = from * (to / from) ** depth
    return isOver
  }

  /** The plan at work came out complete. */
  note(cost: number): void {
    if (this.#depth < judgedFrom) return
    this.#sum += cost
    this.#count++
  }

  /** The best go on; where they return to is sought anew, because what was best while it was hot says little later. */
  #choose(round: number): void {
    this.#runners.sort((a, b) => a.score - b.score)
    this.#runners = this.#runners.slice(0, runnersOf[round])
    for (const runner of this.#runners) runner.homeCost = Infinity
  }
}

const spanOf = (round: number): number => Math.log(milestones[round]! / milestones[round + 1]!)
/** Each turn takes the time of its way down, on a logarithmic scale. */
const whole = runnersOf.reduce((sum, runners, round) => sum + runners * spanOf(round), 0)

/** Round, turn and share of the turn. */
function whereIs(share: number): [number, number, number] {
  let at = Math.min(1, share) * whole
  for (let round = 0; round < runnersOf.length; round++) {
    const span = spanOf(round)
    const turn = Math.floor(at / span)
    if (turn < runnersOf[round]!) return [round, turn, at / span - turn]
    at -= runnersOf[round]! * span
  }
  return [runnersOf.length - 1, 0, 1]
}
