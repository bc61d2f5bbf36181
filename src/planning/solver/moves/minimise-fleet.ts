import { Ejection, type EjectionSearch } from './ejection.ts'
import type { Instance } from '../instance/instance.ts'
import type { Random } from '../random.ts'
import type { Recreate } from './recreate.ts'
import type { Routes } from '../routes.ts'
import type { Ruin } from './ruin.ts'
import type { Best } from '../best.ts'
import { TrialEjection } from './trial-ejection.ts'

/** What the search lends: its routes with all that works on them, and its clock. */
export interface FleetTools {
  readonly instance: Instance
  readonly routes: Routes
  readonly random: Random
  readonly ruin: Ruin
  readonly recreate: Recreate
  /** tasks that stay out of the plan whatever happens */
  readonly hopeless: Uint8Array
}

export interface FleetRun {
  /** counts an iteration; false when the time given to vehicles is over */
  goesOn(): boolean
  /** in money */
  readonly temperature: number
  /** the plan to beat: fewer vehicles, or as many at less cost */
  readonly best: Best
}

/** Absent tasks retried an iteration: all of a few, a sample of many. */
const retried = 12
/** Iterations between two ejections. */
const ejectsEvery = 4
/** Chance that an absent task is tried everywhere when no neighbour takes it: most of them fit nowhere, time and again. */
const thoroughness = 0.1

/**
 * Fleet minimisation: a route is taken apart, and ruin and recreate goes on with absent tasks allowed; a plan is kept when its absent tasks
 * are together no harder to place (SISR §5). Every few iterations one of them is put in by force, in exchange for tasks that are easier to
 * place (Nagata & Bräysy 2009); how hard a task is, is how often it stood there. When all are placed one vehicle is saved, and the next
 * route goes.
 */
export class FleetMinimisation {
  readonly #tools: FleetTools
  readonly #least: number
  /** how often a task was to be put in by force */
  readonly #absences: Float64Array
  readonly #absent: Int32Array
  #absentCount = 0
  readonly #list: Int32Array
  readonly #ejection: EjectionSearch

  constructor(tools: FleetTools) {
    this.#tools = tools
    this.#least = leastVehicles(tools.instance)
    this.#absences = new Float64Array(tools.instance.tasks)
    this.#absent = new Int32Array(tools.instance.tasks)
    this.#list = new Int32Array(2 * tools.instance.tasks)
    const { time, peaks, exact, duration } = tools.instance.has
    this.#ejection = time && !peaks && !exact && !duration ? new Ejection(tools.instance, tools.routes, this.#absences) : new TrialEjection(tools.instance, tools.routes, tools.recreate, this.#absences)
  }

  /** Searches from the plan the routes hold; returns the best plan with every task placed, which is `best` when none was found. */
  run(given: FleetRun): Best {
    const { recreate } = this.#tools
    recreate.mayOpenRoutes = false
    recreate.thoroughness = thoroughness
    this.#collectAbsent()
    const best = this.#search(given)
    recreate.thoroughness = 1
    return best
  }

