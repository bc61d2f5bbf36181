// The one mutable structure of the search; split, its hot loops would call across files. Linked routes, their caches, and an undo log.
import type { ExactRoute } from './judges/exact-route.ts'
import { arcAt, durationAt, tolerance, type Instance } from './instance/instance.ts'

const insertion = 0
const removal = 1
const opening = 2
const closing = 3
const retyping = 4

/**
 * A plan in one flat array: for each route its kind, its length, its tasks. Where routes share berths or charging points, one more entry
 * of kind `bookedKind` follows with the slots they hold.
 */
export type Packed = Int32Array
export const bookedKind = -1

/**
 * Routes as linked lists over node ids: tasks are 0 … tasks-1, route `r` begins at node `tasks + r` and ends at `tasks + slots + r`.
 * Every structural change is logged until `commit`; `rollback` undoes it in reverse and refreshes the routes touched.
 */
export class Routes {
  readonly instance: Instance
  readonly slots: number
  readonly next: Int32Array
  readonly prev: Int32Array
  /** route of a node, -1 when the task is absent */
  readonly routeOf: Int32Array
  readonly location: Int32Array
  readonly open: Float64Array
  readonly close: Float64Array
  readonly service: Float64Array
  /** earliest start of service, and the departure after it */
  readonly early: Float64Array
  readonly depart: Float64Array
  /** latest start of service that keeps the rest of the route in time; -Infinity when the task is absent */
  readonly late: Float64Array
  /** arc to the next node, before the kind's factor, and its driving time; of an absent task -Infinity, so that no place next to it can pay */
  readonly edge: Float64Array
  readonly edgeTime: Float64Array
  /** highest load up to and from a node, relative to the load at departure: [node * dimensions + dimension] */
  readonly running: Float64Array
  readonly peakBefore: Float64Array
  readonly peakAfter: Float64Array
  /** segments start…node and node…end (Vidal et al. 2014): shortest duration, and the latest begin of the head, the earliest of the tail, that attain it */
  readonly headDuration: Float64Array
  readonly headLate: Float64Array
  readonly tailDuration: Float64Array
  readonly tailEarly: Float64Array
  readonly frozen: Uint8Array
  readonly kindOf: Int32Array
  readonly size: Int32Array
  readonly arcSum: Float64Array
  readonly duration: Float64Array
  /** money of what lies off the sequence of stops: trips to the depot, chargers */
  readonly detour: Float64Array
  /** goods leaving the depot, goods coming back: [route * dimensions + dimension] */
  readonly deliveries: Float64Array
  readonly pickups: Float64Array
  /** goods that left the vehicle up to and with a node, and its position: valid after `count`, for deliveries only */
  readonly loadUpTo: Float64Array
  readonly position: Int32Array
  readonly active: Int32Array
  activeCount = 0
  readonly usedOfKind: Int32Array
  cost = 0
  exact: ExactRoute | null = null
  readonly #isCounted: Uint8Array
  readonly #activeAt: Int32Array
  readonly #free: Int32Array
  #freeCount: number
  #log = new Int32Array(4096)
  #logged = 0
  #savedCost = 0
  readonly #touched: Int32Array
  readonly #touchStamp: Int32Array
  #touchedCount = 0
  #stamp = 1

