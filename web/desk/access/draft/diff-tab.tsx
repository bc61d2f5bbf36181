import { useEffect } from 'react'
import type { RuleDiff } from '../../../api/access.ts'
import { Reading } from '../../../shared/states.tsx'
import { useRead } from '../../reads.ts'
import { DiffView } from '../diff-view.tsx'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

/** What the draft, as last saved, changes of the version it was begun from. */
export function DiffTab({ work, draftId, base }: { work: DraftWork; draftId: string; base: string }) {
  const t = useDraftWords()
  useEffect(() => void work.save(), [])
  // the revision is part of what is read: a save reads anew
  const diff = useRead<RuleDiff>(`/access/drafts/${draftId}/diff`, {}, { asOf: false, key: work.saved.revision })
  return (
    <>
      <p className="secondary">{t('diff-of-base', { base })}</p>
      <Reading read={diff}>{(found) => <DiffView diff={found} ruleSet={work.saved.ruleSet} />}</Reading>
    </>
  )
}
