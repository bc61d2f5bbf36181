// The hot loops of insertion and what they ask, in one file: the compiler keeps them fast only as long as they make no call into another.
import type { ExactRoute } from '../judges/exact-route.ts'
import { arcAt, areAlike, durationAt, tolerance, type Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Routes } from '../routes.ts'

const blinkChance = 0.01
const everywhereTasks = 300
const unordered = -2

/** Finds where a task costs least. `after` is -1 when nowhere; `openKind` ≥ 0 asks for a new route; `retype` ≥ 0 for another vehicle. */
export class Placement {
  delta = Infinity
  after = -1
  openKind = -1
  retype = -1
  /** how many neighbours a side are tried; drawn anew each iteration */
  width = 40
  mayOpenRoutes = true
  /** chance that a task which no neighbour takes is tried everywhere when no new route is possible either */
  thoroughness = 1
  readonly #instance: Instance
  readonly #routes: Routes
  readonly #random: Random
  readonly #exact: ExactRoute | null
  readonly #stampOf: Int32Array
  readonly #kindFor: Int32Array
  readonly #extra: Float64Array
  readonly #baseFor: Int32Array
  readonly #factorFor: Float64Array
  /** vehicles that differ in their depots and shifts at most, one load, nothing else to ask: a route admits a task when its load leaves room */
  readonly #isPlain: boolean
  /** plain, and the ways to neighbours stand in lists */
  readonly #isListed: boolean
  readonly #loadOf: Float64Array
  /** [kind * tasks + task] price of a vehicle that serves this task only, NaN before it is asked */
  readonly #alone: Float64Array
  /** [task * kinds + rank] kinds that can serve it alone, cheapest first, then -1; unordered before they are asked; empty where prices depend on the plan */
  readonly #cheapest: Int32Array
  readonly #isShared: boolean
  #stamp = 0
  #blinkIn = 100

  constructor(instance: Instance, routes: Routes, random: Random, exact: ExactRoute | null) {
    this.#instance = instance
    this.#routes = routes
    this.#random = random
    this.#exact = exact
    this.#stampOf = new Int32Array(routes.slots)
    this.#kindFor = new Int32Array(routes.slots)
    this.#extra = new Float64Array(routes.slots)
    this.#baseFor = new Int32Array(routes.slots)
    this.#factorFor = new Float64Array(routes.slots)
    const { fleet, has, dimensions, tasks } = instance
    this.#isPlain = areAlike(instance) && dimensions <= 1 && !has.peaks && !has.trips && fleet.maxStops[0]! > tasks && fleet.mayServe.every((each) => each === 1)
    this.#isListed = this.#isPlain && instance.beforeArc.length > 0
    this.#loadOf = dimensions ? routes.deliveries : this.#extra
    this.#isShared = (instance.schedule?.shared.length ?? 0) > 0
    this.#cheapest = new Int32Array(this.#isShared ? 0 : fleet.kinds * tasks).fill(unordered)
    this.#alone = new Float64Array(fleet.kinds * tasks).fill(NaN)
  }

