import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { Draft, RuleDiff, RuleSet, Version } from '../../api/access.ts'
import { api } from '../../api/client.ts'
import { momentInText } from '../../shared/format.ts'
import { PageTitle, Section } from '../../shared/page.tsx'
import { ProblemLine, Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { DiffView } from './diff-view.tsx'
import { useMayMakeRules } from './may.ts'
import { RuleTable } from './rule-table.tsx'
import { useAccessWords } from './words.ts'
import './access.css'

const none: ReadonlySet<string> = new Set()

/** One version: who, when, what it changed, its rules as published. */
export function VersionPage() {
  const t = useAccessWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const version = useRead<Version & { document: RuleSet }>(`/access/versions/${id}`, {}, { asOf: false })
  const diff = useRead<RuleDiff>(`/access/versions/${id}/diff`, {}, { asOf: false })
  return (
    <Reading read={version}>
      {({ number, title, noticeNumber, effectiveFrom, authorName, document }) => (
        <>
          <PageTitle title={t('version-title', { number, title })} state={t('from-version', { number, notice: noticeNumber, from: momentInText(effectiveFrom), author: authorName })} back={<Link to="/desk/access/versions">{t('versions')}</Link>} actions={<><Redraft versionId={id} title={t('version-redraft-title', { number, title })} /><button type="button" className="button" onClick={() => window.print()}>{t('print')}</button></>} />
          <Section title={t('version-changes')}><Reading read={diff}>{(found) => <DiffView diff={found} ruleSet={document} />}</Reading></Section>
          <Section title={t('rules-table')}><RuleTable ruleSet={document} zone={null} deciding={none} onChooseZone={() => {}} /></Section>
        </>
      )}
    </Reading>
  )
}

/** An earlier version comes back as a new one: drafted from, looked through, published. */
function Redraft({ versionId, title }: { versionId: string; title: string }) {
  const t = useAccessWords()
  const mayMake = useMayMakeRules()
  const navigate = useNavigate()
  const begin = useMutation({ mutationFn: () => api.post<Draft>('/access/drafts', { title: title.slice(0, 100), versionId }), onSuccess: ({ draftId }) => navigate({ to: `/desk/access/drafts/${draftId}` }) })
  if (!mayMake('access:write')) return null
  return <>{begin.error ? <ProblemLine error={begin.error} /> : null}<button type="button" className="button" disabled={begin.isPending} onClick={() => begin.mutate()}>{t('version-redraft')}</button></>
}
