import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import type { Version } from '../../../api/access.ts'
import { momentInText } from '../../../shared/format.ts'
import { PageTitle } from '../../../shared/page.tsx'
import { SaveState } from '../../../shared/states.tsx'
import { useFrameSearch } from '../../reads.ts'
import { useMayMakeRules } from '../may.ts'
import { useAccessWords } from '../words.ts'
import { BasisTab } from './basis-tab.tsx'
import { ConflictPanel, conflictTitle } from './conflict.tsx'
import { RenameDraft } from './rename-draft.tsx'
import { DiffTab } from './diff-tab.tsx'
import type { FindingPlace } from './findings.ts'
import { FindingsTab } from './findings-tab.tsx'
import type { LocalCopy } from './local-copy.ts'
import { PublishTab } from './publish-tab.tsx'
import { ReplayTab } from './replay-tab.tsx'
import { RulesTab } from './rules-tab.tsx'
import type { FormVisit } from './rule-form.tsx'
import type { SavedDraft } from './saved-draft.ts'
import { useDraft, type DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'
import { ZoneTab } from './zone-tab.tsx'

const tabs = ['rules', 'zones', 'basis', 'findings', 'diff', 'replay', 'publish'] as const
type Tab = (typeof tabs)[number]

interface EditorSearch {
  readonly tab?: string | undefined
  /** code of the rule whose form is open */
  readonly rule?: string | undefined
  readonly zone?: string | undefined
}

interface DraftEditorProps {
  readonly draftId: string
  readonly first: SavedDraft
  readonly copy: LocalCopy | undefined
  readonly versions: readonly Version[]
}

const isTypingIn = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('input, textarea, select')

/** Ctrl+Z, Ctrl+Y and Ctrl+S for the draft; in a field the first two are the field's own. */
function useDraftKeys(work: DraftWork): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      const key = event.key.toLowerCase()
      const act = key === 's' ? () => void work.save() : isTypingIn(event.target) ? undefined : key === 'y' || (key === 'z' && event.shiftKey) ? work.redo : key === 'z' ? work.undo : undefined
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}

/** A draft in hand: its tabs share one document, one history and one save. */
export function DraftEditor({ draftId, first, copy, versions }: DraftEditorProps) {
  const t = useDraftWords()
  const access = useAccessWords()
  const mayMake = useMayMakeRules()
  const { asOf } = useFrameSearch()
  const work = useDraft(draftId, first, copy, mayMake('access:write') && !asOf)
  const [isRestored, setRestored] = useState(copy !== undefined)
  const [published, setPublished] = useState<Version | null>(null)
  const [isRenaming, setRenaming] = useState(false)
  useDraftKeys(work)
  const baseNumber = versions.find(({ versionId }) => versionId === work.saved.baseVersionId)?.number
  const base = baseNumber === undefined ? t('base-file') : t('base-version', { number: baseNumber })
  const count = (severity: string) => work.saved.findings.filter((each) => each.severity === severity).length
  if (published) return <Published version={published} />
  return (
    <div className="draft">
      <PageTitle
        title={work.saved.title}
        back={<Link to="/desk/access/drafts">{access('drafts')}</Link>}
        state={`${t('state', { base, errors: count('error'), warnings: count('warning'), notes: count('note') })}${work.mayWrite ? '' : `（${t('read-only')}）`}`}
        actions={work.mayWrite ? <>{work.conflict ? null : <SaveState saving={work.saving} />}<button type="button" className="button" onClick={() => setRenaming(true)}>{t('rename')}</button><button type="button" className="button" disabled={!work.canUndo} onClick={work.undo}>{t('undo')}</button><button type="button" className="button" disabled={!work.canRedo} onClick={work.redo}>{t('redo')}</button></> : null}
      />
      {isRenaming ? <RenameDraft work={work} onDone={() => setRenaming(false)} /> : null}
      {isRestored && copy && !work.conflict ? <p className="problem-line">{t('restored', { at: momentInText(copy.keptAt) })} <button type="button" className="link-button" onClick={() => { work.discard(); setRestored(false) }}>{t('restored-discard')}</button></p> : null}
      {work.conflict ? <ConflictPanel title={conflictTitle(t, work.conflict.theirs.authorName, work.conflict.theirs.updatedAt)} base={work.conflict.base} mine={work.ruleSet} theirs={work.conflict.theirs.ruleSet} onMerge={(merged) => { work.resolve(merged); void work.save() }} onTakeTheirs={work.discard} /> : null}
      <Tabs work={work} draftId={draftId} base={base} versions={versions} onPublished={setPublished} />
    </div>
  )
}

function Tabs({ work, draftId, base, versions, onPublished }: { work: DraftWork; draftId: string; base: string; versions: readonly Version[]; onPublished: (version: Version) => void }) {
  const t = useDraftWords()
  const search = useSearch({ strict: false }) as EditorSearch
  const navigate = useNavigate()
  const [visit, setVisit] = useState<FormVisit | null>(null)
  const change = (part: EditorSearch) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true })
  const tab = tabs.find((each) => each === search.tab) ?? 'rules'
  const go = (place: FindingPlace) => {
    if (place.tab === 'rules') setVisit({ part: place.part ?? 'times', example: place.example, turn: (visit?.turn ?? 0) + 1 })
    change({ tab: place.tab, ...(place.tab === 'rules' && { rule: place.code }), ...(place.tab === 'zones' && { zone: place.code }) })
  }
  const contents: Record<Tab, () => ReactNode> = {
    rules: () => <RulesTab work={work} chosen={search.rule ?? null} onChoose={(rule) => change({ rule })} visit={visit} onVisit={setVisit} />,
    zones: () => <ZoneTab work={work} chosen={search.zone ?? null} onChoose={(zone) => change({ zone: zone ?? undefined })} />,
    basis: () => <BasisTab work={work} />,
    findings: () => <FindingsTab work={work} onGo={go} />,
    diff: () => <DiffTab work={work} draftId={draftId} base={base} />,
    replay: () => <ReplayTab work={work} draftId={draftId} />,
    publish: () => <PublishTab work={work} draftId={draftId} versions={versions} onGo={go} onPublished={onPublished} />,
  }
  const grave = work.saved.findings.filter(({ severity }) => severity !== 'note').length
  return (
    <>
      <nav className="tabs" aria-label={work.saved.title}>
        {tabs.map((each) => <button key={each} type="button" aria-current={each === tab ? 'page' : undefined} onClick={() => change({ tab: each === 'rules' ? undefined : each })}>{t(`tab-${each}`, { count: grave })}</button>)}
      </nav>
      {contents[tab]()}
    </>
  )
}

function Published({ version }: { version: Version }) {
  const t = useDraftWords()
  return (
    <>
      <PageTitle title={t('published', { number: version.number })} state={t('published-state', { notice: version.noticeNumber, from: momentInText(version.effectiveFrom) })} />
      <p className="actions"><Link className="button primary" to="/desk/access">{t('to-rules')}</Link><Link className="button" to={`/desk/access/versions/${version.versionId}`}>{t('to-version')}</Link></p>
    </>
  )
}