  constructor(instance: Instance) {
    const { tasks, dimensions, fleet } = instance
    this.instance = instance
    this.slots = Math.min(tasks, fleet.count.reduce((sum, each) => sum + each, 0)) + 1
    const nodes = tasks + 2 * this.slots
    const ints = (size: number, fill = 0) => new Int32Array(size).fill(fill)
    const floats = (size: number, fill = 0) => new Float64Array(size).fill(fill)
    this.next = ints(nodes, -1)
    this.prev = ints(nodes, -1)
    // whatever it says of an absent task, it can be read from
    this.prev.fill(0, 0, tasks)
    this.routeOf = ints(nodes, -1)
    this.location = ints(nodes)
    this.location.set(instance.locationOf)
    this.open = floats(nodes, -Infinity)
    this.open.set(instance.open)
    this.close = floats(nodes, Infinity)
    this.close.set(instance.close)
    this.service = floats(nodes)
    this.service.set(instance.service)
    this.early = floats(nodes)
    this.depart = floats(nodes)
    this.late = floats(nodes, Infinity)
    this.late.fill(-Infinity, 0, tasks)
    this.edge = floats(nodes)
    this.edge.fill(-Infinity, 0, tasks)
    this.edgeTime = floats(nodes)
    const peaks = instance.has.peaks ? nodes * dimensions : 0
    this.running = floats(peaks)
    this.peakBefore = floats(peaks)
    this.peakAfter = floats(peaks)
    const segments = instance.has.duration ? nodes : 0
    this.headDuration = floats(segments)
    this.headLate = floats(segments)
    this.tailDuration = floats(segments)
    this.tailEarly = floats(segments)
    this.frozen = new Uint8Array(nodes)
    this.kindOf = ints(this.slots)
    this.size = ints(this.slots)
    this.arcSum = floats(this.slots)
    this.duration = floats(this.slots)
    this.detour = floats(this.slots)
    this.deliveries = floats(this.slots * dimensions)
    this.pickups = floats(this.slots * dimensions)
    this.loadUpTo = floats(nodes * dimensions)
    this.position = ints(nodes)
    this.#isCounted = new Uint8Array(this.slots)
    this.active = ints(this.slots)
    this.#activeAt = ints(this.slots)
    this.#free = Int32Array.from({ length: this.slots }, (_, at) => this.slots - 1 - at)
    this.#freeCount = this.slots
    this.usedOfKind = ints(fleet.kinds)
    this.#touched = ints(this.slots)
    this.#touchStamp = ints(this.slots)
  }

  startOf(route: number): number {
    return this.instance.tasks + route
  }

  endOf(route: number): number {
    return this.instance.tasks + this.slots + route
  }

