import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { effects, type AccessRule } from '../../../api/access.ts'
import { vehiclesInWords } from '../../../shared/rules/describe.ts'
import { EffectMark } from '../../../shared/rules/effect.tsx'
import { useRuleWords } from '../../../shared/rules/words.ts'
import { titlesOf } from '../titles.ts'
import { gridColumns, type GridColumn } from './columns.ts'
import { withRule } from './edits.ts'
import { findingsByRule, resultOf } from './findings.ts'
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

/** The rules as a table one can work in without a mouse: arrows, Enter, Tab, Esc as in a spreadsheet. */
export function RuleGrid({ work, row, onRow, onForm, onAdd }: RuleGridProps) {
  const t = useDraftWords()
  const { rules } = work.ruleSet
  const [column, setColumn] = useState(0)
  const [editing, setEditing] = useState<{ readonly cell: Cell; readonly text: string } | null>(null)
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
  const begin = (cell: Cell, text: string) => flushSync(() => setEditing({ cell, text }))
  const step = ({ row: from, column: at }: Cell, forward: boolean): Cell | null => {
    const next = from * gridColumns.length + at + (forward ? 1 : -1)
    return next < 0 || next >= rules.length * gridColumns.length ? null : { row: Math.floor(next / gridColumns.length), column: next % gridColumns.length }
  }
  const onKey = (event: KeyboardEvent, cell: Cell) => {
    const { by, text } = gridColumns[cell.column]!
    const move = moves[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (move) focus({ row: within(cell.row + move[0], rules.length), column: within(cell.column + move[1], gridColumns.length) })
    else if (event.key === 'Home' || event.key === 'End') focus({ row: cell.row, column: event.key === 'Home' ? 0 : gridColumns.length - 1 })
    else if (event.key === 'Tab') {
      const next = step(cell, !event.shiftKey)
      if (!next) return
      focus(next)
    } else if (!work.mayWrite) return
    else if (event.key === 'Insert') onAdd()
    else if (event.key === 'Enter' || event.key === 'F2') {
      if (by === 'form') onForm(gridColumns[cell.column]!.key as 'vehicles' | 'examples')
      else begin(cell, text(rules[cell.row]!, work.ruleSet))
    } else if (by === 'text' && (event.key.length === 1 || event.key === 'Process' || event.key === 'Delete')) {
      // the letter goes into the field that opens; an input method goes on composing there
      begin(cell, event.key.length === 1 ? event.key : '')
      if (event.key === 'Process') return
    } else return
    event.preventDefault()
  }
  useEffect(() => setEditing(null), [rules.length])
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
                {gridColumns.map((each, index) => {
                  const cell = { row: at, column: index }
                  return editing?.cell.row === at && editing.cell.column === index
                    ? <td key={each.key} role="gridcell" className="grid-editing"><CellEditor work={work} column={each} rule={rule} at={at} first={editing.text} onClose={() => setEditing(null)} onLeave={(direction) => focus(direction === 'down' ? { row: within(at + 1, rules.length), column: index } : direction === 'stay' ? cell : step(cell, direction === 'next') ?? cell, true)} /></td>
                    : (
                      <td key={each.key} role="gridcell" data-cell={`${at}-${index}`} tabIndex={at === within(row, rules.length) && index === column ? 0 : -1} className={classOf(work, rule, each)} onKeyDown={(event) => onKey(event, cell)} onClick={() => focus(cell)} onDoubleClick={() => (!work.mayWrite ? undefined : each.by === 'form' ? onForm(each.key as 'vehicles' | 'examples') : begin(cell, each.text(rule, work.ruleSet)))}>
                        <CellValue work={work} column={each} rule={rule} />
                      </td>
                    )
                })}
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
  const isUnsaved = !before || (field ? JSON.stringify(before[field]) !== JSON.stringify(rule[field]) : text(before, saved.ruleSet) !== text(rule, ruleSet))
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

interface CellEditorProps {
  readonly work: DraftWork
  readonly column: GridColumn
  readonly rule: AccessRule
  readonly at: number
  readonly first: string
  readonly onLeave: (direction: 'down' | 'next' | 'before' | 'stay') => void
  /** the focus has gone elsewhere by itself */
  readonly onClose: () => void
}

/** A cell being typed in. What is not valid stays open with the reason; Esc gives it up. */
function CellEditor({ work, column, rule, at, first, onLeave, onClose }: CellEditorProps) {
  const t = useDraftWords()
  const words = useRuleWords()
  const [text, setText] = useState(first)
  const [refusal, setRefusal] = useState<string | null>(null)
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const isDone = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange?.(first.length, first.length)
  }, [])
  const commit = (typed: string): boolean => {
    if (isDone.current) return true
    const read = column.read(typed, rule, work.ruleSet)
    if ('wrong' in read) {
      setRefusal(t(read.wrong, read.detail))
      return false
    }
    isDone.current = true
    if (typed !== column.text(rule, work.ruleSet)) work.change(withRule(at, read.change))
    return true
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      isDone.current = true
      onLeave('stay')
    }
    else if (event.key === 'Enter' && commit(text)) onLeave(column.by === 'choice' ? 'stay' : 'down')
    else if (event.key === 'Tab' && commit(text)) onLeave(event.shiftKey ? 'before' : 'next')
    else if (event.key !== 'Enter' && event.key !== 'Tab') return
    event.preventDefault()
  }
  const shared = { ref: field, 'aria-label': t(`col-${column.key}`), 'aria-invalid': refusal !== null, onKeyDown }
  return (
    <>
      {column.by === 'choice'
        ? <select {...shared} className="plain-select" value={text} onChange={(event) => setText(event.target.value)} onBlur={() => (commit(text) ? onClose() : undefined)}>{effects.map((effect) => <option key={effect} value={effect}>{words(`effect-${effect}`)}</option>)}</select>
        : <input {...shared} value={text} onChange={(event) => { setText(event.target.value); setRefusal(null) }} onBlur={() => (commit(text) ? onClose() : undefined)} />}
      {refusal ? <p className="cell-refusal" role="alert">{refusal}</p> : column.key === 'times' ? <p className="cell-hint">{t('times-hint')}</p> : null}
    </>
  )
}