  /** The same from another first plan, with the tasks put in anew; null when that takes more vehicles than `given.best`. */
  runAnew(given: FleetRun): Best | null {
    const { routes, recreate } = this.#tools
    routes.load(new Int32Array(0))
    this.#collectAbsent()
    this.#list.set(this.#absent.subarray(0, this.#absentCount))
    recreate.mayOpenRoutes = true
    recreate.run(this.#list, this.#absentCount)
    routes.commit()
    const found = this.run({ ...given, best: { ...given.best, vehicles: Infinity, absent: Infinity } })
    return found.absent === 0 && found.vehicles <= given.best.vehicles ? found : null
  }

  #search({ goesOn, temperature, best: known }: FleetRun): Best {
    const { routes, recreate, random } = this.#tools
    let best = known
    let steps = 0
    for (;;) {
      if (this.#absentCount === 0) {
        if (best.absent > 0 || routes.activeCount < best.vehicles || (routes.activeCount === best.vehicles && routes.cost < best.objective)) best = { packed: routes.pack(), objective: routes.cost, vehicles: routes.activeCount, absent: 0, unserved: 0 }
        if (routes.activeCount <= this.#least || !this.#dropRoute()) return best
      }
      if (!goesOn()) return best
      if (++steps % ejectsEvery === 0 && this.#eject()) continue
      const before = routes.cost
      const absences = this.#sumAbsences(this.#absent, this.#absentCount)
      const count = this.#absentCount
      if (!this.#step()) {
        routes.rollback()
        continue
      }
      const { absent, absentCount } = recreate
      const sum = this.#sumAbsences(absent, absentCount)
      const isKept = absentCount === 0 || sum < absences || (absentCount <= count && sum <= absences && routes.cost < before - temperature * Math.log(random.unit() + 1e-300))
      if (isKept) {
        routes.commit()
        this.#absentCount = absentCount
        this.#absent.set(absent.subarray(0, absentCount))
      } else routes.rollback()
    }
  }

  /** One ruin and recreate that also tries the absent tasks; false when it left something that cannot be driven. */
  #step(): boolean {
    const { ruin, recreate, random } = this.#tools
    ruin.run()
    if (!ruin.leavesDrivable()) return false
    const list = this.#list
    list.set(ruin.removed.subarray(0, ruin.count))
    let count = ruin.count
    const tried = Math.min(retried, this.#absentCount)
    // the tried are swapped to the front of the absent list
    for (let at = 0; at < tried; at++) {
      const other = this.#absentCount > retried ? at + random.below(this.#absentCount - at) : at
      const task = this.#absent[other]!
      this.#absent[other] = this.#absent[at]!
      this.#absent[at] = task
      list[count++] = task
    }
    recreate.run(list, count)
    for (let at = tried; at < this.#absentCount; at++) recreate.absent[recreate.absentCount++] = this.#absent[at]!
    return true
  }

  /** Puts one absent task in by force, where those that leave for it are together easier to place; false when there are none such. */
  #eject(): boolean {
    const { routes, recreate, random } = this.#tools
    const ejection = this.#ejection
    const { mate } = this.#tools.instance
    const at = random.below(this.#absentCount)
    const task = this.#absent[at]!
    this.#absences[task]!++
    if (!ejection.find(task, 1 + this.#absences[task]!, random.below(routes.activeCount))) return false
    // a route that would be empty is closed: what is left of it must hold the task
    if (ejection.count === routes.size[ejection.route]) return false
    for (let each = 0; each < ejection.count; each++) {
      const out = ejection.ejected[each]!
      if (mate[out]! >= 0) routes.remove(mate[out]!)
      routes.remove(out)
    }
    if (ejection.count > 0) routes.refresh(ejection.route)
    if (!routes.isDrivable(ejection.route) || !recreate.placeIn(task, ejection.route)) {
      routes.rollback()
      return false
    }
    routes.commit()
    this.#absent[at] = this.#absent[--this.#absentCount]!
    for (let each = 0; each < ejection.count; each++) this.#absent[this.#absentCount++] = ejection.ejected[each]!
    return true
  }

  #collectAbsent(): void {
    const { instance, routes, hopeless } = this.#tools
    this.#absentCount = 0
    for (let task = 0; task < instance.tasks; task++) if (routes.routeOf[task]! < 0 && instance.kind[task] !== 3 && hopeless[task] === 0) this.#absent[this.#absentCount++] = task
  }

  #sumAbsences(list: Int32Array, count: number): number {
    let sum = 0
    for (let at = 0; at < count; at++) sum += 1 + this.#absences[list[at]!]!
    return sum
  }

  /** Empties the route whose tasks have been absent least; false when every route holds frozen stops. */
  #dropRoute(): boolean {
    const { routes, ruin } = this.#tools
    let chosen = -1
    let least = Infinity
    for (let at = 0; at < routes.activeCount; at++) {
      const route = routes.active[at]!
      let sum = 0
      for (let node = routes.next[routes.startOf(route)]!; routes.next[node]! >= 0; node = routes.next[node]!) sum += routes.frozen[node] ? Infinity : 1 + this.#absences[node]!
      if (sum >= least) continue
      least = sum
      chosen = route
    }
    if (chosen < 0) return false
    ruin.removeRoute(chosen)
    routes.commit()
    for (let at = 0; at < ruin.count; at++) this.#absent[this.#absentCount++] = ruin.removed[at]!
    return true
  }
}

/** No plan uses fewer vehicles than its goods fill. */
export function leastVehicles({ tasks, dimensions, amount, fleet, kind, isMandatory, has }: Instance): number {
  let least = 1
  if (has.trips) return least
  for (const direction of [0, 1])
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let sum = 0
      let room = 0
      for (let task = 0; task < tasks; task++) if (kind[task] === direction && isMandatory[task]) sum += amount[task * dimensions + dimension]!
      for (let each = 0; each < fleet.kinds; each++) room = Math.max(room, fleet.capacity[each * dimensions + dimension]!)
      least = Math.max(least, Math.ceil(sum / Math.max(1e-9, room) - 1e-9))
    }
  return least
}
