import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import type { AccessRule } from '../../../api/access.ts'
import { vehiclesInWords } from '../../../shared/rules/describe.ts'
import { EffectMark } from '../../../shared/rules/effect.tsx'
import { useRuleWords } from '../../../shared/rules/words.ts'
import { titlesOf } from '../titles.ts'
import { CellEditor, type Leaving } from './cell-editor.tsx'
import { gridColumns, type GridColumn } from './columns.ts'
import { findingsByRule, resultOf } from './findings.ts'
import { isSame } from './same.ts'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

interface Cell {
  readonly row: number
  readonly column: number
}

interface RuleGridProps {
  readonly work: DraftWork
  /** index of the rule whose form is open */
  readonly row: number
  readonly onRow: (row: number) => void
  /** Enter on a cell that a form edits */
  readonly onForm: (part: 'vehicles' | 'examples') => void
  readonly onAdd: () => void
}

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))

interface Editing {
  readonly cell: Cell
  /** what the field begins with */
  readonly text: string
}

/** What a key does on a cell that is not being edited; undefined: nothing of ours. */
function useGridKeys({ work, onForm, onAdd }: RuleGridProps, focus: (cell: Cell) => void, begin: (editing: Editing) => void) {
  const { rules } = work.ruleSet
  const step = ({ row, column }: Cell, forward: boolean): Cell | null => {
    const next = row * gridColumns.length + column + (forward ? 1 : -1)
    return next < 0 || next >= rules.length * gridColumns.length ? null : { row: Math.floor(next / gridColumns.length), column: next % gridColumns.length }
  }
  const edit = (cell: Cell): void => {
    const column = gridColumns[cell.column]!
    if (column.by === 'form') onForm(column.key as 'vehicles' | 'examples')
    else begin({ cell, text: column.text(rules[cell.row]!, work.ruleSet) })
  }
  const onKey = (event: KeyboardEvent, cell: Cell) => {
    const { row, column } = cell
    const move = moves[event.key]
    const next = event.key === 'Tab' ? step(cell, !event.shiftKey) : null
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (move) focus({ row: within(row + move[0], rules.length), column: within(column + move[1], gridColumns.length) })
    else if (event.key === 'Home' || event.key === 'End') focus({ row, column: event.key === 'Home' ? 0 : gridColumns.length - 1 })
    else if (next) focus(next)
    else if (!work.mayWrite) return
    else if (event.key === 'Insert') onAdd()
    else if (event.key === 'Enter' || event.key === 'F2') edit(cell)
    else if (gridColumns[column]!.by === 'text' && (event.key.length === 1 || event.key === 'Delete')) begin({ cell, text: event.key.length === 1 ? event.key : '' })
    else {
      // an input method goes on composing in the field that opens
      if (gridColumns[column]!.by === 'text' && event.key === 'Process') begin({ cell, text: '' })
      return
    }
    event.preventDefault()
  }
  return { step, edit, onKey }
}

