import type { Point } from '../../base/geo.ts'
import { secondsFromMs } from '../../base/units.ts'
import type { Travel } from '../model/index.ts'
import { DayRoads, type Options, type WayOption } from './day-roads.ts'

export interface TablePlace extends Point {
  readonly id: string
}

type Timetable = Extract<Travel, { kind: 'timetable' }>
type Exception = Timetable['exceptions'][number]
type Departure = Exception['options'][number]['departures'][number]

const rounded = (value: number, step: number): number => Math.round(value / step) * step

/**
 * The planner's travel table of a vehicle on a day: seconds on the axis whose zero is the instant `zero` (the day's midnight when absent).
 * Pairs with one way for all times stand in the matrices, all others are exceptions; a pair without any way is an exception without options.
 */
export function travelTable(roads: DayRoads, { profile, places, zero = roads.horizon.from }: { profile: string; places: readonly TablePlace[]; zero?: number }): Travel {
  const snapped = roads.snapAll(places)
  const distanceMetres: number[][] = []
  const durationSeconds: number[][] = []
  const exceptions: Exception[] = []
  snapped.forEach((source, row) => {
    const found = roads.optionsFrom(source, snapped)
    const cells = found.map((options, column) => (row === column ? { durationSeconds: 0, distanceMetres: 0 } : cellOf(options)))
    durationSeconds.push(cells.map((cell) => rounded(cell.durationSeconds, 0.001)))
    distanceMetres.push(cells.map((cell) => rounded(cell.distanceMetres, 0.01)))
    found.forEach((options, column) => {
      if (row === column || 'always' in options) return
      exceptions.push({ from: places[row]!.id, to: places[column]!.id, options: options.options.map((option) => ({ distanceMetres: option.distanceMetres, departures: departuresOf(option, roads, zero) })).filter((option) => option.departures.some(([, seconds]) => seconds !== null)) })
    })
  })
  return exceptions.length === 0 ? { profile, kind: 'matrix', distanceMetres, durationSeconds } : { profile, kind: 'timetable', distanceMetres, durationSeconds, exceptions }
}

/** What the matrices say: of a pair that is an exception nobody reads it, so its best way stands there, or nothing. */
function cellOf(options: Options): { durationSeconds: number; distanceMetres: number } {
  const all = 'always' in options ? [options.always] : options.options
  return all.toSorted((a, b) => a.durationSeconds - b.durationSeconds)[0] ?? { durationSeconds: 0, distanceMetres: 0 }
}

/** Whole seconds, rounded so that no departure is offered that is not allowed; past the horizon nothing is known. */
function departuresOf({ departures, durationSeconds }: WayOption, { horizon }: DayRoads, zero: number): Departure[] {
  const second = (instant: number): number => secondsFromMs(instant - zero)
  const duration = rounded(durationSeconds, 0.001)
  const steps: Departure[] = [[second(horizon.from), departures === null ? duration : null]]
  for (const [from, to] of departures ?? []) {
    const [first, last] = [Math.ceil(second(from)), Math.floor(second(to))]
    if (first >= last) continue
    if (steps.at(-1)![0] === first) steps.pop()
    steps.push([first, duration], [last, null])
  }
  if (departures === null) steps.push([second(horizon.to), null])
  return steps
}
