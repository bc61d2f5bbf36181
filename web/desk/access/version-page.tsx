import { Link, useParams } from '@tanstack/react-router'
import type { RuleDiff, RuleSet, Version } from '../../api/access.ts'
import { momentInText } from '../../shared/format.ts'
import { PageTitle, Section } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { DiffView } from './diff-view.tsx'
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
          <PageTitle title={t('version-title', { number, title })} state={t('from-version', { number, notice: noticeNumber, from: momentInText(effectiveFrom), author: authorName })} back={<Link to="/desk/access/versions">{t('versions')}</Link>} actions={<button type="button" className="button" onClick={() => window.print()}>{t('print')}</button>} />
          <Section title={t('version-changes')}><Reading read={diff}>{(found) => <DiffView diff={found} ruleSet={document} />}</Reading></Section>
          <Section title={t('rules-table')}><RuleTable ruleSet={document} zone={null} deciding={none} onChooseZone={() => {}} /></Section>
        </>
      )}
    </Reading>
  )
}
