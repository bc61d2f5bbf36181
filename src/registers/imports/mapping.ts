import { coordinateSystems } from '../../base/identifiers.ts'
import { ProblemError, type Problem } from '../../base/problems.ts'
import type { AnyRegister } from '../define.ts'
import { workbookProblem as problem } from '../problems.ts'
import { tidyText } from '../values.ts'
import { columnLetter, columnNumber, type Cell, type Row } from '../workbook/rows.ts'

/** A column the template has: one for a field, three for a point. */
export interface TemplateColumn {
  /** field code; of a point `point.lon`, `point.lat`, `point.system` */
  readonly key: string
  readonly field: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly required: boolean
}

/** Heading of the column that carries problems back; it is known and never imported. */
export const problemColumnTitle = '错误'

const pointColumns = (code: string, title: string): TemplateColumn[] => [
  { key: `${code}.lon`, field: code, title: `${title}经度`, aliases: ['经度', 'lon', 'lng', 'longitude'], required: false },
  { key: `${code}.lat`, field: code, title: `${title}纬度`, aliases: ['纬度', 'lat', 'latitude'], required: false },
  { key: `${code}.system`, field: code, title: `${title}坐标系`, aliases: ['坐标系', '坐标系统', '坐标类型'], required: false },
]

/** Columns of a register's template and export, in order. */
export const templateColumns = (register: AnyRegister): TemplateColumn[] =>
  register.codes.flatMap((code) => {
    const field = register.fields[code]!
    return field.type === 'point' ? pointColumns(code, field.title) : [{ key: code, field: code, title: field.title, aliases: field.aliases ?? [], required: field.required ?? false }]
  })

/** Which column of the sheet holds which field; null: left out. `constants` stand for columns the sheet lacks. */
export interface Mapping {
  readonly headerRow: number
  /** column letter → column key */
  readonly columns: Readonly<Record<string, string | null>>
  /** column key → text, as a cell would hold it; e.g. the coordinate system of the whole file */
  readonly constants?: Readonly<Record<string, string>>
}

export interface ProposedColumn {
  readonly letter: string
  readonly heading: string
  readonly key: string | null
  readonly likeness: 'code' | 'title' | 'alias' | 'similar' | 'none'
  /** first values of the column, to recognise it by */
  readonly samples: readonly string[]
}

export interface Proposal {
  readonly mapping: Mapping
  readonly columns: readonly ProposedColumn[]
  /** template columns nothing was found for */
  readonly missing: readonly { readonly key: string; readonly title: string; readonly required: boolean }[]
}

export const cellText = (cell: Cell | undefined): string => (cell === undefined ? '' : cell.type === 'text' ? tidyText(cell.text) : cell.type === 'number' ? String(cell.number) : cell.type === 'boolean' ? (cell.value ? '是' : '否') : cell.type === 'error' ? cell.text : '')

/** A heading without what people decorate it with: stars, brackets with units or remarks, blanks, numbering. */
const plainHeading = (text: string): string => text.normalize('NFKC').replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '').replace(/[\s*:：、。.]/g, '').toLowerCase()

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) current.push(Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    previous = current
  }
  return previous[b.length]!
}

/** 0–1: how alike two headings are; containing the other whole counts by how much of it that is. */
function likeness(heading: string, title: string): number {
  const [short, long] = heading.length < title.length ? [heading, title] : [title, heading]
  if (short.length >= 2 && long.includes(short)) return Math.max(0.5, short.length / long.length)
  return 1 - editDistance(heading, title) / Math.max(heading.length, title.length, 1)
}

interface Match {
  readonly key: string
  readonly kind: ProposedColumn['likeness']
  readonly score: number
}

function bestMatch(columns: readonly TemplateColumn[], text: string): Match | undefined {
  const heading = plainHeading(text)
  if (heading === '' || heading === problemColumnTitle) return undefined
  let best: Match | undefined
  for (const { key, title, aliases } of columns) {
    const candidates: Match[] = [
      { key, kind: 'code', score: heading === key.toLowerCase().replace('.', '') ? 4 : 0 },
      { key, kind: 'title', score: heading === plainHeading(title) ? 3 : 0 },
      { key, kind: 'alias', score: aliases.some((alias) => heading === plainHeading(alias)) ? 2 : 0 },
      { key, kind: 'similar', score: Math.max(...[title, ...aliases].map((each) => likeness(heading, plainHeading(each)))) },
    ]
    for (const each of candidates) if (each.score > (best?.score ?? 0)) best = each
  }
  return best && best.score >= 0.66 ? best : undefined
}

/** Rows looked at to find the header. */
export const headerSearchRows = 30

