import { intervalsOfDay, type CompiledRules, type RuleInterval, type VehicleFacts, type VehicleTables } from '../../city/access/index.ts'
import type { Point } from '../../base/geo.ts'
import { addDays, dayOf, startOfDay } from '../../base/time.ts'
import { msFromSeconds } from '../../base/units.ts'
import { closuresIn, layZones, type ZonedRoads } from './city-rules.ts'
import { mainEdges } from './components.ts'
import { Departures, isWithin, signInstants, type Horizon, type Windows } from './departures.ts'
import { manyToMany, measuresOfEnd, WayFinder, type Ended, type Matrix, type Way } from './many-to-many.ts'
import type { RoadNetwork } from './network.ts'
import { passageAt, passageInAll, passageKey, type Passage } from './passage.ts'
import { buildSearchGraph, type SearchGraph } from './search-graph.ts'
import type { Metric } from './search.ts'
import { snapAll, type Snapped } from './snap.ts'
import type { RoadVehicle } from './vehicle.ts'

/** A city's rules and what they know of the vehicle. */
export interface RulesFor {
  readonly compiled: CompiledRules
  readonly facts: VehicleFacts
  /** the same network cut at the same zones, if it was cut before: several vehicles share it */
  readonly zoned?: ZonedRoads
}

/** One way between two places. Null departures: it may be begun at any time of the horizon. */
export interface WayOption {
  readonly way: Way
  readonly durationSeconds: number
  readonly distanceMetres: number
  readonly departures: Windows | null
}

/** What there is between two places: one way for all times, or several, each with its own; none: nobody can drive there. */
export type Options = { readonly always: WayOption } | { readonly options: readonly WayOption[] }

interface Stretch {
  readonly interval: RuleInterval
  /** index into the distinct passages */
  readonly passage: number
}

export interface DayRoadsInput {
  readonly network: RoadNetwork
  readonly vehicle: RoadVehicle
  readonly rules?: RulesFor | undefined
  /** `2026-11-23`, Asia/Shanghai */
  readonly day: string
  /** days from `day` on for which departures are asked; ways over midnight need the next */
  readonly days?: number
}

/** The roads as one vehicle may use them through a day: between two changes of rules or signs nothing changes. */
export class DayRoads {
  readonly network: RoadNetwork
  readonly horizon: Horizon
  readonly tables: VehicleTables | null
  readonly zoned: ZonedRoads | null
  readonly stretches: readonly Stretch[]
  /** distinct passages of the horizon; the last one is what is open through all of them */
  readonly passages: readonly Passage[]
  /** edges a place may be snapped to: signs allow them at some time, and one can come and go */
  readonly usable: Uint8Array
  readonly departures: Departures
  readonly #graphs: SearchGraph[] = []
  readonly #finders = new Map<string, WayFinder>()

  constructor({ network, vehicle, rules, day, days = 2 }: DayRoadsInput) {
    this.network = network
    this.horizon = { from: startOfDay(day), to: startOfDay(addDays(day, days)) }
    this.tables = rules ? rules.compiled.vehicle(rules.facts) : null
    this.zoned = rules ? (rules.zoned ?? layZones(network, rules.compiled)) : null
    const intervals = this.#intervals(rules)
    const closures = this.tables && this.zoned ? closuresIn(this.zoned, this.tables, intervals) : []
    const known = new Map<string, number>()
    const passages: Passage[] = []
    this.stretches = intervals.map((interval, at) => {
      const passage = passageAt(network, vehicle, interval.from, closures[at] ?? null)
      const key = passageKey(passage)
      const found = known.get(key)
      if (found !== undefined) return { interval, passage: found }
      known.set(key, passages.length)
      return { interval, passage: passages.push(passage) - 1 }
    })
    this.passages = passages.length === 1 ? passages : [...passages, passageInAll(passages)]
    const everOpen = passages[0]!.level.map((_, edge) => Math.max(...passages.map((each) => each.level[edge]!)))
    this.usable = mainEdges(network, everOpen)
    this.departures = new Departures({ network, vehicle, horizon: this.horizon, rules: this.tables && this.zoned ? { zoned: this.zoned, tables: this.tables } : null })
  }

