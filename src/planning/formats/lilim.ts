import type { ProblemInput } from '../model/index.ts'
import { listLines, readNumbers, syntax } from './lines.ts'
import type { Convention } from './solomon.ts'

/**
 * Li & Lim's PDPTW files: vehicles, capacity, speed; then number, x, y, demand, ready, due, service, pickup, delivery. A row with a delivery
 * partner is a pickup. The order gets the id `pickup`; its plan stops are told apart by their places, which are the numbers of the file.
 */
export function parseLilim(text: string, convention: Convention = {}): ProblemInput {
  const lines = listLines(text)
  const heading = lines[0]
  if (!heading) throw syntax(undefined, '空文件')
  const [vehicles, capacity] = readNumbers(heading, 2)
  const rows = lines.slice(1).map((line) => readNumbers(line, 9))
  const depot = rows[0]
  if (!depot) throw syntax(heading, '没有仓库行')
  const byId = new Map(rows.map((row) => [row[0]!, row]))
  const stop = (row: readonly number[]) => ({ place: String(row[0]), windows: [[row[4]!, row[5]!] as [number, number]], serviceSeconds: row[6]! })
  return {
    format: 'lvpei-planning/1',
    objective: convention.objective ?? 'vehicles-then-cost',
    loads: ['demand'],
    places: rows.map((row) => ({ id: String(row[0]), x: row[1]!, y: row[2]! })),
    travel: [{ profile: 'plane', kind: 'euclidean', rounding: convention.rounding ?? 'none' }],
    vehicles: [{ id: 'vehicle', count: vehicles!, capacity: [capacity!], start: String(depot[0]), shift: { earliest: depot[4]!, latest: depot[5]! } }],
    orders: rows.slice(1).flatMap((row, at) => {
      if (row[3]! < 0 || row[8] === 0) return []
      const partner = byId.get(row[8]!)
      if (!partner) throw syntax(lines[at + 2], `送货点 ${row[8]} 不存在`)
      return [{ id: String(row[0]), load: [row[3]!], pickup: stop(row), delivery: stop(partner) }]
    }),
  }
}
