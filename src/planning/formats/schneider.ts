import type { ProblemInput } from '../model/index.ts'
import { listLines, syntax } from './lines.ts'

/** The value between slashes of a footer line such as `Q Vehicle fuel tank capacity /79.69/`. */
function footer(text: string, letter: string): number {
  const found = new RegExp(`^${letter}\\b.*/([0-9.]+)/`, 'm').exec(text)
  if (!found) throw syntax(undefined, `缺少参数行 ${letter}`)
  return Number(found[1])
}

/**
 * Schneider, Stenger & Goeke's EVRPTW files. The published best plans of the set we compare with recharge partially; `full` is the original
 * rule of 2014.
 */
export function parseSchneider(text: string, convention: { recharge?: 'full' | 'partial' } = {}): ProblemInput {
  const lines = listLines(text)
  const rows = lines.filter((line) => line.cells.length === 8 && ['d', 'f', 'c'].includes(line.cells[1]!)).map((line) => ({ line, id: line.cells[0]!, type: line.cells[1]!, numbers: line.cells.slice(2).map(Number) }))
  const wrong = rows.find((row) => row.numbers.some((value) => !Number.isFinite(value)))
  if (wrong) throw syntax(wrong.line, '应为 6 个数')
  const depot = rows.find((row) => row.type === 'd')
  if (!depot) throw syntax(lines[0], '没有仓库行（类型 d）')
  const velocity = footer(text, 'v')
  return {
    format: 'lvpei-planning/1',
    objective: 'vehicles-then-cost',
    loads: ['demand'],
    places: rows.map((row) => ({ id: row.id, x: row.numbers[0]!, y: row.numbers[1]! })),
    travel: [{ profile: 'plane', kind: 'euclidean', metresPerSecond: velocity }],
    vehicles: [{
      id: 'vehicle',
      capacity: [footer(text, 'C')],
      start: depot.id,
      shift: { earliest: depot.numbers[3]!, latest: depot.numbers[4]! },
      energy: {
        batteryKwh: footer(text, 'Q'),
        kwhPerMetre: footer(text, 'r'),
        chargeSecondsPerKwh: footer(text, 'g'),
        recharge: convention.recharge ?? 'partial',
        stations: rows.filter((row) => row.type === 'f').map((row) => row.id),
      },
    }],
    orders: rows.filter((row) => row.type === 'c').map((row) => ({ id: row.id, load: [row.numbers[2]!], delivery: { place: row.id, windows: [[row.numbers[3]!, row.numbers[4]!] as [number, number]], serviceSeconds: row.numbers[5]! } })),
  }
}
