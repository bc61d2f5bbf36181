import { allowedWindows, type VehicleTables } from '../../city/access/index.ts'
import { addDays, dayMs, dayOf, startOfDay } from '../../base/time.ts'
import { msFromMinutes } from '../../base/units.ts'
import { partsDriven, type ZonedRoads } from './city-rules.ts'
import { holdsNow } from './conditions.ts'
import type { Way } from './many-to-many.ts'
import type { RoadNetwork } from './network.ts'
import { signCuts, weekMinuteOf } from './passage.ts'
import { costsOf } from './search.ts'
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

  constructor(ground: DepartureGround) {
    this.#ground = ground
    this.#known = { from: ground.horizon.from - dayMs, to: ground.horizon.to + dayMs }
    this.#instants = signInstants(ground.network, this.#known)
  }

  of(way: Way): Windows | null {
    const { from, to } = this.#ground.horizon
    let allowed: Windows = [[from, to]]
    const gates = this.#gatesOf(way)
    for (const { windows, enters, leaves } of gates) allowed = intersect(allowed, windows.map(([opens, closes]) => [opens - enters + slackMs, closes - leaves - slackMs] as const).filter(([first, last]) => first <= last))
    return gates.length === 0 || (allowed.length === 1 && allowed[0]![0] === from && allowed[0]![1] === to) ? null : allowed
  }

  #gatesOf(way: Way): Gate[] {
    const { network, rules } = this.#ground
    const { ms } = costsOf(network)
    const gates: Gate[] = []
    const add = (windows: Windows | null, enters: number, leaves: number): void => {
      const last = gates.at(-1)
      if (windows && last && last.windows === windows && last.leaves === enters) gates[gates.length - 1] = { ...last, leaves }
      else if (windows) gates.push({ windows, enters, leaves })
    }
    const needs = this.#levelsNeeded(way)
    let now = 0
    const ofSigns: [Windows | null, number, number][] = []
    way.edges.forEach((edge, at) => {
      const [from, to] = [at === 0 ? way.startShare : 0, at === way.edges.length - 1 ? way.endShare : 1]
      const start = now - ms[edge]! * from
      for (const part of rules ? partsDriven(network, rules.zoned.parts, { edge, from, to }) : []) add(this.#windowsOfZones(part.zones), start + ms[edge]! * part.from, start + ms[edge]! * part.to)
      now = start + ms[edge]! * to
      ofSigns.push([this.#windowsOfSigns(network.signsOf[edge]!, needs[at]!), start + ms[edge]! * from, now])
      if (at + 1 < way.edges.length) for (const windows of this.#windowsOfTurns(way.edges, at)) ofSigns.push([windows, now, now + 1])
    })
    for (const each of ofSigns) add(...each)
    return gates
  }

  /** Roads that are ever for residents only may be so at both ends; between them the way must be open to all. */
  #levelsNeeded({ edges }: Way): Level[] {
    const isResidents = edges.map((edge) => this.#isEverForResidents(this.#ground.network.signsOf[edge]!))
    const before = isResidents.indexOf(false)
    const after = isResidents.lastIndexOf(false)
    return edges.map((_, at) => (before < 0 || at < before || at > after ? levels.destination : levels.open))
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
    if (network.signs[signs]!.conditional.length === 0) return null
    return this.#remember(`${signs} ${needed}`, () => this.#whenever((at) => levelOf(network.signs[signs]!, vehicle, weekMinuteOf(at)) >= needed))
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

export function intersect(a: Windows, b: Windows): Windows {
  const found: [number, number][] = []
  for (const [from, to] of a) for (const [first, last] of b) if (Math.max(from, first) <= Math.min(to, last)) found.push([Math.max(from, first), Math.min(to, last)])
  return found
}

/** Whether every instant of `a` is in `b`; null is always. */
export const isWithin = (a: Windows | null, b: Windows | null): boolean => b === null || (a !== null && a.every(([from, to]) => b.some(([first, last]) => first <= from && to <= last)))
