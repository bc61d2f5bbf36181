import type { PlanningProblem } from '../../model/index.ts'

/** Order of the Hilbert curve: 2¹⁰ × 2¹⁰ cells are finer than any neighbour list. */
const bits = 10

/** Position of a cell along Hilbert's curve. */
function hilbert(column: number, row: number): number {
  let x = column
  let y = row
  let position = 0
  for (let side = 1 << (bits - 1); side > 0; side >>= 1) {
    const right = (x & side) > 0 ? 1 : 0
    const up = (y & side) > 0 ? 1 : 0
    position += side * side * ((3 * right) ^ up)
    if (up === 0) {
      if (right === 1) {
        x = side - 1 - (x & (side - 1))
        y = side - 1 - (y & (side - 1))
      }
      const swap = x
      x = y
      y = swap
    }
  }
  return position
}

/**
 * The same problem with places and orders in the order of a space-filling curve, so that what lies near in the city lies near in memory: the
 * search reads one row of the matrix at scattered columns, and at a thousand stops that row decides its speed. Plans speak in ids and do not
 * notice. Problems with matrices of their own stay as they are.
 */
export function reorder(problem: PlanningProblem): PlanningProblem {
  const { places } = problem
  if (places.length < 3 || problem.travel.some((each) => each.kind === 'matrix' || each.kind === 'timetable')) return problem
  const at = (place: (typeof places)[number]): [number, number] => [place.x ?? place.lon!, place.y ?? place.lat!]
  const points = places.map(at)
  const low = [0, 1].map((axis) => points.reduce((least, point) => Math.min(least, point[axis]!), Infinity)) as [number, number]
  const span = Math.max(1e-9, ...[0, 1].map((axis) => points.reduce((most, point) => Math.max(most, point[axis]!), -Infinity) - low[axis]!))
  const cell = (value: number, axis: 0 | 1) => Math.min((1 << bits) - 1, Math.floor(((value - low[axis]) / span) * (1 << bits)))
  const rank = new Map(places.map((place, index) => [place.id, hilbert(cell(points[index]![0], 0), cell(points[index]![1], 1))]))
  const rankOf = (order: PlanningProblem['orders'][number]) => rank.get((order.pickup ?? order.delivery)!.place)!
  return { ...problem, places: places.toSorted((a, b) => rank.get(a.id)! - rank.get(b.id)!), orders: problem.orders.toSorted((a, b) => rankOf(a) - rankOf(b)) }
}
