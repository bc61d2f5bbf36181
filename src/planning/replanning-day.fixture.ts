import type { ProblemInput } from './model/index.ts'
import { lcg } from './random-problem.fixture.ts'

/** A day of possible orders with windows and loads around one depot: those of the morning, and a few that come later. */
export function replanningDay(morning: number, later: number, seed = 42): ProblemInput {
  const draw = lcg(seed)
  const orders = morning + later
  return {
    format: 'lvpei-planning/1',
    loads: ['pallets'],
    places: Array.from({ length: orders + 1 }, (_, at) => ({ id: `p${at}`, x: draw(20_000), y: draw(20_000) })),
    travel: [{ profile: 'plane', kind: 'euclidean', metresPerSecond: 8 }],
    vehicles: [{ id: 'van', capacity: [70], start: 'p0', costPerMetre: 0.002, fixedCost: 120, shift: { earliest: 0, latest: 36_000 } }],
    orders: Array.from({ length: orders }, (_, at) => {
      const from = draw(24_000)
      return { id: `o${at + 1}`, load: [1 + draw(9)], delivery: { place: `p${at + 1}`, serviceSeconds: 300, windows: [[from, from + 10_000]] } }
    }),
  }
}
