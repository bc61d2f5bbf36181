import type { PlanningProblem, Travel } from '../../model/index.ts'
import type { Numbers, Pair } from './instance.ts'

const earthRadiusMetres = 6_371_008.8
const radians = Math.PI / 180

const rounded: Record<'none' | 'nearest' | 'tenths-down', (metres: number) => number> = {
  none: (metres) => metres,
  nearest: (metres) => Math.floor(metres + 0.5),
  // the epsilon keeps 12.3 from becoming 12.2 because of its binary tail
  'tenths-down': (metres) => Math.floor(metres * 10 + 1e-9) / 10,
}

/** Distance and duration between two places by index. */
export function travelPair(problem: PlanningProblem, travel: Travel): { distance: Pair; duration: Pair } {
  if (travel.kind === 'matrix') {
    const distance = travel.distanceMetres as number[][]
    const duration = (travel.durationSeconds ?? travel.distanceMetres) as number[][]
    return { distance: (from, to) => distance[from]![to]!, duration: (from, to) => duration[from]![to]! }
  }
  if (travel.kind === 'timetable') return fastestPair(problem, travel)
  const distance = travel.kind === 'euclidean' ? euclidean(problem, rounded[travel.rounding]) : greatCircle(problem, travel.detourRatio)
  return { distance, duration: travel.metresPerSecond === 1 ? distance : (from, to) => distance(from, to) / travel.metresPerSecond }
}

/** The shortest and the fastest of each pair over all options and hours: no vehicle is ever faster, so no test that counts with it refuses too much. */
function fastestPair(problem: PlanningProblem, travel: Extract<Travel, { kind: 'timetable' }>): { distance: Pair; duration: Pair } {
  const index = new Map(problem.places.map((each, at) => [each.id, at]))
  const size = problem.places.length
  const exceptions = new Map(travel.exceptions.map(({ from, to, options }) => {
    const seconds = options.flatMap((each) => each.departures.flatMap((step) => step[1] ?? []))
    // where nobody may ever drive, the matrix stands in; the judge refuses the leg
    const pair = { metres: Math.min(...options.map((each) => each.distanceMetres)), seconds: seconds.length ? Math.min(...seconds) : null }
    return [index.get(from)! * size + index.get(to)!, pair]
  }))
  const cell = (table: readonly unknown[], from: number, to: number) => (table[from] as number[])[to]!
  return {
    distance: (from, to) => exceptions.get(from * size + to)?.metres ?? cell(travel.distanceMetres, from, to),
    duration: (from, to) => exceptions.get(from * size + to)?.seconds ?? cell(travel.durationSeconds, from, to),
  }
}

function euclidean(problem: PlanningProblem, round: (metres: number) => number): Pair {
  const x = Float64Array.from(problem.places, (each) => each.x!)
  const y = Float64Array.from(problem.places, (each) => each.y!)
  return (from, to) => {
    const dx = x[from]! - x[to]!
    const dy = y[from]! - y[to]!
    return round(Math.sqrt(dx * dx + dy * dy))
  }
}

function greatCircle(problem: PlanningProblem, detourRatio: number): Pair {
  const lon = Float64Array.from(problem.places, (each) => each.lon! * radians)
  const lat = Float64Array.from(problem.places, (each) => each.lat! * radians)
  return (from, to) => {
    const a = Math.sin((lat[to]! - lat[from]!) / 2) ** 2 + Math.cos(lat[from]!) * Math.cos(lat[to]!) * Math.sin((lon[to]! - lon[from]!) / 2) ** 2
    return 2 * earthRadiusMetres * Math.asin(Math.sqrt(a)) * detourRatio
  }
}

/** Where tasks lie, for finding neighbours: places in the plane, or degrees with the meridians' distance taken at the middle. */
export interface Points {
  readonly x: Float64Array
  readonly y: Float64Array
}

export function pointsOf(problem: PlanningProblem, locationOf: Int32Array): Points {
  const { places } = problem
  const isPlane = places[0]?.x !== undefined
  const middle = places.reduce((sum, each) => sum + (each.lat ?? 0), 0) / Math.max(1, places.length)
  const width = Math.cos(middle * radians)
  return {
    x: Float64Array.from(locationOf, (at) => (isPlane ? places[at]!.x! : places[at]!.lon! * width)),
    y: Float64Array.from(locationOf, (at) => (isPlane ? places[at]!.y! : places[at]!.lat!)),
  }
}

/**
 * Square table of a pair function over `size` locations, of which the first `real` are places; the rest is "nowhere", at no distance
 * of anything (the end of an open route). Float32 when every value is a whole number it can hold: half the memory, twice the cache.
 * `isStraight`: from coordinates, so each pair is worked out once for both ways.
 */
export function fillTable(tables: readonly Pair[], { real, size, isStraight }: { real: number; size: number; isStraight: boolean }): Numbers {
  const fits = tables.every((pair) => isWholeSmall(pair, real))
  const square = size * size
  const table = fits ? new Float32Array(tables.length * square) : new Float64Array(tables.length * square)
  tables.forEach((pair, at) => {
    for (let from = 0; from < real; from++) {
      const row = at * square + from * size
      for (let to = 0; to < (isStraight ? from : real); to++) {
        if (to === from) continue
        const value = pair(from, to)
        table[row + to] = value
        if (isStraight) table[at * square + to * size + from] = value
      }
    }
  })
  return table
}

function isWholeSmall(pair: Pair, real: number): boolean {
  for (let from = 0; from < real; from++)
    for (let to = 0; to < real; to++) {
      const value = pair(from, to)
      if (value > 16_777_216 || value !== Math.floor(value)) return false
    }
  return true
}

/** The transposed tables, or the same array when nothing changes. `isStraight`: from coordinates, so both ways are equal and need no look. */
export function transposed(table: Numbers, count: number, size: number, isStraight: boolean): Numbers {
  const square = size * size
  const isSymmetric = isStraight || (() => {
    for (let at = 0; at < count; at++)
      for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) if (table[at * square + i * size + j] !== table[at * square + j * size + i]) return false
    return true
  })()
  if (isSymmetric) return table
  const result = table.slice()
  for (let at = 0; at < count; at++) for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) result[at * square + j * size + i] = table[at * square + i * size + j]!
  return result
}