  #intervals(rules: RulesFor | undefined): RuleInterval[] {
    const cuts = new Set(signInstants(this.network, this.horizon))
    if (rules && this.tables) {
      for (let day = dayOf(this.horizon.from); startOfDay(day) < this.horizon.to; day = addDays(day, 1)) for (const { from } of intervalsOfDay(rules.compiled, this.tables, day)) cuts.add(from)
    }
    const sorted = [...cuts].sort((a, b) => a - b)
    return sorted.slice(1).map((to, at) => ({ from: sorted[at]!, to }))
  }

  snapAll(points: readonly Point[]): Snapped[] {
    return snapAll(this.network, this.usable, points)
  }

  /** Searches over a passage by its index; made on first use. */
  finder(passage: number, metric: Metric): WayFinder {
    const key = `${passage} ${metric}`
    const known = this.#finders.get(key)
    if (known) return known
    const graph = (this.#graphs[passage] ??= buildSearchGraph(this.network, this.passages[passage]!))
    const finder = new WayFinder(this.network, graph, metric)
    this.#finders.set(key, finder)
    return finder
  }

  /** Index of the passage that holds at an instant of the horizon. */
  passageAt(at: number): number {
    return (this.stretches.findLast((each) => each.interval.from <= at) ?? this.stretches[0]!).passage
  }

  /** Times and distances as the roads are open at one instant, as if they stayed so. */
  matrixAt(places: readonly Snapped[], at: number, metric: Metric = 'time'): Matrix {
    return manyToMany(this.finder(this.passageAt(at), metric), places, places)
  }

  /**
   * Ways from one place to others through the day. Where the quickest way is as quick in every passage it is the only one. Else every
   * passage's quickest and shortest way is an option with its own departures, as far as no other is quicker, shorter and more often open.
   */
  optionsFrom(source: Snapped, targets: readonly Snapped[]): Options[] {
    const all = this.passages.map((_, at) => this.finder(at, 'time').from(source, targets))
    const last = all.at(-1)!
    const affected: number[] = []
    const found = targets.map((target, at): Options => {
      const ends = all.map((finder) => finder.to(target))
      const end = ends.at(-1)
      const always = end && ends.every((each) => each?.cost === end.cost) ? this.#option(last, end) : undefined
      if (always?.departures === null) return { always }
      affected.push(at)
      return { options: ends.flatMap((each, index) => (each ? [this.#option(all[index]!, each)] : [])) }
    })
    if (affected.length === 0) return found
    const shortest = this.passages.map((_, at) => this.finder(at, 'distance').from(source, affected.map((each) => targets[each]!)))
    for (const at of affected) {
      const more = shortest.flatMap((finder) => {
        const end = finder.to(targets[at]!)
        return end ? [this.#option(finder, end)] : []
      })
      found[at] = { options: withoutDominated([...(found[at] as { options: readonly WayOption[] }).options, ...more]) }
    }
    return found
  }

  #option(finder: WayFinder, ended: Ended): WayOption {
    const way = finder.wayOf(ended)
    return { way, ...measuresOfEnd(finder.metric, ended), departures: this.passages.length === 1 ? null : this.departures.of(way) }
  }
}

/** Drops ways that can never be begun, and those another one beats or equals in time, distance and departures. */
function withoutDominated(options: readonly WayOption[]): WayOption[] {
  const beats = (a: WayOption, b: WayOption): boolean => a.durationSeconds <= b.durationSeconds && a.distanceMetres <= b.distanceMetres && isWithin(b.departures, a.departures)
  return options.filter((option, at) => option.departures?.length !== 0 && !options.some((other, index) => index !== at && other.departures?.length !== 0 && beats(other, option) && (index < at || !beats(option, other))))
}

/** Whether a way may be begun at an instant. */
export const mayBegin = ({ departures }: WayOption, at: number): boolean => departures === null || departures.some(([from, to]) => from <= at && at <= to)

/** The way that arrives first, waiting at the start allowed; undefined when none can be begun within the horizon. */
export function earliestOption(options: Options, at: number): { readonly option: WayOption; readonly departAt: number } | undefined {
  const all = 'always' in options ? [options.always] : options.options
  const begun = all.flatMap((option) => {
    const window = option.departures?.find(([, to]) => to >= at)
    if (option.departures && !window) return []
    return [{ option, departAt: Math.max(at, window?.[0] ?? at) }]
  })
  const arrival = (each: (typeof begun)[number]): number => each.departAt + msFromSeconds(each.option.durationSeconds)
  return begun.toSorted((a, b) => arrival(a) - arrival(b))[0]
}