/** The rules as a table one can work in without a mouse: arrows, Enter, Tab, Esc as in a spreadsheet. */
export function RuleGrid(props: RuleGridProps) {
  const { work, row, onRow } = props
  const t = useDraftWords()
  const { rules } = work.ruleSet
  const [column, setColumn] = useState(0)
  const [editing, setEditing] = useState<Editing | null>(null)
  const grid = useRef<HTMLTableElement>(null)
  const issues = findingsByRule(work.saved)
  const focus = (cell: Cell, leaving = false) => {
    // what is not valid stays open until it is mended or given up with Esc
    const refused = leaving ? null : grid.current?.querySelector<HTMLElement>('.grid-editing [aria-invalid=true]')
    if (refused) return refused.focus()
    flushSync(() => {
      setEditing(null)
      setColumn(cell.column)
      onRow(cell.row)
    })
    grid.current?.querySelector<HTMLElement>(`[data-cell="${cell.row}-${cell.column}"]`)?.focus()
  }
  const keys = useGridKeys(props, focus, (next) => flushSync(() => setEditing(next)))
  useEffect(() => setEditing(null), [rules.length])
  const leave = (cell: Cell) => (direction: Leaving) => focus(direction === 'down' ? { row: within(cell.row + 1, rules.length), column: cell.column } : direction === 'stay' ? cell : (keys.step(cell, direction === 'next') ?? cell), true)
  const cellOf = (rule: AccessRule, at: number, each: GridColumn, index: number) => {
    const cell = { row: at, column: index }
    if (editing?.cell.row === at && editing.cell.column === index) return <td key={each.key} role="gridcell" className="grid-editing"><CellEditor work={work} column={each} rule={rule} at={at} first={editing.text} onClose={() => setEditing(null)} onLeave={leave(cell)} /></td>
    return (
      <td key={each.key} role="gridcell" data-cell={`${at}-${index}`} tabIndex={at === within(row, rules.length) && index === column ? 0 : -1} className={classOf(work, rule, each)} onKeyDown={(event) => keys.onKey(event, cell)} onClick={() => focus(cell)} onDoubleClick={() => (work.mayWrite ? keys.edit(cell) : undefined)}>
        <CellValue work={work} column={each} rule={rule} />
      </td>
    )
  }
  return (
    <div className="table-scroll">
      <table className="table rule-grid" role="grid" aria-label={t('grid')} ref={grid}>
        <thead><tr><th scope="col" className="grid-mark" />{gridColumns.map(({ key, numeric }) => <th key={key} scope="col" className={numeric ? 'numeric' : undefined}>{t(`col-${key}`)}</th>)}</tr></thead>
        <tbody>
          {rules.map((rule, at) => {
            const errors = (issues.get(rule.code) ?? []).filter(({ severity }) => severity === 'error').length
            return (
              <tr key={rule.code} className={at === row ? 'selected' : undefined} aria-selected={at === row} data-rule={rule.code}>
                <td className="grid-mark">{errors > 0 ? <span className="grid-error" title={t('row-errors', { count: errors })}>! {errors}</span> : null}</td>
                {gridColumns.map((each, index) => cellOf(rule, at, each, index))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** A cell that differs from what is saved says so. */
function classOf({ saved, ruleSet }: DraftWork, rule: AccessRule, { key, text, numeric }: GridColumn): string | undefined {
  const before = saved.ruleSet.rules.find(({ code }) => code === rule.code)
  const field = key === 'vehicles' || key === 'examples' ? key : null
  const isUnsaved = !before || (field ? !isSame(before[field], rule[field]) : text(before, saved.ruleSet) !== text(rule, ruleSet))
  return [numeric ? 'numeric' : '', isUnsaved ? 'grid-unsaved' : '', `grid-${key}`].filter(Boolean).join(' ')
}

function CellValue({ work, column, rule }: { work: DraftWork; column: GridColumn; rule: AccessRule }) {
  const t = useDraftWords()
  const words = useRuleWords()
  if (column.key === 'effect') return <EffectMark effect={rule.effect} />
  if (column.key === 'vehicles') return <>{vehiclesInWords(rule, titlesOf(work.ruleSet.passes), words)}</>
  if (column.key === 'times') return <>{[column.text(rule, work.ruleSet), ...rule.periods.map((code) => titlesOf(work.ruleSet.periods)[code] ?? code)].filter(Boolean).join('；')}</>
  if (column.key !== 'examples') return <>{column.text(rule, work.ruleSet)}</>
  const results = rule.examples.map((example, at) => resultOf(example, at, rule.code, work.saved).state)
  const failed = results.filter((state) => state === 'fails').length
  if (results.length === 0) return <span className="example-fails">{t('examples-none')}</span>
  if (failed > 0) return <span className="example-fails">{t('examples-failed', { failed, count: results.length })}</span>
  return results.every((state) => state === 'holds') ? <span className="met">{t('examples-ok', { count: results.length })}</span> : <span className="secondary">{t('examples-not-run', { count: results.length })}</span>
}
