import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import type { FigureRun, Run } from '../../api/programme.ts'
import { keepsFigures, readRuns, textOf, writeRuns } from './runs.ts'
import { useBulletinWords } from './words.ts'

interface EditableProps {
  readonly as: 'p' | 'h1' | 'h2' | 'h3' | 'h4' | 'div' | 'td' | 'span'
  readonly className?: string
  readonly label: string
  readonly runs: readonly Run[]
  readonly readOnly: boolean
  readonly onChange: (runs: readonly Run[]) => void
  /** a figure was about to be lost and has been put back */
  readonly onRestored?: () => void
  readonly onFigure: (figure: FigureRun['figure']) => void
}

/**
 * A stretch of the document: text is typed in place, figures are chips that cannot be typed into, and deleting one puts it back.
 * The element's content belongs to the browser while somebody types; React writes it only when the saved text differs.
 */
export function Editable({ as: Tag, className, label, runs, readOnly, onChange, onRestored, onFigure }: EditableProps) {
  const t = useBulletinWords()
  const host = useRef<HTMLElement>(null)
  const known = useRef<readonly Run[]>(runs)
  const write = (content: readonly Run[]) => writeRuns(host.current!, content, ({ text, unit, indicatorCode }) => t('figure-title', { text: text + unit, code: indicatorCode }))
  useLayoutEffect(() => {
    const same = host.current!.childNodes.length > 0 && textOf(readRuns(host.current!, known.current)) === textOf(runs)
    if (same) return
    known.current = runs
    write(runs)
  }, [runs])
  const input = () => {
    const edited = readRuns(host.current!, known.current)
    if (!keepsFigures(known.current, edited)) {
      write(known.current)
      onRestored?.()
      return
    }
    known.current = edited
    renumber(host.current!, edited)
    onChange(edited)
  }
  const figureAt = (target: EventTarget): FigureRun['figure'] | undefined => {
    const index = (target as HTMLElement).closest?.('[data-figure]')?.getAttribute('data-figure')
    const run = index === null || index === undefined ? undefined : known.current[Number(index)]
    return run && 'figure' in run ? run.figure : undefined
  }
  const keys = (event: KeyboardEvent) => {
    const figure = figureAt(event.target)
    if (figure && (event.key === 'Enter' || event.key === ' ')) onFigure(figure)
    // one block is one paragraph: Enter would split what the server keeps as one
    if (event.key === 'Enter') event.preventDefault()
  }
  return (
    <Tag
      ref={host as never}
      className={className}
      role={readOnly ? undefined : 'textbox'}
      aria-label={readOnly ? undefined : label}
      aria-multiline={readOnly ? undefined : true}
      contentEditable={!readOnly}
      suppressContentEditableWarning
      spellCheck={false}
      onInput={input}
      onKeyDown={keys}
      onPaste={(event) => {
        event.preventDefault()
        document.execCommand('insertText', false, event.clipboardData.getData('text/plain').replace(/\s*\n\s*/g, ' '))
      }}
      onClick={(event) => {
        const figure = figureAt(event.target)
        if (figure) onFigure(figure)
      }}
    />
  )
}

/** Chips name their place among the runs; after an edit the places have moved. */
function renumber(host: HTMLElement, runs: readonly Run[]): void {
  const places = runs.flatMap((run, index) => ('figure' in run ? [index] : []))
  host.querySelectorAll('[data-figure]').forEach((chip, order) => chip.setAttribute('data-figure', String(places[order])))
}