  /** `ceiling`: a place that costs this much or more is of no use; judged routes are spared the rest of a judgement from there on. */
  find(task: number, ceiling = Infinity): void {
    this.#forget()
    if (this.#exact) this.delta = ceiling
    if (this.mayOpenRoutes) this.#priceNewRoute(task)
    this.#scanNeighbours(task)
    // where a new route is possible, a far place is seldom better: large problems look for one only now and then
    const chance = this.openKind < 0 ? this.thoroughness : everywhereTasks / this.#instance.tasks
    if (this.after < 0 && (chance >= 1 || this.#random.unit() < chance)) this.#scanEverywhere(task)
  }

  /** The cheapest place in one route. */
  findIn(task: number, route: number): void {
    this.#forget()
    this.#scanRoute(task, route)
  }

  #forget(): void {
    this.delta = Infinity
    this.after = -1
    this.openKind = -1
    this.retype = -1
    if (++this.#stamp <= 500_000_000) return
    this.#stamp = 1
    this.#stampOf.fill(0)
  }

  /**
   * Candidate positions are those behind a likely predecessor and in front of a likely successor. The compiler keeps the arrays of a loop in
   * registers only when it is the innermost one, short and without calls, and its variables keep one type: such loops do what nearly every position
   * fails on (route full, dearer than the best, too late). What is left is asked outside of them.
   */
  #scanNeighbours(task: number): void {
    const { before, after, has } = this.#instance
    if (!has.time && before === after) {
      if (this.#isListed) this.#scanAround(task)
      else this.#scanBothSides(task, before)
    } else if (has.time && this.#isListed) {
      this.#scanBehind(task)
      this.#scanInFront(task)
    } else {
      this.#scanOneSide(task, before, true)
      this.#scanOneSide(task, after, false)
    }
  }

  /**
   * Behind likely predecessors. With one price of ways the neighbour's own way stands beside it in the list, so that most are refused before a table
   * is read at a scattered place: too far, by the triangle inequality where ways obey it, which the way behind an absent neighbour always is;
   * too late; or full. Too far comes first: from some neighbour on all are, and the processor foretells it.
   */
  #scanBehind(task: number): void {
    const { before, beforeArc, beforeTime, beforeCount, neighbourWidth } = this.#instance
    const { routeOf, edge, depart } = this.#routes
    const loadOf = this.#loadOf
    const limit = this.#roomFor(task)
    const lead = this.#lead()
    const closes = this.#routes.close[task]! + tolerance
    const from = task * neighbourWidth
    const to = from + Math.min(this.width, beforeCount[task]!)
    let best = this.delta
    for (let at = from; at < to; at++) {
      let left = 0
      for (; at < to; at++) {
        left = before[at]!
        if (lead * (beforeArc[at]! - edge[left]!) < best && depart[left]! + beforeTime[at]! <= closes && loadOf[routeOf[left]!]! <= limit) break
      }
      if (at >= to) return
      best = this.#weighBehind(task, left, routeOf[left]!, beforeArc[at]!, beforeTime[at]!)
    }
  }

  /** In front of likely successors. */
  #scanInFront(task: number): void {
    const { after, afterArc, afterTime, afterCount, neighbourWidth } = this.#instance
    const { routeOf, edge, late, prev } = this.#routes
    const loadOf = this.#loadOf
    const limit = this.#roomFor(task)
    const lead = this.#lead()
    // finite also without a window, so that it is after the -Infinity of an absent neighbour
    const ready = Math.max(-Number.MAX_VALUE, this.#routes.open[task]! + this.#routes.service[task]! - tolerance)
    const from = task * neighbourWidth
    const to = from + Math.min(this.width, afterCount[task]!)
    let best = this.delta
    for (let at = from; at < to; at++) {
      let right = 0
      for (; at < to; at++) {
        right = after[at]!
        // an absent neighbour may have a way before it, but is never in time
        if (lead * (afterArc[at]! - edge[prev[right]!]!) < best && ready + afterTime[at]! <= late[right]! && loadOf[routeOf[right]!]! <= limit) break
      }
      if (at >= to) return
      best = this.#weighInFront(task, right, routeOf[right]!, afterArc[at]!, afterTime[at]!)
    }
  }

  /** Without time one list holds both kinds of neighbours, and a neighbour's two sides share most of the work. */
  #scanAround(task: number): void {
    const { before, beforeArc, neighbourWidth } = this.#instance
    const { routeOf, edge, prev } = this.#routes
    const loadOf = this.#loadOf
    const limit = this.#roomFor(task)
    const lead = this.#lead()
    const from = task * neighbourWidth
    const to = from + Math.min(this.width, neighbourWidth)
    let best = this.delta
    for (let at = from; at < to; at++) {
      let neighbour = -1
      let route = -1
      for (; at < to; at++) {
        neighbour = before[at]!
        if (neighbour < 0) return
        route = routeOf[neighbour]!
        if (route < 0) continue
        if ((Number(loadOf[route]! > limit) | Number(lead * (beforeArc[at]! - Math.max(edge[neighbour]!, edge[prev[neighbour]!]!)) >= best)) === 0) break
      }
      if (at >= to) return
      best = this.#weighAround(task, neighbour, route, beforeArc[at]!)
    }
  }

  /** Load up to which a route may take the task; without goods all loads are 0. */
  #roomFor(task: number): number {
    const { dimensions, fleet, amount } = this.#instance
    return dimensions ? fleet.capacity[0]! + tolerance - amount[task]! : 0.5
  }

