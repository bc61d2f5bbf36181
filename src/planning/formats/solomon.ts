import type { ProblemInput } from '../model/index.ts'
import { listLines, readNumbers, syntax } from './lines.ts'

/** How the numbers of an academic file are to be taken. */
export interface Convention {
  readonly objective?: 'cost' | 'vehicles-then-cost'
  readonly rounding?: 'none' | 'nearest' | 'tenths-down'
}

/**
 * Solomon's and Gehring & Homberger's VRPTW files: with the headings VEHICLE and CUSTOMER, or the short form (capacity line, then rows of
 * number, x, y, demand, ready, due, service). Row 0 is the depot. Customer ids are the numbers of the file.
 */
export function parseSolomon(text: string, convention: Convention = {}): ProblemInput {
  const lines = listLines(text)
  const rows = lines.filter((line) => line.cells.length >= 7 && line.cells.every((cell) => Number.isFinite(Number(cell))))
  const first = rows[0]
  if (!first) throw syntax(lines[0], '没有客户行（编号 x y 需求 最早 最晚 服务）')
  const heading = lines.filter((line) => line.number < first.number && line.cells.every((cell) => Number.isFinite(Number(cell)))).at(-1)
  if (!heading) throw syntax(first, '客户行之前没有车辆数与容量')
  const [a, b] = readNumbers(heading, 1)
  const isHeaded = lines.some((line) => /^VEHICLE/i.test(line.text))
  const depot = readNumbers(first, 7)
  const known = new Set(rows)
  const strange = lines.find((line) => line.number > first.number && !known.has(line))
  if (strange) throw syntax(strange, '客户行应为 7 个数')
  const table = rows.map((line) => readNumbers(line, 7))
  return {
    format: 'lvpei-planning/1',
    name: isHeaded ? lines[0]!.text : undefined,
    objective: convention.objective ?? 'cost',
    loads: ['demand'],
    places: table.map((row) => ({ id: String(row[0]), x: row[1]!, y: row[2]! })),
    travel: [{ profile: 'plane', kind: 'euclidean', rounding: convention.rounding ?? 'none' }],
    // the short form states customers and capacity; it leaves the number of vehicles open
    vehicles: [{ id: 'vehicle', ...(isHeaded ? { count: a! } : {}), capacity: [b ?? a!], start: String(depot[0]), shift: { earliest: depot[4]!, latest: depot[5]! } }],
    orders: table.slice(1).map((row) => ({ id: String(row[0]), load: [row[3]!], delivery: { place: String(row[0]), windows: [[row[4]!, row[5]!]], serviceSeconds: row[6]! } })),
  }
}
