import { useState } from 'react'
import type { Bulletin, FigureRun } from '../../api/programme.ts'
import { SaveState } from '../../shared/states.tsx'
import { useMay } from '../session.tsx'
import { useFrameSearch } from '../reads.ts'
import { BulletinActions } from './bulletin-actions.tsx'
import { DocumentPage } from './document-page.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import { useAutosave } from './autosave.ts'
import { useBulletinWords } from './words.ts'

/** The page to write on, the state of saving above it, the basis of a figure beside it. */
export function Editor({ bulletin: read, etag, old, onReread }: { bulletin: Bulletin; etag: string | null; old: boolean; onReread: () => void }) {
  const t = useBulletinWords()
  const may = useMay()
  const { asOf } = useFrameSearch()
  const [bulletin, setBulletin] = useState(read)
  const [figure, setFigure] = useState<FigureRun['figure'] | null>(null)
  const [restored, setRestored] = useState(false)
  const [correcting, setCorrecting] = useState(false)
  const autosave = useAutosave(bulletin, etag, (saved) => {
    setBulletin(saved)
    setCorrecting(false)
    setRestored(false)
  })
  const mayWrite = may('programme:write') && !old && asOf === undefined
  const readOnly = !mayWrite || (bulletin.status === 'published' && !correcting)
  return (
    <div className="editor">
      <div className="editor-bar">
        <SaveState saving={autosave.saving} />
        {restored ? <span className="save-state save-invalid" role="alert">{t('figure-locked')}</span> : null}
        {mayWrite ? <BulletinActions bulletin={bulletin} autosave={autosave} correcting={correcting} onCorrect={(reason) => { autosave.setReason(reason); setCorrecting(true) }} onChanged={onReread} /> : null}
      </div>
      {autosave.problems.length > 0 ? (
        <div className="problem-line" role="alert">
          <b>{t('problems')}</b>
          {autosave.problems.map((problem, index) => <span key={index}>{problem.message}。{problem.action ? `${problem.action}。` : ''}</span>)}
        </div>
      ) : null}
      <div className={figure ? 'editor-split with-panel' : 'editor-split'}>
        <DocumentPage
          document={bulletin.document}
          readOnly={readOnly}
          onLine={(lines) => autosave.change({ lines })}
          onBlock={(id, runs) => { setRestored(false); autosave.change({ blocks: { [id]: runs } }) }}
          onRestored={() => setRestored(true)}
          onFigure={setFigure}
        />
        {figure ? <EvidencePanel figure={figure} onClose={() => setFigure(null)} /> : null}
      </div>
    </div>
  )
}
