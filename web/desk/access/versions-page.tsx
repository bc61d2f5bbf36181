import { Link } from '@tanstack/react-router'
import type { Version } from '../../api/access.ts'
import { DataTable, type Column } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { WorkCalendar } from './calendar.tsx'
import { useAccessWords } from './words.ts'
import './access.css'

/** Every version published, who wrote it, when it holds; and the calendar they count by. */
export function VersionsPage() {
  const t = useAccessWords()
  const versions = useRead<{ items: readonly Version[] }>('/access/versions', {}, { asOf: false })
  const columns: Column<Version>[] = [
    { key: 'number', title: t('number'), numeric: true, width: 60, cell: ({ number }) => number },
    { key: 'title', title: t('title'), cell: ({ versionId, title }) => <Link to={`/desk/access/versions/${versionId}`}>{title}</Link> },
    { key: 'notice', title: t('notice-number'), cell: ({ noticeNumber }) => noticeNumber },
    { key: 'state', title: t('state'), cell: ({ state }) => <span className={state === 'in-force' ? 'tag tag-done' : 'tag'}>{t(`version-${state}`)}</span> },
    { key: 'from', title: t('in-force-from'), cell: ({ effectiveFrom }) => minuteText(effectiveFrom) },
    { key: 'to', title: t('in-force-to'), cell: ({ effectiveTo, state }) => (effectiveTo ? minuteText(effectiveTo) : state === 'never' ? '—' : t('open-end')) },
    { key: 'author', title: t('author'), cell: ({ authorName }) => authorName },
    { key: 'published', title: t('published-at'), cell: ({ publishedAt }) => minuteText(publishedAt) },
  ]
  return (
    <>
      <PageTitle title={t('versions')} state={versions.data ? t('versions-state', { count: versions.data.items.length }) : undefined} />
      <Reading read={versions}>
        {({ items }) => (items.length === 0 ? <EmptyState title={t('versions-empty')} provider={t('versions-provider')} /> : <DataTable caption={t('versions')} columns={columns} rows={items.toReversed()} keyOf={({ versionId }) => versionId} />)}
      </Reading>
      <WorkCalendar />
    </>
  )
}
