import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Convention } from '../../src/planning/index.ts'

/** How a public set is read and compared. */
export interface SetRule {
  readonly format: string
  readonly convention: Convention
  readonly extension: string
  /** the set's own unit of cost over ours */
  scale(best: number): number
  readonly isVehiclesFirst: boolean
}

const one = (): number => 1
const rule = (format: string, extension: string, more: Partial<SetRule> = {}): SetRule => ({ format, extension, convention: {}, scale: one, isVehiclesFirst: false, ...more })
const tenths: Convention = { rounding: 'tenths-down' }

/** The conventions of the sets' bks.json: units of money differ from set to set, and once within a set. */
export const setRules: Readonly<Record<string, SetRule>> = {
  'cvrp-x': rule('vrplib', '.vrp'),
  'cvrp-xxl': rule('vrplib', '.vrp'),
  'vrptw-solomon': rule('solomon', '.txt', { convention: tenths }),
  'vrptw-gh1000': rule('vrplib', '.vrp', { convention: tenths }),
  'vrptw-gh': rule('solomon', '.txt', { convention: { objective: 'vehicles-then-cost' }, isVehiclesFirst: true }),
  'pdptw-lilim': rule('lilim', '.txt', { isVehiclesFirst: true }),
  'evrptw-schneider': rule('schneider', '.txt', { isVehiclesFirst: true }),
  // hundredths in the classic instances, thousandths of a metre times a price in the large ones
  hfvrp: rule('vrplib', '.vrp', { convention: { rounding: 'none' }, scale: (best) => (best > 1e8 ? 1000 : 0.01) }),
  mdvrptw: rule('vrplib', '.vrp', { convention: { rounding: 'none' }, scale: () => 1000 }),
  'mtvrptw-r': rule('vrplib', '.vrp', { convention: tenths, scale: () => 10 }),
  // only two of its instances come with a best known value in the folder
  '2e-vrp-breunig': rule('breunig', '.txt'),
}

export interface BenchInstance {
  readonly set: string
  readonly name: string
  readonly text: string
  readonly best: number
  readonly vehicles: number | null
}

/** Instances of a set with a best known value; `wanted` of them, spread evenly over the set's order, or those whose names match. */
export function listInstances(directory: string, set: string, wanted: { count?: number; match?: RegExp }): BenchInstance[] {
  const folder = join(directory, set)
  const known = (JSON.parse(readFileSync(join(folder, 'bks.json'), 'utf8')) as { bks: { instance: string; bks: number | null; vehicles?: number | null }[] }).bks
  const files = new Set(readdirSync(folder))
  const extension = setRules[set]!.extension
  const usable = known.flatMap(({ instance, bks, vehicles }) => {
    const file = files.has(instance) ? instance : `${instance}${extension}`
    return bks === null || !files.has(file) || (wanted.match && !wanted.match.test(instance)) ? [] : [{ set, name: instance.replace(extension, ''), text: join(folder, file), best: bks, vehicles: vehicles ?? null }]
  })
  const count = Math.min(wanted.count ?? usable.length, usable.length)
  const chosen = Array.from({ length: count }, (_, at) => usable[Math.floor(((at + 0.5) * usable.length) / count)]!)
  return chosen.map((each) => ({ ...each, text: readFileSync(each.text, 'utf8') }))
}