/** Certain matches of a row: headings are found by codes, titles and aliases, not by likeness. */
const certainty = (columns: readonly TemplateColumn[], row: Row): number => [...row.cells.values()].filter((cell) => (bestMatch(columns, cellText(cell))?.score ?? 0) >= 2).length

/** Tells headings repeated in the middle of a table, and the template's row of codes, from data: at least half of the row's mapped cells are headings of their column. */
export function headingFinder(register: AnyRegister, mapping: Mapping): (row: Row) => boolean {
  const columns = templateColumns(register)
  const known = Object.entries(mapping.columns).flatMap(([letter, key]) => {
    const column = columns.find((each) => each.key === key)
    return column ? [{ at: columnNumber(letter), isKey: register.naturalKey.includes(column.key), headings: new Set([column.key.toLowerCase().replace('.', ''), ...[column.title, ...column.aliases].map(plainHeading)]) }] : []
  })
  const isHeading = (row: Row, { at, headings }: (typeof known)[number]) => headings.has(plainHeading(cellText(row.cells.get(at))))
  const keys = known.filter((each) => each.isKey)
  return (row) => {
    // Nearly every row ends here: its natural key is no heading.
    if (!keys.some((each) => isHeading(row, each))) return false
    const filled = known.filter((each) => row.cells.has(each.at))
    return filled.filter((each) => isHeading(row, each)).length * 2 >= filled.length
  }
}

/** Each template column goes to the sheet column that fits best, each sheet column to at most one. */
function assign(columns: readonly TemplateColumn[], header: Row): Map<number, Match> {
  const matches = [...header.cells].flatMap(([column, cell]) => {
    const match = bestMatch(columns, cellText(cell))
    return match ? [{ column, match }] : []
  })
  const assigned = new Map<number, Match>()
  const taken = new Set<string>()
  for (const { column, match } of matches.toSorted((a, b) => b.match.score - a.match.score || a.column - b.column)) {
    if (taken.has(match.key)) continue
    taken.add(match.key)
    assigned.set(column, match)
  }
  return assigned
}

/** Proposes which column is what from the first rows of a sheet; throws `header-not-found` when no row has two known headings. */
export function proposeMapping(register: AnyRegister, rows: readonly Row[], headerRow?: number): Proposal {
  const columns = templateColumns(register)
  const looked = rows.slice(0, headerSearchRows)
  const scored = looked.map((row) => ({ row, score: row.number === headerRow ? Infinity : certainty(columns, row) }))
  const best = scored.reduce<(typeof scored)[number] | undefined>((found, each) => (each.score > (found?.score ?? 1) ? each : found), undefined)
  if (!best) throw new ProblemError(problem('header-not-found', { looked: headerSearchRows }), 422)
  const assigned = assign(columns, best.row)
  const below = rows.filter((row) => row.number > best.row.number)
  const proposed = [...best.row.cells].toSorted(([a], [b]) => a - b).map(([column, cell]): ProposedColumn => {
    const match = assigned.get(column)
    const samples = below.map((row) => cellText(row.cells.get(column))).filter((text) => text !== '').slice(0, 3)
    return { letter: columnLetter(column), heading: cellText(cell), key: match?.key ?? null, likeness: match?.kind ?? 'none', samples }
  })
  const mapped = new Set([...assigned.values()].map((match) => match.key))
  return {
    mapping: { headerRow: best.row.number, columns: Object.fromEntries(proposed.map(({ letter, key }) => [letter, key])) },
    columns: proposed,
    missing: columns.filter((column) => !mapped.has(column.key)).map(({ key, title, required }) => ({ key, title, required })),
  }
}

/** What is wrong with a mapping as such: unknown columns or fields, a field twice, a required field nowhere. */
export function checkMapping(register: AnyRegister, mapping: Mapping): Problem[] {
  const columns = templateColumns(register)
  const problems: Problem[] = []
  const places = new Map<string, string>()
  for (const [letter, key] of Object.entries(mapping.columns)) {
    if (columnNumber(letter) === 0) problems.push(problem('column-not-found', { column: letter }))
    if (key === null) continue
    const column = columns.find((each) => each.key === key)
    if (!column) problems.push(problem('column-field-unknown', { field: key }))
    else if (places.has(key)) problems.push(problem('column-mapped-twice', { title: column.title, first: places.get(key), second: letter }))
    places.set(key, letter)
  }
  for (const key of Object.keys(mapping.constants ?? {})) {
    if (!columns.some((each) => each.key === key)) problems.push(problem('column-field-unknown', { field: key }))
    places.set(key, places.get(key) ?? '')
  }
  for (const column of columns) if (register.naturalKey.includes(column.key) && !places.has(column.key)) problems.push(problem('column-required', { title: column.title }))
  return problems
}

/** Values a coordinate system's drop-down offers. */
export const systemChoices = Object.keys(coordinateSystems)
