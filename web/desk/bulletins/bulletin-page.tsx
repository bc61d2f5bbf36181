import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import type { Bulletin } from '../../api/programme.ts'
import { asOfText } from '../../shared/figure.tsx'
import { useLanguage } from '../../shared/language.ts'
import { PageTitle } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { periodName } from '../programme/period-choice.tsx'
import { useReadWithVersion } from '../reads.ts'
import { Editor } from './editor.tsx'
import { Versions } from './versions.tsx'
import { useBulletinWords } from './words.ts'
import './bulletin.css'

const tabs = ['edit', 'preview', 'versions'] as const

/** One bulletin: the page as it will be printed, its layout as PDF, its versions. */
export function BulletinPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { version } = useSearch({ strict: false }) as { version?: string }
  const bulletin = useReadWithVersion<Bulletin>(`/bulletins/${id}`, { asOf: undefined, version })
  return <Reading read={bulletin}>{({ body, etag }) => <BulletinContent key={`${body.id}-${version ?? ''}`} bulletin={body} etag={etag} old={version !== undefined} />}</Reading>
}

function BulletinContent({ bulletin, etag, old }: { bulletin: Bulletin; etag: string | null; old: boolean }) {
  const t = useBulletinWords()
  const zh = useLanguage() === 'zh'
  const queries = useQueryClient()
  const { tab: asked } = useSearch({ strict: false }) as { tab?: string }
  const tab = asked === 'preview' || asked === 'versions' ? asked : 'edit'
  const { id, period, status, version, asOf, document } = bulletin
  const file = (extension: string) => `/api/v1/bulletins/${id}.${extension}`
  const reread = () => queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/bulletins') })
  return (
    <>
      <PageTitle
        title={document.title}
        back={<Link to="/desk/bulletins">{t('title')}</Link>}
        state={t('detail-state', { period: periodName(period, zh), status: t(status), version, at: asOfText(asOf) })}
        actions={<><a className="button" href={file('docx')} download>{t('docx')}</a><a className="button" href={file('pdf')} target="_blank" rel="noreferrer">{t('pdf')}</a></>}
      />
      <nav className="tabs" aria-label={document.title}>
        {tabs.map((each) => <Link key={each} to="." search={(before: object) => ({ ...before, tab: each === 'edit' ? undefined : each })} activeOptions={{ exact: true, includeSearch: true }} replace>{t(each)}</Link>)}
      </nav>
      {tab === 'edit' ? <Editor bulletin={bulletin} etag={etag} old={old} onReread={() => void reread()} /> : null}
      {tab === 'preview' ? <><p className="secondary small">{t('preview-note')}</p><iframe className="bulletin-preview" src={`${file('pdf')}#v${version}`} title={t('preview')} /></> : null}
      {tab === 'versions' ? <Versions id={id} /> : null}
    </>
  )
}
