import type { ProblemInput } from '../model/index.ts'
import { listLines, syntax, type Line } from './lines.ts'
import type { Convention } from './solomon.ts'

interface Sections {
  readonly fields: Map<string, string>
  readonly rows: Map<string, Line[]>
}

function readSections(text: string): Sections {
  const fields = new Map<string, string>()
  const rows = new Map<string, Line[]>()
  let section: Line[] | null = null
  for (const line of listLines(text)) {
    if (line.cells[0] === 'EOF') break
    if (/_SECTION\s*:?$/.test(line.cells[0]!)) rows.set(line.cells[0]!.replace(/:$/, ''), (section = []))
    else if (/^[A-Z_]+\s*:/.test(line.text)) {
      const colon = line.text.indexOf(':')
      fields.set(line.text.slice(0, colon).trim(), line.text.slice(colon + 1).trim())
      section = null
    } else if (section) section.push(line)
    else throw syntax(line, '既不是“名称: 值”，也不在任何 SECTION 之内')
  }
  return { fields, rows }
}

const known = new Set(['NODE_COORD_SECTION', 'DEMAND_SECTION', 'TIME_WINDOW_SECTION', 'SERVICE_TIME_SECTION', 'DEPOT_SECTION', 'CAPACITY_SECTION', 'VEHICLES_FIXED_COST_SECTION', 'VEHICLES_UNIT_DISTANCE_COST_SECTION', 'VEHICLES_DEPOT_SECTION', 'RELEASE_TIME_SECTION', 'VEHICLES_RELOAD_DEPOT_SECTION', 'EDGE_WEIGHT_SECTION'])

/** Values of a section by node or vehicle number. */
function byNumber(sections: Sections, name: string): Map<string, number[]> | null {
  const rows = sections.rows.get(name)
  if (!rows) return null
  return new Map(rows.map((line) => {
    const values = line.cells.map(Number)
    if (values.length < 2 || values.some((value) => !Number.isFinite(value))) throw syntax(line, `${name} 的行应为编号与数`)
    return [line.cells[0]!, values.slice(1)]
  }))
}

/** Explicit matrices in VRPLIB are rare outside the ACVRP; only FULL_MATRIX is read. */
function readTravel(sections: Sections, size: number, convention: Convention): ProblemInput['travel'][number] {
  const type = sections.fields.get('EDGE_WEIGHT_TYPE') ?? 'EUC_2D'
  if (type === 'EUC_2D' || type === 'FLOOR_2D' || type === 'EXACT_2D') return { profile: 'plane', kind: 'euclidean', rounding: convention.rounding ?? (type === 'EXACT_2D' ? 'none' : 'nearest') }
  const numbers = (sections.rows.get('EDGE_WEIGHT_SECTION') ?? []).flatMap((line) => line.cells.map(Number))
  if (type !== 'EXPLICIT' || sections.fields.get('EDGE_WEIGHT_FORMAT') !== 'FULL_MATRIX' || numbers.length !== size * size) throw syntax(undefined, `不支持的 EDGE_WEIGHT_TYPE ${type} / ${sections.fields.get('EDGE_WEIGHT_FORMAT') ?? ''}`)
  return { profile: 'plane', kind: 'matrix', distanceMetres: Array.from({ length: size }, (_, row) => numbers.slice(row * size, (row + 1) * size)) }
}

/** Vehicles with the same properties are one kind with a count; academic files list each of up to 5,000. */
function readVehicles(sections: Sections, depots: readonly string[]): ProblemInput['vehicles'] {
  const { fields } = sections
  const sets = ['CAPACITY_SECTION', 'VEHICLES_FIXED_COST_SECTION', 'VEHICLES_UNIT_DISTANCE_COST_SECTION', 'VEHICLES_DEPOT_SECTION', 'VEHICLES_RELOAD_DEPOT_SECTION'].map((name) => byNumber(sections, name))
  const windows = byNumber(sections, 'TIME_WINDOW_SECTION')
  const numbers = sets.find((each) => each !== null)
  const limit = fields.get('VEHICLES_MAX_DURATION') ?? fields.get('DISTANCE')
  const groups = new Map<string, string[]>()
  for (const number of numbers?.keys() ?? ['']) {
    const key = JSON.stringify(sets.map((each) => each?.get(number)?.[0] ?? null))
    const members = groups.get(key)
    if (members) members.push(number)
    else groups.set(key, [number])
  }
  return [...groups].map(([key, members], at) => {
    const [capacity, fixed, unit, depot, reload] = JSON.parse(key) as (number | null)[]
    const start = String(depot ?? depots[0])
    const [earliest, latest] = windows?.get(start) ?? []
    const count = numbers ? members.length : fields.has('VEHICLES') ? Number(fields.get('VEHICLES')) : undefined
    return {
      id: `kind-${at + 1}`,
      ...(count === undefined ? {} : { count }),
      capacity: [capacity ?? Number(fields.get('CAPACITY'))],
      fixedCost: fixed ?? 0,
      costPerMetre: unit ?? 1,
      start,
      ...(earliest !== undefined || limit !== undefined ? { shift: { earliest: earliest ?? 0, latest: latest ?? 1e12, ...(limit === undefined ? {} : { maxDurationSeconds: Number(limit) }) } } : {}),
      ...(reload == null ? {} : { reload: { place: String(reload) } }),
    }
  })
}

