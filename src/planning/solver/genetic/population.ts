import type { Random } from '../random.ts'
import type { Ground, Tours } from './ground.ts'

/** A plan in the population, and who stands beside whom in it. */
export interface Individual {
  readonly tours: Tours
  /** money without penalties */
  readonly cost: number
  /** load beyond what fits */
  readonly excess: number
  /** neighbour behind and before each task; the depot is `tasks` */
  readonly behind: Int32Array
  readonly before: Int32Array
  /** a number for each route that depends on its sequence */
  readonly keys: Int32Array
  /** routes within capacity */
  readonly fits: Uint8Array
}

/** A plan with its place in the population. */
export interface Member extends Individual {
  /** row of the table of distances */
  readonly slot: number
  /** mean distance to the closest few others */
  spread: number
  /** ranks by cost and by spread together; less is better */
  fitness: number
}

export const sizes = { least: 25, grown: 40, elite: 4, close: 5 } as const
const most = sizes.least + sizes.grown + 1

/** What a plan costs, and how much it carries too much. */
export function measure(ground: Ground, tours: Tours): Individual {
  const { tasks, size, arc, amount, capacity, fixedCost } = ground
  const { sequence, starts } = tours
  const behind = new Int32Array(tasks)
  const before = new Int32Array(tasks)
  const fits = new Uint8Array(starts.length - 1)
  let [cost, excess] = [0, 0]
  for (let route = 0; route + 1 < starts.length; route++) {
    let [from, load] = [tasks, 0]
    cost += fixedCost
    for (let at = starts[route]!; at <= starts[route + 1]!; at++) {
      const to = at < starts[route + 1]! ? sequence[at]! : tasks
      cost += arc[from * size + to]!
      load += amount[to]!
      if (from < tasks) behind[from] = to
      if (to < tasks) before[to] = from
      from = to
    }
    excess += Math.max(0, load - capacity)
    fits[route] = load <= capacity + 1e-7 ? 1 : 0
  }
  return { tours, cost, excess: excess > 1e-7 ? excess : 0, behind, before, keys: keysOf(tours, tasks), fits }
}

/** A number for each route, from its links. */
function keysOf({ sequence, starts }: Tours, depot: number): Int32Array {
  const keys = new Int32Array(starts.length - 1)
  for (let route = 0; route < keys.length; route++) {
    let [from, key] = [depot, 0]
    for (let at = starts[route]!; at <= starts[route + 1]!; at++) {
      const to = at < starts[route + 1]! ? sequence[at]! : depot
      key = (key + Math.imul(Math.imul(from + 1, 0x9e3779b1) ^ (to + 0x7f4a7c15), 0x85ebca6b)) | 0
      from = to
    }
    keys[route] = key
  }
  return keys
}

/** For each route of a plan a bit for each parent that has it as it is. */
export function originsOf(tours: Tours, parents: readonly Individual[]): Uint8Array {
  if (parents.length === 0) return new Uint8Array(tours.starts.length - 1)
  const keys = keysOf(tours, tours.sequence.length)
  const bits = new Map<number, number>()
  parents.forEach((each, at) => {
    for (const key of each.keys) bits.set(key, (bits.get(key) ?? 0) | (1 << at))
  })
  return Uint8Array.from(keys, (key) => bits.get(key) ?? 0)
}

/** Share of tasks whose neighbours differ (broken pairs: Prins 2009). */
export function distanceOf(a: Individual, b: Individual): number {
  const { length } = a.behind
  let broken = 0
  for (let task = 0; task < length; task++) {
    const next = a.behind[task]!
    if (next !== b.behind[task] && next !== b.before[task]) broken++
    const prev = a.before[task]!
    if (prev === length && b.before[task] !== length && b.behind[task] !== length) broken++
  }
  return broken / length
}

/** Plans of one kind, ranked by cost and by how far they lie from the others (biased fitness: Vidal, Crainic, Gendreau, Lahrichi & Rei 2012). */
class Group {
  /** cheapest first */
  readonly members: Member[] = []
  /** the same, the one farthest from its neighbours first */
  readonly #bySpread: Member[] = []
  readonly #distance = new Float64Array(most * most)
  readonly #free = Array.from({ length: most }, (_, at) => at)
  /** distances of each slot to the closest others, ascending */
  readonly #closest = new Float64Array(most * sizes.close)

