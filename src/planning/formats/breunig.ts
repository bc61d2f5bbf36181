import type { EchelonInput } from '../echelons/schema.ts'
import { listLines, syntax, type Line } from './lines.ts'

/** Groups of numbers on a line: `37,52,7   49,49,30` */
function groups(line: Line | undefined, width: number, least: number, what: string): number[][] {
  const list = (line?.cells ?? []).map((cell) => cell.split(',').map(Number))
  if (!line || list.length < least || list.some((group) => group.length !== width || group.some((value) => !Number.isFinite(value)))) throw syntax(line, `应为${what}：每组 ${width} 个数`)
  return list
}

/**
 * Breunig's files of the two-echelon vehicle routing problem: trucks, city freighters, depot and satellites, customers; lines with `!` are
 * comments. Customer ids are their numbers in the file, satellites `s1`, `s2` …, the depot `depot`.
 */
export function parseBreunig(text: string): EchelonInput {
  const lines = listLines(text).filter((line) => !line.text.startsWith('!'))
  const [trucks, freighters, stores, customers] = lines
  const [truckCount, truckRoom, truckCost, truckFixed] = groups(trucks, 4, 1, '卡车数、容量、单位距离成本、固定成本')[0]! as [number, number, number, number]
  const [each, total, room, cost, fixed] = groups(freighters, 5, 1, '每站车辆数、总数、容量、单位距离成本、固定成本')[0]! as [number, number, number, number, number]
  const [depot, ...satellites] = groups(stores, 2, 2, '仓库与至少一个中转站的坐标') as [number[], ...number[][]]
  const rows = groups(customers, 3, 1, '客户坐标与需求')
  const at = (id: string, [x, y]: readonly number[]) => ({ id, x: x!, y: y! })
  return {
    format: 'lvpei-echelons/1',
    loads: ['demand'],
    places: [at('depot', depot), ...satellites.map((each, index) => at(`s${index + 1}`, each)), ...rows.map((row, index) => at(String(index + 1), row))],
    travel: [{ profile: 'plane', kind: 'euclidean' }],
    vehicles: [{ id: 'truck', count: truckCount, capacity: [truckRoom], costPerMetre: truckCost, fixedCost: truckFixed, start: 'depot' }],
    tiers: [{
      facilities: satellites.map((_, index) => ({ place: `s${index + 1}`, maxVehicles: each })),
      vehicles: [{ id: 'freighter', count: total, capacity: [room], costPerMetre: cost, fixedCost: fixed }],
    }],
    orders: rows.map((row, index) => ({ id: String(index + 1), load: [row[2]!], delivery: { place: String(index + 1) } })),
  }
}