  /** Money that a metre more to a neighbour, than its own edge is long, costs at least: on the way back as well, by the triangle inequality. */
  #lead(): number {
    const { fleet, has } = this.#instance
    return fleet.factor[0]! * (has.metric ? 2 : 1)
  }

  /** Behind one neighbour, whose way and driving time to the task are known; returns the least price so far. */
  #weighBehind(task: number, left: number, route: number, link: number, seconds: number): number {
    const { arcs, durations, between, locations, locationOf, fleet } = this.#instance
    const { location, edge, depart, late, open, service, next } = this.#routes
    const right = next[left]!
    const here = locationOf[task]!
    const there = location[right]!
    const at = here * locations + there
    const delta = fleet.factor[0]! * (link + (between ? between.arc(here, there) : arcs[fleet.arcBase[0]! + at]!) - edge[left]!)
    if (delta >= this.delta) return this.delta
    const begin = Math.max(depart[left]! + seconds, open[task]!)
    const back = between ? between.duration(here, there) : durations[fleet.durationBase[0]! + at]!
    if (begin + service[task]! - tolerance + back <= late[right]!) this.#passes(task, left, right, route, delta)
    return this.delta
  }

  /** The same in front of one. */
  #weighInFront(task: number, right: number, route: number, link: number, seconds: number): number {
    const { arcsBack, durationsBack, between, locations, locationOf, fleet } = this.#instance
    const { location, edge, depart, late, open, close, service, prev } = this.#routes
    const left = prev[right]!
    const here = locationOf[task]!
    const there = location[left]!
    const at = here * locations + there
    const delta = fleet.factor[0]! * ((between ? between.arc(there, here) : arcsBack[fleet.arcBase[0]! + at]!) + link - edge[left]!)
    if (delta >= this.delta) return this.delta
    const begin = Math.max(depart[left]! + (between ? between.duration(there, here) : durationsBack[fleet.durationBase[0]! + at]!), open[task]!)
    if (begin <= close[task]! + tolerance && begin + service[task]! - tolerance + seconds <= late[right]!) this.#passes(task, left, right, route, delta)
    return this.delta
  }

  /** On both sides of one neighbour, without time. */
  #weighAround(task: number, neighbour: number, route: number, link: number): number {
    const { arcs, between, locations, locationOf, fleet } = this.#instance
    const { location, edge, next, prev } = this.#routes
    const here = locationOf[task]!
    const row = fleet.arcBase[0]! + here * locations
    const factor = fleet.factor[0]!
    const [left, right] = [prev[neighbour]!, next[neighbour]!]
    const [toLeft, toRight] = [location[left]!, location[right]!]
    const behind = factor * (link + (between ? between.arc(here, toRight) : arcs[row + toRight]!) - edge[neighbour]!)
    const front = factor * (link + (between ? between.arc(here, toLeft) : arcs[row + toLeft]!) - edge[left]!)
    if (behind < this.delta) this.#passes(task, neighbour, right, route, behind)
    if (front < this.delta) this.#passes(task, left, neighbour, route, front)
    return this.delta
  }

  /** Both sides of each neighbour where routes admit a task or not, each at its own price. */
  #scanBothSides(task: number, list: Int32Array): void {
    const { neighbourWidth, arcs, between, beforeArc, locations, locationOf, has } = this.#instance
    const { routeOf, next, prev, location, edge } = this.#routes
    const isMetric = has.metric === true
    const hasArcs = beforeArc.length > 0
    const here = locationOf[task]!
    const row = here * locations
    const to = task * neighbourWidth + Math.min(this.width, neighbourWidth)
    for (let at = task * neighbourWidth; at < to; at++) {
      const neighbour = list[at]!
      if (neighbour < 0) return
      const route = routeOf[neighbour]!
      if (route < 0 || !this.#admits(route, task)) continue
      const base = row + this.#baseFor[route]!
      const factor = this.#factorFor[route]!
      const more = this.#extra[route]!
      const arc = hasArcs ? beforeArc[at]! : arcs[base + location[neighbour]!]!
      const left = prev[neighbour]!
      // the triangle inequality alone says that neither side can pay
      if (isMetric && factor * 2 * (arc - Math.max(edge[neighbour]!, edge[left]!)) + more >= this.delta) continue
      const right = next[neighbour]!
      const [toLeft, toRight] = [location[left]!, location[right]!]
      const behind = factor * (arc + (between ? between.arc(here, toRight) : arcs[base + toRight]!) - edge[neighbour]!) + more
      const front = factor * (arc + (between ? between.arc(here, toLeft) : arcs[base + toLeft]!) - edge[left]!) + more
      if (behind < this.delta) this.#passes(task, neighbour, right, route, behind)
      if (front < this.delta) this.#passes(task, left, neighbour, route, front)
    }
  }

  /** One side of each neighbour where routes admit a task or not, each at its own price. */
  #scanOneSide(task: number, list: Int32Array, isBehind: boolean): void {
    const { neighbourWidth, arcs, arcsBack, durations, durationsBack, between, locations, locationOf, fleet, has } = this.#instance
    const { routeOf, next, prev, location, edge, depart, late, open, close, service } = this.#routes
    const listArc = isBehind ? this.#instance.beforeArc : this.#instance.afterArc
    const listTime = isBehind ? this.#instance.beforeTime : this.#instance.afterTime
    const hasTimes = listTime.length > 0
    const isMetric = has.metric && listArc.length > 0
    const opens = open[task]!
    const closes = close[task]! + tolerance
    const serves = service[task]! - tolerance
    const here = locationOf[task]!
    const row = here * locations
    const to = task * neighbourWidth + Math.min(this.width, neighbourWidth)
    for (let at = task * neighbourWidth; at < to; at++) {
      const neighbour = list[at]!
      if (neighbour < 0) return
      const route = routeOf[neighbour]!
      if (route < 0 || !this.#admits(route, task)) continue
      if (hasTimes && (isBehind ? depart[neighbour]! + listTime[at]! > closes : opens + serves + listTime[at]! > late[neighbour]!)) continue
      const left = isBehind ? neighbour : prev[neighbour]!
      const factor = this.#factorFor[route]!
      const more = this.#extra[route]!
      if (isMetric && factor * 2 * (listArc[at]! - edge[left]!) + more >= this.delta) continue
      const right = isBehind ? next[neighbour]! : neighbour
      const base = row + this.#baseFor[route]!
      const [toLeft, toRight] = [location[left]!, location[right]!]
      const delta = factor * ((between ? between.arc(toLeft, here) + between.arc(here, toRight) : arcsBack[base + toLeft]! + arcs[base + toRight]!) - edge[left]!) + more
      if (delta >= this.delta) continue
      if (has.time) {
        const timeBase = row + fleet.durationBase[this.#kindFor[route]!]!
        const arrival = depart[left]! + (between ? between.duration(toLeft, here) : durationsBack[timeBase + toLeft]!)
        const begin = arrival < opens ? opens : arrival
        if (begin > closes || begin + serves + (between ? between.duration(here, toRight) : durations[timeBase + toRight]!) > late[right]!) continue
      }
      this.#passes(task, left, right, route, delta)
    }
  }

  /** Every position of every route that may take the task: rare, when no neighbour could. */
  #scanEverywhere(task: number): void {
    const { active } = this.#routes
    for (let at = 0; at < this.#routes.activeCount; at++) this.#scanRoute(task, active[at]!)
  }

  #scanRoute(task: number, route: number): void {
    if (this.#isPlain ? this.#loadOf[route]! > this.#roomFor(task) : !this.#admits(route, task)) return
    const instance = this.#instance
    const { locationOf, fleet, has } = instance
    const { next, location, edge, depart, late, open, close, service } = this.#routes
    const kind = this.#isPlain ? this.#routes.kindOf[route]! : this.#kindFor[route]!
    const here = locationOf[task]!
    const base = fleet.arcBase[kind]!
    const timeBase = fleet.durationBase[kind]!
    const factor = fleet.factor[kind]!
    const more = this.#extra[route]!
    for (let left = this.#routes.startOf(route), right = next[left]!; right >= 0; left = right, right = next[left]!) {
      const delta = factor * (arcAt(instance, base, location[left]!, here) + arcAt(instance, base, here, location[right]!) - edge[left]!) + more
      if (delta >= this.delta) continue
      if (has.time) {
        // beyond this stop the vehicle only comes later
        if (depart[left]! > close[task]! + tolerance) return
        const begin = Math.max(open[task]!, depart[left]! + durationAt(instance, timeBase, location[left]!, here))
        if (begin > close[task]! + tolerance || begin + service[task]! + durationAt(instance, timeBase, here, location[right]!) > late[right]! + tolerance) continue
      }
      this.#passes(task, left, right, route, delta)
    }
  }

  /** The blink, and the constraints that few problems have; a position that passes is the best so far. */
  #passes(task: number, left: number, right: number, route: number, fast: number): void {
    const { has } = this.#instance
    const routes = this.#routes
    const kind = this.#isPlain ? routes.kindOf[route]! : this.#kindFor[route]!
    if (--this.#blinkIn <= 0) {
      this.#blinkIn = 1 + Math.floor(Math.log(1 - this.#random.unit()) / Math.log(1 - blinkChance))
      return
    }
    if (routes.frozen[right] === 1) return
    if (has.severalWindows && !this.#isInTime(task, left, right, kind)) return
    if (has.peaks && !has.trips && !this.#hasRoomAt(task, left, route, kind)) return
    if (has.backhaulsLast && !this.#keepsOrder(task, left, right)) return
    let delta = fast
    if (has.duration) delta += this.#durationPrice(task, left, right, kind)
    if (delta >= this.delta) return
    if (this.#exact) delta = this.#exact.priceInsertion({ route, kind, task, after: left, mate: -1, mateAfter: -1 }, this.delta)
    if (delta >= this.delta) return
    this.delta = delta
    this.after = left
    this.openKind = -1
    this.retype = kind === routes.kindOf[route]! ? -1 : kind
  }

  /** Answers once for a route and task, and remembers the vehicle kind the route would then have. */
  #admits(route: number, task: number): boolean {
    const code = this.#stamp * 2
    const known = this.#stampOf[route]!
    if (known >= code) return known > code
    const isAdmitted = this.#admitsNow(route, task)
    this.#stampOf[route] = isAdmitted ? code + 1 : code
    return isAdmitted
  }

  #admitsNow(route: number, task: number): boolean {
    const routes = this.#routes
    const kind = routes.kindOf[route]!
    this.#kindFor[route] = kind
    this.#extra[route] = 0
    const { fleet } = this.#instance
    this.#baseFor[route] = fleet.arcBase[kind]!
    this.#factorFor[route] = fleet.factor[kind]!
    if (this.#carries(route, task, kind)) return true
    if (this.#instance.has.oneKind) return false
    let best = Infinity
    for (let other = 0; other < fleet.kinds; other++) {
      if (other === kind || fleet.movement[other] !== fleet.movement[kind] || fleet.arcBase[other] !== fleet.arcBase[kind] || !routes.mayOpen(other)) continue
      const extra = fleet.fixedCost[other]! - fleet.fixedCost[kind]! + (fleet.factor[other]! - fleet.factor[kind]!) * routes.arcSum[route]!
      if (extra >= best || !this.#carries(route, task, other) || !this.mayTakeOver(route, other)) continue
      best = extra
      this.#kindFor[route] = other
      this.#factorFor[route] = fleet.factor[other]!
      this.#extra[route] = extra
    }
    return best < Infinity
  }

  #carries(route: number, task: number, kind: number): boolean {
    const { fleet, tasks, dimensions, amount, kind: taskKinds } = this.#instance
    const routes = this.#routes
    if (fleet.mayServe[kind * tasks + task] === 0 || routes.size[route]! >= fleet.maxStops[kind]!) return false
    if (this.#exact?.hasTrips) return true
    const load = taskKinds[task] === 0 ? routes.deliveries : routes.pickups
    for (let dimension = 0; dimension < dimensions; dimension++) if (load[route * dimensions + dimension]! + amount[task * dimensions + dimension]! > fleet.capacity[kind * dimensions + dimension]! + tolerance) return false
    return true
  }

  /** Whether another vehicle kind may do what the route already holds. */
  mayTakeOver(route: number, kind: number): boolean {
    const { fleet, tasks, dimensions, has } = this.#instance
    const routes = this.#routes
    for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) if (fleet.mayServe[kind * tasks + node] === 0 || routes.frozen[node] === 1) return false
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const room = fleet.capacity[kind * dimensions + dimension]! + tolerance
      if (has.peaks) {
        if (routes.deliveries[route * dimensions + dimension]! + routes.peakBefore[routes.endOf(route) * dimensions + dimension]! > room) return false
      } else if (routes.deliveries[route * dimensions + dimension]! > room) return false
    }
    return true
  }

  /** A delivery is on board from the start to here, a pickup from here to the end. */
  #hasRoomAt(task: number, left: number, route: number, kind: number): boolean {
    const { dimensions, amount, fleet, kind: taskKinds } = this.#instance
    const routes = this.#routes
    const peak = taskKinds[task] === 0 ? routes.peakBefore : routes.peakAfter
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const load = routes.deliveries[route * dimensions + dimension]! + peak[left * dimensions + dimension]! + amount[task * dimensions + dimension]!
      if (load > fleet.capacity[kind * dimensions + dimension]! + tolerance) return false
    }
    return true
  }

  #keepsOrder(task: number, left: number, right: number): boolean {
    const { kind, tasks } = this.#instance
    const { next, prev } = this.#routes
    // ends of carried orders may stand anywhere: the nearest other task on that side decides
    let before = left
    while (before < tasks && kind[before]! > 1) before = prev[before]!
    let behind = right
    while (behind < tasks && kind[behind]! > 1) behind = next[behind]!
    if (kind[task] === 0) return before >= tasks || kind[before] !== 1
    return kind[task] !== 1 || behind >= tasks || kind[behind] !== 0
  }

  /** The windows one by one; their hull was asked before. */
  #isInTime(task: number, left: number, right: number, kind: number): boolean {
    const instance = this.#instance
    const routes = this.#routes
    const base = instance.fleet.durationBase[kind]!
    const here = routes.location[task]!
    const begin = routes.nextOpen(task, routes.depart[left]! + durationAt(instance, base, routes.location[left]!, here))
    return begin <= routes.close[task]! + tolerance && begin + routes.service[task]! + durationAt(instance, base, here, routes.location[right]!) <= routes.late[right]! + tolerance
  }

  /** Price of the longer duty; Infinity when the shift's limit is passed. */
  #durationPrice(task: number, left: number, right: number, kind: number): number {
    const instance = this.#instance
    const { fleet } = instance
    const routes = this.#routes
    const here = routes.location[task]!
    const span = routes.headDuration[left]! + durationAt(instance, fleet.durationBase[kind]!, routes.location[left]!, here)
    const wait = Math.max(0, routes.open[task]! - span - routes.headLate[left]!)
    const late = Math.min(routes.close[task]! - span, routes.headLate[left]!)
    const onward = span + wait + routes.service[task]! + durationAt(instance, fleet.durationBase[kind]!, here, routes.location[right]!)
    const total = onward + Math.max(0, routes.tailEarly[right]! - onward - late) + routes.tailDuration[right]!
    if (total > fleet.maxDuration[kind]! + tolerance) return Infinity
    return fleet.costPerSecond[kind]! * (total - routes.duration[routes.routeOf[left]!]!)
  }

  #priceNewRoute(task: number): void {
    const { kinds } = this.#instance.fleet
    if (this.#isShared) {
      for (let kind = 0; kind < kinds; kind++) this.#priceNewVehicle(task, kind)
      return
    }
    if (this.#cheapest[task * kinds] === unordered) this.#orderKinds(task)
    for (let at = task * kinds; at < (task + 1) * kinds; at++) {
      const kind = this.#cheapest[at]!
      if (kind < 0) return
      if (!this.#routes.mayOpen(kind)) continue
      const price = this.priceAlone(task, kind)
      if (price >= this.delta) return
      this.delta = price
      this.openKind = kind
      return
    }
  }

  #priceNewVehicle(task: number, kind: number): void {
    const { fleet, tasks } = this.#instance
    if (fleet.mayServe[kind * tasks + task] === 0 || !this.#routes.mayOpen(kind)) return
    const price = this.priceAlone(task, kind)
    if (price >= this.delta) return
    this.delta = price
    this.openKind = kind
  }

  /** The kinds that can serve a task alone, cheapest first: the price does not depend on the plan. */
  #orderKinds(task: number): void {
    const { fleet, tasks } = this.#instance
    const kinds = Array.from({ length: fleet.kinds }, (_, kind) => kind).filter((kind) => fleet.mayServe[kind * tasks + task] === 1 && this.priceAlone(task, kind) < Infinity)
    kinds.sort((a, b) => this.priceAlone(task, a) - this.priceAlone(task, b) || a - b)
    this.#cheapest.fill(-1, task * fleet.kinds, (task + 1) * fleet.kinds)
    this.#cheapest.set(kinds, task * fleet.kinds)
  }

  /** Cost of a vehicle of a kind that serves one task only; Infinity when it cannot. Only shared berths and points make it depend on the plan. */
  priceAlone(task: number, kind: number): number {
    if (this.#isShared) return this.#priceAloneNow(task, kind)
    const at = kind * this.#instance.tasks + task
    const known = this.#alone[at]!
    return known === known ? known : (this.#alone[at] = this.#priceAloneNow(task, kind))
  }

  #priceAloneNow(task: number, kind: number): number {
    const instance = this.#instance
    const { locationOf, fleet, has } = instance
    const routes = this.#routes
    const here = locationOf[task]!
    const start = fleet.start[kind]!
    const end = fleet.end[kind]!
    const base = fleet.arcBase[kind]!
    let price = fleet.fixedCost[kind]! + fleet.factor[kind]! * (arcAt(instance, base, start, here) + arcAt(instance, base, here, end))
    if (!has.time) return this.#exact ? this.#exact.priceAlone(kind, task) : price
    const out = durationAt(instance, fleet.durationBase[kind]!, start, here)
    const back = durationAt(instance, fleet.durationBase[kind]!, here, end)
    const begin = routes.nextOpen(task, fleet.shiftEarliest[kind]! + out)
    if (begin > routes.close[task]! + tolerance || begin + routes.service[task]! + back > fleet.shiftLatest[kind]! + tolerance) return Infinity
    if (has.duration) {
      const latestOut = Math.min(routes.close[task]! - out, fleet.shiftLatest[kind]!)
      const duty = out + Math.max(0, routes.open[task]! - latestOut - out) + routes.service[task]! + back
      if (duty > fleet.maxDuration[kind]! + tolerance) return Infinity
      price += fleet.costPerSecond[kind]! * duty
    }
    return this.#exact ? this.#exact.priceAlone(kind, task) : price
  }
}
