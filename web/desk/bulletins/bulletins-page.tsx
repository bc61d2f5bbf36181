import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { Bulletin, BulletinEntry } from '../../api/programme.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { dayText, minuteText, nowMs } from '../../shared/format.ts'
import { useLanguage } from '../../shared/language.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, ProblemLine, Reading } from '../../shared/states.tsx'
import { halfYearOf, halfYearsBack, periodName } from '../programme/period-choice.tsx'
import { useFrameSearch, useRead } from '../reads.ts'
import { useMay } from '../session.tsx'
import { useBulletinWords } from './words.ts'

/** Every half-year's bulletin; the ones still missing can be drafted. */
export function BulletinsPage() {
  const t = useBulletinWords()
  const zh = useLanguage() === 'zh'
  const bulletins = useRead<{ items: readonly BulletinEntry[] }>('/bulletins', {}, { asOf: false })
  return (
    <>
      <PageTitle title={t('title')} state={bulletins.data ? t('state', { all: bulletins.data.items.length, draft: bulletins.data.items.filter(({ status }) => status === 'draft').length }) : undefined} actions={bulletins.data ? <Compose taken={bulletins.data.items.map(({ period }) => period)} /> : undefined} />
      <Reading read={bulletins}>
        {({ items }) =>
          items.length === 0 ? <EmptyState title={t('empty')} provider={t('empty-provider')} /> : (
            <DataTable
              caption={t('title')}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { key: 'period', title: t('period'), width: 130, cell: ({ period }) => periodName(period, zh) },
                { key: 'title', title: t('name'), cell: ({ id, title }) => <Link to={`/desk/bulletins/${id}`}>{title}</Link> },
                { key: 'number', title: t('number'), cell: ({ documentNumber }) => documentNumber },
                { key: 'status', title: t('status'), cell: ({ status, version }) => <><span className={status === 'published' ? 'tag tag-done' : 'tag tag-attention'}>{t(status)}</span> <span className="secondary small">{t('version', { version })}</span></> },
                { key: 'changed', title: t('changed'), cell: ({ authorName, recordedAt }) => t('by', { author: authorName, at: minuteText(recordedAt) }) },
              ]}
            />
          )
        }
      </Reading>
    </>
  )
}

/** Drafts the newest half-year that has none; older ones by the list. */
function Compose({ taken }: { taken: readonly string[] }) {
  const t = useBulletinWords()
  const zh = useLanguage() === 'zh'
  const may = useMay()
  const navigate = useNavigate()
  const { asOf } = useFrameSearch()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const free = halfYearsBack(dayText(nowMs()), 6).filter((period) => !taken.includes(period))
  const [period, setPeriod] = useState(free.find((each) => each !== halfYearOf(dayText(nowMs()))) ?? free[0])
  if (!may('programme:write') || asOf || !period) return null
  const compose = async () => {
    setBusy(true)
    setError(null)
    try {
      const { id } = await api.post<Bulletin>('/bulletins', { period })
      void navigate({ to: `/desk/bulletins/${id}` })
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <>
      {error ? <ProblemLine error={error} /> : null}
      <select className="plain-select" aria-label={t('period')} value={period} onChange={(event) => setPeriod(event.target.value)}>
        {free.map((each) => <option key={each} value={each}>{periodName(each, zh)}</option>)}
      </select>
      <button type="button" className="button primary" disabled={busy} onClick={() => void compose()}>{busy ? t('composing') : t('new', { period: periodName(period, zh) })}</button>
    </>
  )
}