/** A file cut short would otherwise be a smaller problem that nobody asked for: the stated size, and a row for every customer in each section. */
function checkWhole(sections: Sections, nodes: readonly string[], depots: readonly string[]): void {
  const stated = sections.fields.get('DIMENSION')
  if (stated !== undefined && Number(stated) !== nodes.length) throw syntax(undefined, `DIMENSION 为 ${stated}，却有 ${nodes.length} 个节点`)
  for (const name of ['DEMAND_SECTION', 'TIME_WINDOW_SECTION', 'SERVICE_TIME_SECTION']) {
    const rows = sections.rows.get(name)
    if (!rows) continue
    const width = name === 'TIME_WINDOW_SECTION' ? 3 : 2
    const short = rows.find((line) => line.cells.length < width)
    if (short) throw syntax(short, `${name} 的行应有 ${width} 列`)
    const listed = new Set(rows.map((line) => line.cells[0]!))
    const missing = nodes.find((id) => !listed.has(id) && !depots.includes(id))
    if (missing !== undefined) throw syntax(rows.at(-1), `${name} 缺少节点 ${missing}`)
    if (listed.size !== rows.length) throw syntax(rows.find((line, at) => rows.findIndex((other) => other.cells[0] === line.cells[0]) !== at), `${name} 中节点重复`)
  }
  const coordinates = sections.rows.get('NODE_COORD_SECTION')
  if (coordinates && coordinates.length !== nodes.length) throw syntax(coordinates.at(-1), 'NODE_COORD_SECTION 中节点重复')
}

/** CVRPLIB's files and the dialect of the public HFVRP, MDVRPTW and multi-trip sets: `NAME: value` lines and sections by node number. */
export function parseVrplib(text: string, convention: Convention = {}): ProblemInput {
  const sections = readSections(text)
  const strange = [...sections.rows.keys()].find((name) => !known.has(name))
  if (strange) throw syntax(undefined, `不支持的段 ${strange}`)
  const coordinates = byNumber(sections, 'NODE_COORD_SECTION')
  const demands = byNumber(sections, 'DEMAND_SECTION')
  const depots = (sections.rows.get('DEPOT_SECTION') ?? []).map((line) => line.cells[0]!).filter((each) => each !== '-1')
  if (!demands || depots.length === 0) throw syntax(undefined, '缺少 DEMAND_SECTION 或 DEPOT_SECTION')
  const windows = byNumber(sections, 'TIME_WINDOW_SECTION')
  const services = byNumber(sections, 'SERVICE_TIME_SECTION')
  const releases = byNumber(sections, 'RELEASE_TIME_SECTION')
  const everyService = Number(sections.fields.get('SERVICE_TIME') ?? 0)
  const nodes = [...(coordinates ?? demands).keys()]
  checkWhole(sections, nodes, depots)
  return {
    format: 'lvpei-planning/1',
    name: sections.fields.get('NAME'),
    objective: convention.objective ?? 'cost',
    loads: ['demand'],
    places: nodes.map((id) => ({ id, ...(coordinates ? { x: coordinates.get(id)![0]!, y: coordinates.get(id)![1]! } : {}) })),
    travel: [readTravel(sections, nodes.length, convention)],
    vehicles: readVehicles(sections, depots),
    orders: nodes.filter((id) => !depots.includes(id)).map((id) => {
      const window = windows?.get(id)
      const release = releases?.get(id)?.[0]
      return {
        id,
        load: [demands.get(id)?.[0] ?? 0],
        ...(release ? { releaseAt: release } : {}),
        delivery: { place: id, ...(window ? { windows: [[window[0]!, window[1]!] as [number, number]] } : {}), serviceSeconds: services?.get(id)?.[0] ?? everyService },
      }
    }),
  }
}