  /** Whether one more vehicle of a kind may be used. */
  mayOpen(kind: number): boolean {
    const { fleet } = this.instance
    if (this.#freeCount === 0 || this.usedOfKind[kind]! >= fleet.count[kind]!) return false
    for (const at of fleet.limitsOf[kind]!) if (this.#usedUnder(at) >= fleet.limits[at]!.count) return false
    return true
  }

  #usedUnder(limit: number): number {
    let used = 0
    for (const kind of this.instance.fleet.limits[limit]!.kinds) used += this.usedOfKind[kind]!
    return used
  }

  /** Opens an empty route with a vehicle of a kind. */
  openRoute(kind: number): number {
    const route = this.#free[this.#freeCount - 1]!
    this.#note(opening, route, 0, 0)
    this.#open(kind)
    this.#touch(route)
    return route
  }

  /** Puts an absent task behind a node; the caller refreshes. */
  insert(task: number, after: number): void {
    const route = this.routeOf[after]!
    this.#note(insertion, task, 0, 0)
    this.#touch(route)
    this.#link(task, after, route)
  }

  /** Takes a task out; the route is closed when it was the last. The caller refreshes what stays open. */
  remove(task: number): void {
    const route = this.routeOf[task]!
    this.#note(removal, task, this.prev[task]!, route)
    this.#touch(route)
    this.#unlink(task, route)
    if (this.size[route]! > 0) return
    this.#note(closing, route, this.kindOf[route]!, 0)
    this.#close(route)
  }

  /** Gives a route to another kind of vehicle; the caller has checked that it fits, and refreshes. */
  retype(route: number, kind: number): void {
    this.#note(retyping, route, this.kindOf[route]!, 0)
    this.#touch(route)
    this.#retype(route, kind)
  }

  /** Visits each route that changed since the last commit and still stands. */
  forTouched(visit: (route: number) => void): void {
    for (let at = 0; at < this.#touchedCount; at++) if (this.size[this.#touched[at]!]! > 0) visit(this.#touched[at]!)
  }

  /** Brings positions and sums of loads along a route up to date; where it did not change since, that costs nothing. */
  count(route: number): void {
    if (this.#isCounted[route] === 1) return
    this.#isCounted[route] = 1
    const { next, position, loadUpTo } = this
    const { dimensions, amount } = this.instance
    let before = this.startOf(route)
    for (let node = next[before]!, at = 1; next[node]! >= 0; node = next[node]!, at++) {
      position[node] = at
      for (let dimension = 0; dimension < dimensions; dimension++) loadUpTo[node * dimensions + dimension] = loadUpTo[before * dimensions + dimension]! + amount[node * dimensions + dimension]!
      before = node
    }
  }

  /**
   * What follows `left` and what follows `otherLeft` in another route change places, each route keeping its own end; a route left empty is closed.
   * Not logged: only for a state that was just committed, and the caller commits again. Loads must be deliveries, ways cost both vehicles the same.
   */
  exchangeTails(left: number, otherLeft: number): void {
    const { next, prev, edge } = this
    const { dimensions } = this.instance
    const [route, other] = [this.routeOf[left]!, this.routeOf[otherLeft]!]
    const [right, otherRight] = [next[left]!, next[otherLeft]!]
    this.count(route)
    this.count(other)
    for (let dimension = 0; dimension < dimensions; dimension++) {
      const [at, from] = [route * dimensions + dimension, other * dimensions + dimension]
      const [heads, otherHeads] = [this.loadUpTo[left * dimensions + dimension]!, this.loadUpTo[otherLeft * dimensions + dimension]!]
      const sum = this.deliveries[at]! + this.deliveries[from]!
      this.deliveries[at] = heads + this.deliveries[from]! - otherHeads
      this.deliveries[from] = sum - this.deliveries[at]!
    }
    const difference = this.size[other]! - this.position[otherLeft]! - this.size[route]! + this.position[left]!
    this.size[route]! += difference
    this.size[other]! -= difference
    const [end, otherEnd] = [this.endOf(route), this.endOf(other)]
    const [last, otherLast] = [prev[end]!, prev[otherEnd]!]
    const moved = -this.#giveTail(right, other) + this.#giveTail(otherRight, route)
    const [cut, otherCut] = [edge[left]!, edge[otherLeft]!]
    this.#tie(left, otherRight === otherEnd ? end : otherRight)
    this.#tie(otherLeft, right === end ? otherEnd : right)
    if (otherRight !== otherEnd) this.#tie(otherLast, end)
    if (right !== end) this.#tie(last, otherEnd)
    this.#measure(left)
    this.#measure(otherLeft)
    // vehicles of two depots: the last ways lead elsewhere
    const home = otherRight !== otherEnd ? this.#measureAgain(otherLast) : 0
    const otherHome = right !== end ? this.#measureAgain(last) : 0
    this.#grow(route, edge[left]! - cut + moved + home)
    this.#grow(other, edge[otherLeft]! - otherCut - moved + otherHome)
    if (this.size[route] === 0) this.#close(route)
    if (this.size[other] === 0) this.#close(other)
  }

  /** Turns the stops from `first` to `last` of one route round; not logged, as above. Ways must cost the same both ways. */
  turn(first: number, last: number): void {
    const { next, prev, edge } = this
    const route = this.routeOf[first]!
    const [before, behind] = [prev[first]!, next[last]!]
    const gone = edge[before]! + edge[last]!
    for (let node = first, arriving = edge[before]!; ; ) {
      const onward = next[node]!
      const leaving = edge[node]!
      next[node] = prev[node]!
      prev[node] = onward
      edge[node] = arriving
      arriving = leaving
      if (node === last) break
      node = onward
    }
    this.#tie(before, last)
    this.#tie(first, behind)
    this.#measure(before)
    this.#measure(first)
    this.#grow(route, edge[before]! + edge[first]! - gone)
  }

  /** Gives the stops from `first` to its route's end to another route; returns the arcs behind them. */
  #giveTail(first: number, route: number): number {
    const { next, edge, routeOf } = this
    let arcs = 0
    for (let node = first; next[node]! >= 0; node = next[node]!) {
      routeOf[node] = route
      arcs += edge[node]!
    }
    return arcs
  }

  /** What the arc behind a node costs more than it did. */
  #measureAgain(node: number): number {
    const before = this.edge[node]!
    this.#measure(node)
    return this.edge[node]! - before
  }

  #tie(node: number, following: number): void {
    this.next[node] = following
    this.prev[following] = node
  }

