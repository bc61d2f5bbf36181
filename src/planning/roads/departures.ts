import { allowedWindows, type VehicleTables } from '../../city/access/index.ts'
import { addDays, dayMs, dayOf, startOfDay } from '../../base/time.ts'
import { msFromMinutes } from '../../base/units.ts'
import { partsDriven, type ZonedRoads } from './city-rules.ts'
import { holdsNow } from './conditions.ts'
import type { Way } from './many-to-many.ts'
import type { RoadNetwork } from './network.ts'
import { signCuts, weekMinuteOf } from './passage.ts'
import { costsOf } from './search.ts'
import { sharesOf } from './way-line.ts'
import { classOf, levelOf, levels, measuresOf, type Level, type RoadVehicle } from './vehicle.ts'

/** Instants [from, to] in ms, in order, apart. */
export type Windows = readonly (readonly [number, number])[]

export interface Horizon {
  readonly from: number
  readonly to: number
}

export interface DepartureGround {
  readonly network: RoadNetwork
  readonly vehicle: RoadVehicle
  /** null: only what signs say */
  readonly rules: { readonly zoned: ZonedRoads; readonly tables: VehicleTables } | null
  readonly horizon: Horizon
}

/** Instants within the horizon at which signs may change, its ends included. */
export function signInstants(network: RoadNetwork, { from, to }: Horizon): number[] {
  const minutes = signCuts(network)
  const instants = [from, to]
  for (let day = dayOf(from); startOfDay(day) < to; day = addDays(day, 1)) for (const minute of minutes) instants.push(startOfDay(day) + msFromMinutes(minute))
  return [...new Set(instants)].filter((each) => each >= from && each <= to).sort((a, b) => a - b)
}

/** A stretch of a way, ms after departure, that may be driven in some windows only. */
interface Gate {
  readonly windows: Windows
  readonly enters: number
  readonly leaves: number
}

/** Adds a gate, joined to the one before it when it goes on in the same windows; none for windows that are always open. */
function add(gates: Gate[], windows: Windows | null, enters: number, leaves: number): void {
  if (!windows) return
  const last = gates.at(-1)
  if (last && last.windows === windows && last.leaves === enters) gates[gates.length - 1] = { ...last, leaves }
  else gates.push({ windows, enters, leaves })
}

/** Kept from every change, so that who adds up the same times in another order still finds them allowed. */
const slackMs = 20

/**
 * When a way may be begun so that no position on it is ever refused: exact, from the windows of every zone, sign and turn along it and
 * the time at which each is reached. Null: at any time of the horizon.
 */
export class Departures {
  readonly #ground: DepartureGround
  /** ways end after their departure, and windows begin before the horizon: they are known a day longer both ways */
  readonly #known: Horizon
  readonly #instants: readonly number[]
  readonly #memo = new Map<unknown, Windows | null>()
  /** any sign or turn rule of the network has hours */
  readonly #hasHours: boolean
  /** signs of barriers that have hours, by vertex */
  readonly #barriers: ReadonlyMap<number, number>

  constructor(ground: DepartureGround) {
    this.#ground = ground
    this.#known = { from: ground.horizon.from - dayMs, to: ground.horizon.to + dayMs }
    this.#instants = signInstants(ground.network, this.#known)
    this.#barriers = new Map(ground.network.barriers.filter(({ signs }) => ground.network.signs[signs]!.conditional.length > 0).map(({ vertex, signs }) => [vertex, signs]))
    this.#hasHours = ground.network.signs.some((each) => each.conditional.length > 0) || ground.network.turns.some((each) => each.when !== null)
  }

