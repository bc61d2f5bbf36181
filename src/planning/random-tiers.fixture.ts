import type { EchelonInput } from './echelons/index.ts'
import { lcg } from './random-problem.fixture.ts'

/** A random city of so many customers and facilities, with stations between them in three tiers; `rich`: windows, shifts, room and prices of facilities, vehicles that wait for their goods. */
export function randomTiers(seed: number, more: { customers?: number; facilities?: number; rich?: boolean; stations?: number } = {}): EchelonInput {
  const draw = lcg(seed)
  const { customers = 25, facilities = 3, stations = 0, rich = false } = more
  const at = (id: string) => ({ id, x: draw(100), y: draw(100) })
  const places = [at('depot'), ...Array.from({ length: facilities }, (_, each) => at(`f${each}`)), ...Array.from({ length: stations }, (_, each) => at(`s${each}`)), ...Array.from({ length: customers }, (_, each) => at(`c${each}`))]
  const shift = rich ? { shift: { earliest: 0, latest: 3000 } } : {}
  const facility = (place: string) => ({ place, ...(rich ? { handlingSeconds: 10 + draw(50), handlingCost: draw(2), openingCost: draw(30), maxVehicles: 2 + draw(4), ...(draw(2) ? { capacity: [60 + draw(100), 200] } : {}) } : {}) })
  const tier = (ids: string[], room: number) => ({ facilities: ids.map(facility), vehicles: [{ id: 'van', capacity: [room, room], ...shift }, ...(rich ? [{ id: 'bike', capacity: [8, 8], costPerMetre: 0.8, ...shift }] : [])] })
  const list = (letter: string, count: number) => Array.from({ length: count }, (_, each) => `${letter}${each}`)
  return {
    format: 'lvpei-echelons/1',
    loads: ['kg', 'pallets'],
    places,
    travel: [{ profile: 'plane', kind: 'euclidean', metresPerSecond: 2 }],
    vehicles: [{ id: 'truck', count: 6, capacity: [70, 70], start: 'depot', fixedCost: 10, ...shift }],
    tiers: stations > 0 ? [tier(list('f', facilities), 40), tier(list('s', stations), 25)] : [tier(list('f', facilities), 25)],
    orders: list('c', customers).map((id) => {
      const from = draw(1500)
      return { id, load: [1 + draw(9), 1 + draw(4)], delivery: { place: id, ...(rich ? { serviceSeconds: 5, windows: [[from, from + 900]] as [number, number][] } : {}) } }
    }),
    isSynchronised: rich,
  }
}

/** Random tiers of a random shape, often with too few trucks or too little room to serve all. Same seed, same problem. */
export function randomTiersOfAnyShape(seed: number): EchelonInput {
  const draw = lcg(seed * 7 + 1)
  const isThree = draw(3) === 0
  const input = randomTiers(seed, { customers: 5 + draw(60), facilities: 1 + draw(isThree ? 3 : 14), rich: draw(2) === 0, ...(isThree ? { stations: 1 + draw(6) } : {}) })
  const count = [1, 2, 6, undefined][draw(4)]
  return { ...input, vehicles: input.vehicles.map(({ count: _, ...vehicle }) => (count === undefined ? vehicle : { ...vehicle, count })) }
}