  #grow(route: number, arcs: number): void {
    this.#isCounted[route] = 0
    this.arcSum[route]! += arcs
    this.cost += this.instance.fleet.factor[this.kindOf[route]!]! * arcs
  }

  /** Keeps all changes since the last commit. */
  commit(): void {
    this.#logged = 0
    this.#touchedCount = 0
    this.#stamp++
    this.#savedCost = this.cost
    this.exact?.keep()
  }

  /** Takes all changes since the last commit back. */
  rollback(): void {
    const log = this.#log
    for (let at = this.#logged - 4; at >= 0; at -= 4) {
      const [kind, a, b, c] = [log[at]!, log[at + 1]!, log[at + 2]!, log[at + 3]!]
      if (kind === insertion) this.#unlink(a, this.routeOf[a]!)
      else if (kind === removal) this.#link(a, b, c)
      else if (kind === opening) this.#close(a)
      else if (kind === closing) this.#open(b)
      else this.#retype(a, b)
    }
    this.exact?.undo()
    for (let at = 0; at < this.#touchedCount; at++) if (this.size[this.#touched[at]!]! > 0) this.refresh(this.#touched[at]!)
    this.#logged = 0
    this.#touchedCount = 0
    this.#stamp++
    this.cost = this.#savedCost
  }

  /** Recomputes every cache of a route. */
  refresh(route: number): void {
    const { has } = this.instance
    const start = this.startOf(route)
    if (has.time) {
      this.early[start] = this.open[start]!
      this.depart[start] = this.early[start]!
      this.forward(this.next[start]!, true)
      const end = this.endOf(route)
      this.late[end] = this.close[end]!
      this.backward(this.prev[end]!, true)
    }
    if (has.peaks) this.#refreshPeaks(route)
    if (has.duration) this.#refreshDuration(route, this.startOf(route), this.endOf(route))
    if (this.exact) this.#refreshDetour(route)
  }

  /** Recomputes the caches that one inserted task changes, stopping where nothing changes any more. */
  refreshAround(task: number): void {
    const { has } = this.instance
    if (has.time) {
      this.forward(task, false)
      this.backward(task, false)
    }
    if (has.peaks) this.#refreshPeaks(this.routeOf[task]!)
    if (has.duration) this.#refreshDuration(this.routeOf[task]!, this.prev[task]!, this.next[task]!)
    if (this.exact) this.#refreshDetour(this.routeOf[task]!)
  }

  /** What a route costs now, all in. */
  costOf(route: number): number {
    const { fleet } = this.instance
    const kind = this.kindOf[route]!
    return fleet.fixedCost[kind]! + fleet.factor[kind]! * this.arcSum[route]! + fleet.costPerSecond[kind]! * this.duration[route]! + this.detour[route]!
  }

  /**
   * Whether a route can be driven as it stands. Taking a stop out can break a route when travel does not obey the triangle inequality;
   * such a state is never kept.
   */
  isDrivable(route: number): boolean {
    const { has, fleet } = this.instance
    // every node is asked: waiting hides from the start what is too late behind it
    if (has.time) for (let node = this.startOf(route); node >= 0; node = this.next[node]!) if (this.early[node]! > this.late[node]! + 1e-6) return false
    if (has.duration && this.duration[route]! > fleet.maxDuration[this.kindOf[route]!]! + 1e-6) return false
    return this.detour[route]! < Infinity
  }

  forward(from: number, isWhole: boolean): void {
    const { next, early, depart, edgeTime, open, service } = this
    const several = this.instance.has.severalWindows
    let node = from
    let at = depart[this.prev[from]!]! + edgeTime[this.prev[from]!]!
    for (;;) {
      const begin = several ? this.nextOpen(node, at) : at < open[node]! ? open[node]! : at
      if (!isWhole && begin === early[node]! && node !== from) return
      early[node] = begin
      const leave = begin + service[node]!
      depart[node] = leave
      const following = next[node]!
      if (following < 0) return
      at = leave + edgeTime[node]!
      node = following
    }
  }

  backward(from: number, isWhole: boolean): void {
    const { prev, late, edgeTime, close, service } = this
    const several = this.instance.has.severalWindows
    let node = from
    for (;;) {
      const latest = late[this.next[node]!]! - edgeTime[node]! - service[node]!
      const begin = several ? this.lastOpen(node, latest) : latest < close[node]! ? latest : close[node]!
      if (!isWhole && begin === late[node]! && node !== from) return
      late[node] = begin
      const before = prev[node]!
      if (before < 0) return
      node = before
    }
  }

  /** Earliest start of service at a node for an arrival; Infinity when every window is over. */
  nextOpen(node: number, arrival: number): number {
    const { windowFirst, windows, tasks } = this.instance
    if (node >= tasks || windowFirst[node] === windowFirst[node + 1]) return arrival < this.open[node]! ? this.open[node]! : arrival
    for (let at = windowFirst[node]!; at < windowFirst[node + 1]!; at++) if (arrival <= windows[2 * at + 1]! + tolerance) return Math.max(arrival, windows[2 * at]!)
    return Infinity
  }

  /** Latest start of service at a node not after an instant; -Infinity when every window comes later. */
  lastOpen(node: number, latest: number): number {
    const { windowFirst, windows, tasks } = this.instance
    if (node >= tasks || windowFirst[node] === windowFirst[node + 1]) return latest < this.close[node]! ? latest : this.close[node]!
    for (let at = windowFirst[node + 1]! - 1; at >= windowFirst[node]!; at--) if (latest >= windows[2 * at]!) return Math.min(latest, windows[2 * at + 1]!)
    return -Infinity
  }

  pack(): Packed {
    let length = 0
    for (let at = 0; at < this.activeCount; at++) length += 2 + this.size[this.active[at]!]!
    const booked = this.exact?.booked()
    const packed = new Int32Array(length + (booked?.length ? 2 + booked.length : 0))
    let to = 0
    for (let at = 0; at < this.activeCount; at++) {
      const route = this.active[at]!
      packed[to++] = this.kindOf[route]!
      packed[to++] = this.size[route]!
      for (let node = this.next[this.startOf(route)]!; this.next[node]! >= 0; node = this.next[node]!) packed[to++] = node
    }
    if (booked?.length) packed.set([bookedKind, booked.length, ...booked], to)
    return packed
  }

  /** Replaces everything by a packed plan, and commits. */
  load(packed: Packed): void {
    this.commit()
    while (this.activeCount > 0) {
      const route = this.active[this.activeCount - 1]!
      while (this.size[route]! > 0) this.#unlink(this.next[this.startOf(route)]!, route)
      this.#close(route)
    }
    this.cost = 0
    const loaded: number[] = []
    for (let at = 0; at < packed.length; at += 2 + packed[at + 1]!) {
      if (packed[at] === bookedKind) {
        this.exact?.reserve(loaded, packed.subarray(at + 2))
        break
      }
      const route = this.#open(packed[at]!)
      for (let stop = 0; stop < packed[at + 1]!; stop++) this.#link(packed[at + 2 + stop]!, this.prev[this.endOf(route)]!, route)
      loaded.push(route)
    }
    for (const route of loaded) this.refresh(route)
    this.cost = this.recount()
    this.commit()
  }

  /** Cost of the routes from scratch, against the drift of a long sum. */
  recount(): number {
    const { fleet } = this.instance
    let cost = 0
    for (let at = 0; at < this.activeCount; at++) {
      const route = this.active[at]!
      const kind = this.kindOf[route]!
      let arcs = 0
      for (let node = this.startOf(route); this.next[node]! >= 0; node = this.next[node]!) arcs += this.edge[node]!
      this.arcSum[route] = arcs
      cost += fleet.fixedCost[kind]! + fleet.factor[kind]! * arcs + fleet.costPerSecond[kind]! * this.duration[route]! + this.detour[route]!
    }
    return cost
  }

  #note(kind: number, a: number, b: number, c: number): void {
    if (this.#logged + 4 > this.#log.length) {
      const longer = new Int32Array(this.#log.length * 2)
      longer.set(this.#log)
      this.#log = longer
    }
    const log = this.#log
    log[this.#logged++] = kind
    log[this.#logged++] = a
    log[this.#logged++] = b
    log[this.#logged++] = c
  }

  #touch(route: number): void {
    if (this.#touchStamp[route] === this.#stamp) return
    this.#touchStamp[route] = this.#stamp
    this.#touched[this.#touchedCount++] = route
  }

  #open(kind: number): number {
    const { fleet, tasks } = this.instance
    const route = this.#free[--this.#freeCount]!
    const start = tasks + route
    const end = tasks + this.slots + route
    this.kindOf[route] = kind
    this.usedOfKind[kind]!++
    this.next[start] = end
    this.prev[end] = start
    this.routeOf[start] = route
    this.routeOf[end] = route
    this.#activeAt[route] = this.activeCount
    this.active[this.activeCount++] = route
    this.size[route] = 0
    this.#isCounted[route] = 0
    this.duration[route] = 0
    this.detour[route] = 0
    this.#place(route, kind)
    this.#measure(start)
    this.arcSum[route] = this.edge[start]!
    this.cost += fleet.fixedCost[kind]! + fleet.factor[kind]! * this.edge[start]!
    this.refresh(route)
    return route
  }

  /** Sets the ends of a route to a kind's places and shift. */
  #place(route: number, kind: number): void {
    const { fleet } = this.instance
    const start = this.startOf(route)
    const end = this.endOf(route)
    this.location[start] = fleet.start[kind]!
    this.location[end] = fleet.end[kind]!
    this.open[start] = fleet.shiftEarliest[kind]!
    this.close[start] = fleet.shiftLatest[kind]!
    this.open[end] = fleet.shiftEarliest[kind]!
    this.close[end] = fleet.shiftLatest[kind]!
  }

  #close(route: number): void {
    const kind = this.kindOf[route]!
    const last = this.active[--this.activeCount]!
    this.active[this.#activeAt[route]!] = last
    this.#activeAt[last] = this.#activeAt[route]!
    this.usedOfKind[kind]!--
    this.cost -= this.costOf(route)
    this.exact?.release(route)
    this.#free[this.#freeCount++] = route
  }

  #link(task: number, after: number, route: number): void {
    const { next, prev, edge } = this
    const following = next[after]!
    const old = edge[after]!
    next[after] = task
    prev[task] = after
    next[task] = following
    prev[following] = task
    this.routeOf[task] = route
    this.size[route]!++
    this.#measure(after)
    this.#measure(task)
    const grown = edge[after]! + edge[task]! - old
    this.#grow(route, grown)
    this.#load(task, route, 1)
  }

  #unlink(task: number, route: number): void {
    const { next, prev, edge } = this
    const before = prev[task]!
    const following = next[task]!
    const old = edge[before]! + edge[task]!
    next[before] = following
    prev[following] = before
    this.routeOf[task] = -1
    this.size[route]!--
    this.#measure(before)
    const grown = edge[before]! - old
    edge[task] = -Infinity
    this.late[task] = -Infinity
    this.#grow(route, grown)
    this.#load(task, route, -1)
  }

  #load(task: number, route: number, sign: number): void {
    const { dimensions, amount, kind } = this.instance
    if (kind[task]! > 1) return
    const target = kind[task] === 0 ? this.deliveries : this.pickups
    for (let dimension = 0; dimension < dimensions; dimension++) target[route * dimensions + dimension]! += sign * amount[task * dimensions + dimension]!
  }

  #measure(node: number): void {
    const { instance } = this
    const { fleet } = instance
    const kind = this.kindOf[this.routeOf[node]!]!
    const from = this.location[node]!
    const to = this.location[this.next[node]!]!
    this.edge[node] = arcAt(instance, fleet.arcBase[kind]!, from, to)
    if (instance.has.time) this.edgeTime[node] = durationAt(instance, fleet.durationBase[kind]!, from, to)
  }

  #retype(route: number, kind: number): void {
    const { fleet } = this.instance
    const old = this.kindOf[route]!
    this.cost -= fleet.fixedCost[old]! + fleet.factor[old]! * this.arcSum[route]! + fleet.costPerSecond[old]! * this.duration[route]!
    this.usedOfKind[old]!--
    this.usedOfKind[kind]!++
    this.kindOf[route] = kind
    this.#place(route, kind)
    let arcs = 0
    for (let node = this.startOf(route); this.next[node]! >= 0; node = this.next[node]!) {
      this.#measure(node)
      arcs += this.edge[node]!
    }
    this.arcSum[route] = arcs
    this.cost += fleet.fixedCost[kind]! + fleet.factor[kind]! * arcs + fleet.costPerSecond[kind]! * this.duration[route]!
  }

  #refreshDetour(route: number): void {
    if (this.size[route] === 0) return
    const old = this.detour[route]!
    this.detour[route] = 0
    const detour = this.exact!.priceRoute(route) - this.costOf(route)
    this.detour[route] = detour
    // a route without a schedule costs infinitely much, which leaves no sum to subtract it from
    if (old < Infinity) this.cost += detour - old
    else this.cost = this.recount()
  }

  #refreshPeaks(route: number): void {
    const { dimensions, amount, kind, tasks } = this.instance
    const { running, peakBefore, peakAfter } = this
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let load = 0
      let peak = 0
      for (let node = this.startOf(route); node >= 0; node = this.next[node]!) {
        if (node < tasks) load += kind[node] === 1 || kind[node] === 2 ? amount[node * dimensions + dimension]! : -amount[node * dimensions + dimension]!
        if (load > peak) peak = load
        running[node * dimensions + dimension] = load
        peakBefore[node * dimensions + dimension] = peak
      }
      peak = -Infinity
      for (let node = this.endOf(route); node >= 0; node = this.prev[node]!) {
        const here = running[node * dimensions + dimension]!
        if (here > peak) peak = here
        peakAfter[node * dimensions + dimension] = peak
      }
    }
  }

  /**
   * Segments from the start to what lies behind `left`, and to the end from what lies before `right`. They are joined as in Vidal, Crainic,
   * Gendreau, Prins (2014), without time warp: routes here are always in time.
   */
  #refreshDuration(route: number, left: number, right: number): void {
    const { next, prev, headDuration, headLate, tailDuration, tailEarly, service, open, close, edgeTime } = this
    const [start, end] = [this.startOf(route), this.endOf(route)]
    if (left === start) {
      headDuration[start] = 0
      headLate[start] = close[start]!
    }
    for (let node = left; node !== end; node = next[node]!) {
      const to = next[node]!
      const span = headDuration[node]! + edgeTime[node]!
      const wait = open[to]! - span - headLate[node]!
      const late = close[to]! - span
      headDuration[to] = span + (wait > 0 ? wait : 0) + service[to]!
      headLate[to] = late < headLate[node]! ? late : headLate[node]!
    }
    if (right === end) {
      tailDuration[end] = 0
      tailEarly[end] = open[end]!
    }
    for (let node = right; node !== start; node = prev[node]!) {
      const to = prev[node]!
      const span = service[to]! + edgeTime[to]!
      const begin = tailEarly[node]! - span
      const wait = begin > close[to]! ? begin - close[to]! : 0
      tailDuration[to] = span + wait + tailDuration[node]!
      tailEarly[to] = (begin > open[to]! ? begin : open[to]!) - wait
    }
    const { fleet } = this.instance
    const kind = this.kindOf[route]!
    this.cost += fleet.costPerSecond[kind]! * (headDuration[end]! - this.duration[route]!)
    this.duration[route] = headDuration[end]!
  }
}
