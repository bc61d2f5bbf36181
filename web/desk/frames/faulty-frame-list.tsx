import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { FaultyFrame, FaultyFrames } from '../../api/journeys.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { clockText, dayText, numberText } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { EmptyState, Loading, ProblemLine } from '../../shared/states.tsx'
import { protocolName } from '../map/vehicle-card.tsx'
import { faultName, useFrameWords } from './words.ts'
import './faulty-frame-list.css'

interface FaultSearch {
  readonly code?: string | undefined
  readonly protocol?: string | undefined
}

const protocols = ['jt808', 'gb32960']
const pageSize = 50

/** Frames that could not be used: how many for which reason, then one by one; reason and protocol are part of the address. */
export function FaultyFrameList() {
  const t = useFrameWords()
  const { code, protocol } = useSearch({ strict: false }) as FaultSearch
  const navigate = useNavigate()
  const change = (part: FaultSearch) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true, resetScroll: false })
  const query = { fault: true, code, protocol, limit: pageSize }
  const pages = useInfiniteQuery({
    queryKey: ['/frames', query],
    queryFn: ({ pageParam, signal }) => api.get<FaultyFrames>('/frames', { ...query, before: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
    refetchInterval: 30_000,
  })
  const first = pages.data?.pages[0]
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = code !== undefined || protocol !== undefined
  const isEmpty = first && items.length === 0
  return (
    <Section title={t('faulty')}>
      {pages.error ? <ProblemLine error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {!first && !pages.error ? <Loading /> : null}
      {first && !(isEmpty && !isFiltered) ? <FaultFilter counts={first.counts} code={code} protocol={protocol} onChange={change} /> : null}
      {isEmpty ? <EmptyState title={t(isFiltered ? 'faulty-none-here' : 'faulty-none')} provider={t('faulty-provider')}>{isFiltered ? <button type="button" className="button" onClick={() => change({ code: undefined, protocol: undefined })}>{t('clear')}</button> : null}</EmptyState> : null}
      {items.length > 0 ? <FaultyFrameTable items={items} onOpen={(frameId) => void navigate({ to: `/desk/frames/${frameId}` })} /> : null}
      {pages.hasNextPage ? <p className="toolbar"><button type="button" className="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('older')}</button></p> : null}
    </Section>
  )
}

/** Reasons with their counts; each is the button that narrows the list to it, and widens it again. */
function FaultFilter({ counts, code, protocol, onChange }: FaultSearch & { counts: FaultyFrames['counts']; onChange: (part: FaultSearch) => void }) {
  const t = useFrameWords()
  // A reason that is older than the counted days, or of the other protocol, stays visible while it narrows the list.
  const shown = code === undefined || counts.some((each) => each.code === code) ? counts : [...counts, { code, frames: 0 }]
  return (
    <>
      <div className="filters">
        <label>
          {t('protocol')}
          <select className="plain-select" value={protocol ?? ''} onChange={(event) => onChange({ protocol: event.target.value || undefined })} style={{ display: 'block' }}>
            <option value="">{t('all')}</option>
            {protocols.map((each) => <option key={each} value={each}>{protocolName(each)}</option>)}
          </select>
        </label>
        {code !== undefined || protocol !== undefined ? <button type="button" className="link-button" onClick={() => onChange({ code: undefined, protocol: undefined })}>{t('clear')}</button> : null}
      </div>
      <h3>{t('counts')}</h3>
      {shown.length === 0 ? <p className="secondary">{t('counts-none')}</p> : null}
      <ul className="fault-counts">
        {shown.map((each) => (
          <li key={each.code}>
            <button type="button" aria-pressed={each.code === code} onClick={() => onChange({ code: each.code === code ? undefined : each.code })}>
              <span>{faultName(each.code)}</span>
              <b>{numberText(each.frames)}</b>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What was wrong stands beside the time: on a phone the columns behind it are scrolled to. */
function FaultyFrameTable({ items, onOpen }: { items: readonly FaultyFrame[]; onOpen: (frameId: string) => void }) {
  const t = useFrameWords()
  return (
    <DataTable
      caption={t('faulty')}
      rows={items}
      keyOf={({ frameId }) => frameId}
      onSelect={({ frameId }) => onOpen(frameId)}
      columns={[
        { key: 'at', title: t('at'), cell: ({ frameId, receivedAt }) => <Link className="nowrap" to={`/desk/frames/${frameId}`} onClick={(event) => event.stopPropagation()}>{dayText(receivedAt)} {clockText(receivedAt)}</Link> },
        { key: 'what', title: t('what'), width: '36%', cell: ({ fault }) => <span title={fault.message}>{faultName(fault.code)}</span> },
        { key: 'vehicle', title: t('plate'), cell: ({ plate }) => (plate ? <span className="nowrap">{plate}</span> : <span className="secondary nowrap">{t('unknown-vehicle')}</span>) },
        { key: 'terminal', title: t('terminal'), cell: ({ terminal }) => terminal || '—' },
        { key: 'protocol', title: t('protocol'), cell: ({ protocol }) => <span className="nowrap">{protocolName(protocol)}</span> },
        { key: 'size', title: t('size'), numeric: true, cell: ({ byteLength }) => numberText(byteLength) },
      ]}
    />
  )
}
