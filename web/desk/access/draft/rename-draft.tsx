import { useState } from 'react'
import { useAccessWords } from '../words.ts'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

/** Gives the draft another name; saved like any other change. */
export function RenameDraft({ work, onDone }: { work: DraftWork; onDone: () => void }) {
  const t = useDraftWords()
  const access = useAccessWords()
  const [title, setTitle] = useState(work.saved.title)
  const rename = () => {
    if (title.trim() === '') return
    if (title.trim() !== work.saved.title) work.rename(title.trim())
    onDone()
  }
  return (
    <form className="filters" onSubmit={(event) => { event.preventDefault(); rename() }} onKeyDown={(event) => { if (event.key === 'Escape') onDone() }}>
      <label>{access('draft-title')}<input className="plain-input" style={{ display: 'block', width: 360, maxWidth: '100%' }} autoFocus required maxLength={100} value={title} onChange={(event) => setTitle(event.target.value)} /></label>
      <button type="submit" className="button primary">{t('rename')}</button>
      <button type="button" className="button" onClick={onDone}>{access('cancel')}</button>
    </form>
  )
}