  add(individual: Individual, price: number): void {
    const slot = this.#free.pop()!
    const member: Member = { ...individual, slot, spread: 0, fitness: 0 }
    const own = slot * sizes.close
    this.#closest.fill(Infinity, own, own + sizes.close)
    for (const other of this.members) {
      const distance = distanceOf(member, other)
      this.#distance[slot * most + other.slot] = this.#distance[other.slot * most + slot] = distance
      this.#noteDistance(own, distance)
      this.#noteDistance(other.slot * sizes.close, distance)
    }
    this.members.push(member)
    this.#bySpread.push(member)
    if (this.members.length === most) while (this.members.length > sizes.least) this.#removeWorst(price)
    this.rank(price)
  }

  rank(price: number): void {
    const { members } = this
    const { length } = members
    const bySpread = this.#bySpread
    for (const each of members) each.spread = this.#spreadOf(each)
    // little changes between two calls
    for (let at = 1; at < length; at++) {
      const costly = members[at]!
      const cost = costly.cost + price * costly.excess
      let to = at
      for (; to > 0 && members[to - 1]!.cost + price * members[to - 1]!.excess > cost; to--) members[to] = members[to - 1]!
      members[to] = costly
      const far = bySpread[at]!
      for (to = at; to > 0 && bySpread[to - 1]!.spread < far.spread; to--) bySpread[to] = bySpread[to - 1]!
      bySpread[to] = far
    }
    const weight = length <= sizes.elite ? 0 : 1 - sizes.elite / length
    const scale = 1 / Math.max(1, length - 1)
    for (let at = 0; at < length; at++) members[at]!.fitness = at * scale
    for (let at = 0; at < length; at++) bySpread[at]!.fitness += weight * at * scale
  }

  #noteDistance(own: number, distance: number): void {
    const closest = this.#closest
    let at = own + sizes.close - 1
    if (distance >= closest[at]!) return
    for (; at > own && closest[at - 1]! > distance; at--) closest[at] = closest[at - 1]!
    closest[at] = distance
  }

  /** Mean distance to the closest few. */
  #spreadOf({ slot }: Member): number {
    const count = Math.min(sizes.close, this.members.length - 1)
    let sum = 0
    for (let at = 0; at < count; at++) sum += this.#closest[slot * sizes.close + at]!
    return sum / Math.max(1, count)
  }

  /** Twins go first, then whoever is worst in cost and distance together; the best stays. */
  #removeWorst(price: number): void {
    this.rank(price)
    const { members } = this
    const isTwin = (each: Member) => this.#closest[each.slot * sizes.close]! < 1e-9
    const others = members.slice(1)
    const twins = others.filter(isTwin)
    const worst = (twins.length ? twins : others).reduce((a, b) => (b.fitness > a.fitness ? b : a))
    members.splice(members.indexOf(worst), 1)
    this.#bySpread.splice(this.#bySpread.indexOf(worst), 1)
    this.#free.push(worst.slot)
    for (const each of members) {
      const own = each.slot * sizes.close
      if (this.#distance[each.slot * most + worst.slot]! > this.#closest[own + sizes.close - 1]!) continue
      this.#closest.fill(Infinity, own, own + sizes.close)
      for (const other of members) if (other !== each) this.#noteDistance(own, this.#distance[each.slot * most + other.slot]!)
    }
  }
}

/** Plans kept for crossing, those that carry too much apart. */
export class Population {
  readonly #random: Random
  #feasible = new Group()
  #infeasible = new Group()
  #perUnit = 1

  constructor(random: Random) {
    this.#random = random
  }

  get size(): number {
    return this.#feasible.members.length + this.#infeasible.members.length
  }

  clear(): void {
    this.#feasible = new Group()
    this.#infeasible = new Group()
  }

  add(individual: Individual): void {
    const group = individual.excess === 0 ? this.#feasible : this.#infeasible
    group.add(individual, this.#perUnit)
  }

  /** Two parents, each the better of two drawn. */
  parents(): [Individual, Individual] {
    const first = this.#tournament()
    let second = this.#tournament()
    for (let trial = 0; trial < 10 && second === first; trial++) second = this.#tournament()
    return [first, second]
  }

  /** Another price of a load too much changes what the infeasible are worth. */
  setPenalty(perUnit: number): void {
    this.#perUnit = perUnit
    this.#infeasible.rank(perUnit)
  }

  /** Plans within capacity, cheapest first. */
  feasible(): readonly Member[] {
    return this.#feasible.members
  }

  #tournament(): Member {
    const { members } = this.#feasible
    const draw = () => {
      const at = this.#random.below(this.size)
      return at < members.length ? members[at]! : this.#infeasible.members[at - members.length]!
    }
    const [a, b] = [draw(), draw()]
    return a.fitness < b.fitness ? a : b
  }
}
