import { useState } from 'react'
import type { Finding } from '../../../api/access.ts'
import { EmptyState } from '../../../shared/states.tsx'
import { placeOf, type FindingPlace } from './findings.ts'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

const order = ['error', 'warning', 'note'] as const

/** Everything found at the last save, the gravest first; each leads to its place. */
export function FindingsTab({ work, onGo }: { work: DraftWork; onGo: (place: FindingPlace) => void }) {
  const t = useDraftWords()
  const [withNotes, setWithNotes] = useState(false)
  const { findings, ruleSet } = work.saved
  const notes = findings.filter(({ severity }) => severity === 'note').length
  const shown = order.filter((severity) => severity !== 'note' || withNotes).flatMap((severity) => findings.filter((each) => each.severity === severity))
  return (
    <>
      {['unsaved', 'saving', 'offline', 'conflict', 'invalid'].includes(work.saving.state) ? <p className="secondary">{t('findings-stale')}</p> : null}
      {shown.length === 0 ? <EmptyState title={t('findings-none')} provider={t('findings-none-provider')} /> : (
        <ol className="findings">{shown.map((finding, at) => <Line key={at} finding={finding} place={placeOf(finding, ruleSet)} onGo={onGo} />)}</ol>
      )}
      {notes > 0 ? <label className="findings-notes"><input type="checkbox" checked={withNotes} onChange={() => setWithNotes(!withNotes)} /> {t('show-notes', { count: notes })}</label> : null}
    </>
  )
}

function Line({ finding, place, onGo }: { finding: Finding; place: FindingPlace | null; onGo: (place: FindingPlace) => void }) {
  const t = useDraftWords()
  return (
    <li className={`finding-${finding.severity}`}>
      <span className={finding.severity === 'note' ? 'tag' : 'tag tag-attention'}>{t(`severity-${finding.severity}`)}</span>
      <span><b>{finding.message}</b><br />{finding.cause}。{finding.action}。</span>
      {place ? <button type="button" className="button small" onClick={() => onGo(place)}>{t('go-there')}</button> : null}
    </li>
  )
}
