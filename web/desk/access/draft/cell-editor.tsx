import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { effects, type AccessRule } from '../../../api/access.ts'
import { useRuleWords } from '../../../shared/rules/words.ts'
import type { GridColumn } from './columns.ts'
import { withRule } from './edits.ts'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

/** Where the focus goes from a cell. */
export type Leaving = 'down' | 'next' | 'before' | 'stay'

interface CellEditorProps {
  readonly work: DraftWork
  readonly column: GridColumn
  readonly rule: AccessRule
  readonly at: number
  readonly first: string
  readonly onLeave: (direction: Leaving) => void
  /** the focus has gone elsewhere by itself */
  readonly onClose: () => void
}

/** A cell being typed in. What is not valid stays open with the reason; Esc gives it up. */
export function CellEditor({ work, column, rule, at, first, onLeave, onClose }: CellEditorProps) {
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