  of(way: Way): Windows | null {
    const { from, to } = this.#ground.horizon
    let allowed: Windows = [[from, to]]
    if (this.#ground.rules) allowed = within(allowed, this.#gatesOfZones(way))
    if (this.#hasHours) allowed = intersect(within(allowed, this.#gatesOfTurns(way)), this.#allowedBySigns(way))
    return allowed.length === 1 && allowed[0]![0] === from && allowed[0]![1] === to ? null : allowed
  }

  /** The stretches of a way, edge by edge: shares driven and the times at the edge's ends if it were driven whole, and at the shares. */
  *#stretches(way: Way) {
    const { ms } = costsOf(this.#ground.network)
    let now = 0
    for (let at = 0; at < way.edges.length; at++) {
      const edge = way.edges[at]!
      const [from, to] = sharesOf(way, at)
      const start = now - ms[edge]! * from
      now = start + ms[edge]! * to
      yield { at, edge, from, to, start, cost: ms[edge]!, enters: start + ms[edge]! * from, leaves: now }
    }
  }

  #gatesOfZones(way: Way): Gate[] {
    const gates: Gate[] = []
    for (const stretch of this.#stretches(way)) this.#addZones(gates, stretch)
    return gates
  }

  /** Turn rules and barriers with hours, at the moment a crossing is passed. */
  #gatesOfTurns(way: Way): Gate[] {
    const gates: Gate[] = []
    for (const { at, leaves } of this.#stretches(way)) {
      if (at + 1 === way.edges.length) continue
      for (const windows of [...this.#windowsOfTurns(way.edges, at), this.#windowsOfBarrier(way.edges[at]!, way.edges[at + 1]!)]) add(gates, windows, leaves, leaves + 1)
    }
    return gates
  }

  /**
   * Roads for residents may be driven at the beginning and at the end only, and which roads are so may change with the hour: the union
   * over every way to divide the edges into a beginning among residents, open roads, and an end among residents.
   */
  #allowedBySigns(way: Way): Windows {
    const stretches = [...this.#stretches(way)]
    const { signsOf } = this.#ground.network
    const isOpenOnly = stretches.map(({ edge }) => !this.#isEverForResidents(signsOf[edge]!))
    const beginning = isOpenOnly.includes(true) ? isOpenOnly.indexOf(true) : stretches.length
    const end = isOpenOnly.includes(true) ? isOpenOnly.lastIndexOf(true) + 1 : 0
    let allowed: Windows = []
    for (let leaves = 0; leaves <= beginning; leaves++) {
      for (let arrives = Math.max(leaves, end); arrives <= stretches.length; arrives++) {
        const gates: Gate[] = []
        for (const { at, edge, enters, leaves: out } of stretches) add(gates, this.#windowsOfSigns(signsOf[edge]!, at < leaves || at >= arrives ? levels.destination : levels.open), enters, out)
        allowed = union(allowed, within([[this.#ground.horizon.from, this.#ground.horizon.to]], gates))
      }
    }
    return allowed
  }

  /** Most roads lie in one set of zones from end to end, and most sets are open all the time. */
  #addZones(gates: Gate[], { edge, from, to, start, cost }: { edge: number; from: number; to: number; start: number; cost: number }): void {
    const { network } = this.#ground
    const { parts } = this.#ground.rules!.zoned
    const along = parts[network.shapeOf[edge]!]!
    if (along.length === 1) add(gates, this.#windowsOfZones(along[0]!.zones), start + cost * from, start + cost * to)
    else for (const part of partsDriven(network, parts, { edge, from, to })) add(gates, this.#windowsOfZones(part.zones), start + cost * part.from, start + cost * part.to)
  }

  readonly #residents = new Map<number, boolean>()
  #isEverForResidents(signs: number): boolean {
    const known = this.#residents.get(signs)
    if (known !== undefined) return known
    const { network, vehicle } = this.#ground
    const found = this.#instants.some((at) => levelOf(network.signs[signs]!, vehicle, weekMinuteOf(at)) === levels.destination)
    this.#residents.set(signs, found)
    return found
  }

  #windowsOfZones(zones: readonly number[]): Windows | null {
    return this.#remember(zones, () => allowedWindows(this.#ground.rules!.tables, zones, this.#known.from, this.#known.to))
  }

  #windowsOfSigns(signs: number, needed: Level): Windows | null {
    const { network, vehicle } = this.#ground
    return this.#remember(`${signs} ${needed}`, () => this.#whenever((at) => levelOf(network.signs[signs]!, vehicle, weekMinuteOf(at)) === needed))
  }

  /** Turn rules with hours that the step from edge `at` to the next would break. */
  #windowsOfTurns(edges: readonly number[], at: number): (Windows | null)[] {
    const { network, vehicle } = this.#ground
    const size = measuresOf(vehicle)
    return network.turns.flatMap((rule, index) => {
      if (rule.when === null || !rule.classes.includes(classOf(vehicle))) return []
      const start = at - rule.edges.length + 2
      if (start < 0 || !rule.edges.slice(0, -1).every((edge, step) => edges[start + step] === edge)) return []
      if ((rule.kind === 'no') !== (edges[at + 1] === rule.edges.at(-1))) return []
      const { when } = rule
      return [this.#remember(`turn ${index}`, () => this.#whenever((instant) => holdsNow(when, size, weekMinuteOf(instant)) === 'no'))]
    })
  }

  /** Barriers with hours: crossed while they are open, turned round at while they are not. */
  #windowsOfBarrier(edge: number, next: number): Windows | null {
    const { network, vehicle } = this.#ground
    const signs = this.#barriers.get(network.head[edge]!)
    if (signs === undefined) return null
    const isCrossed = network.twin[edge] !== next
    return this.#remember(`barrier ${signs} ${isCrossed}`, () => this.#whenever((at) => (levelOf(network.signs[signs]!, vehicle, weekMinuteOf(at)) === levels.open) === isCrossed))
  }

  #whenever(holds: (at: number) => boolean): Windows {
    const windows: [number, number][] = []
    this.#instants.slice(1).forEach((to, at) => {
      const from = this.#instants[at]!
      if (!holds(from)) return
      const last = windows.at(-1)
      if (last?.[1] === from) last[1] = to
      else windows.push([from, to])
    })
    return windows
  }

  /** Null for windows that are open all the time. */
  #remember(key: unknown, make: () => Windows): Windows | null {
    const known = this.#memo.get(key)
    if (known !== undefined) return known
    const windows = make()
    const found = windows.length === 1 && windows[0]![0] <= this.#known.from && windows[0]![1] >= this.#known.to ? null : windows
    this.#memo.set(key, found)
    return found
  }
}

/** What of some windows passes every gate. */
function within(allowed: Windows, gates: readonly Gate[]): Windows {
  return gates.reduce((left, { windows, enters, leaves }) => intersect(left, windows.map(([opens, closes]) => [opens - enters + slackMs, closes - leaves - slackMs] as const).filter(([first, last]) => first <= last)), allowed)
}

function union(a: Windows, b: Windows): Windows {
  const joined: [number, number][] = []
  for (const [from, to] of [...a, ...b].toSorted((x, y) => x[0] - y[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

function intersect(a: Windows, b: Windows): Windows {
  const found: [number, number][] = []
  for (const [from, to] of a) for (const [first, last] of b) if (Math.max(from, first) <= Math.min(to, last)) found.push([Math.max(from, first), Math.min(to, last)])
  return found
}

/** Whether every instant of `a` is in `b`; null is always. */
export const isWithin = (a: Windows | null, b: Windows | null): boolean => b === null || (a !== null && a.every(([from, to]) => b.some(([first, last]) => first <= from && to <= last)))
