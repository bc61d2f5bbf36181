import { Link, useParams } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { readDraft, type Version } from '../../api/access.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, Loading, ProblemLine } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { isRuleSet } from './draft/edits.ts'
import { DraftEditor } from './draft/editor.tsx'
import { findCopy } from './draft/local-copy.ts'
import { isSame } from './draft/same.ts'
import { savedOf } from './draft/saved-draft.ts'
import { useDraftWords } from './draft/words.ts'
import { useAccessWords } from './words.ts'
import './access.css'
import './draft/draft.css'

/** A draft is read once and then lives in the hand of whoever edits it; a copy this machine kept goes with it. */
export function DraftPage() {
  const t = useAccessWords()
  const words = useDraftWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const draft = useQuery({ queryKey: ['access-draft', id], queryFn: async () => ({ draft: (await readDraft(id)).body, copy: await findCopy(id) }), staleTime: Infinity, gcTime: 0, refetchOnMount: 'always', refetchOnWindowFocus: false, refetchOnReconnect: false })
  const versions = useRead<{ items: readonly Version[] }>('/access/versions', {}, { asOf: false })
  if (draft.error) return <ProblemLine error={draft.error} onRetry={() => void draft.refetch()} />
  if (!draft.data || !versions.data) return <Loading />
  const { draft: found, copy } = draft.data
  if (!isRuleSet(found.document)) return <><PageTitle title={found.title} back={<Link to="/desk/access/drafts">{t('drafts')}</Link>} /><EmptyState title={words('not-a-rule-set')} provider={words('not-a-rule-set-do')} /></>
  // a copy that says what the server holds is a save whose answer came after the page was left
  const unsaved = copy && isRuleSet(copy.ruleSet) && !isSame(copy.ruleSet, found.document) ? copy : undefined
  return <DraftEditor key={id} draftId={id} first={savedOf(found)} copy={unsaved} versions={versions.data.items} />
}
