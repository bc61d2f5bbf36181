import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Replay, ReplayResult, ReplayRow, Touched } from '../../../api/access.ts'
import { api } from '../../../api/client.ts'
import { DataTable, type Column } from '../../../shared/data-table.tsx'
import { dayText, durationText, kilometres, nowMs, numberText } from '../../../shared/format.ts'
import { Section } from '../../../shared/page.tsx'
import { EmptyState, Loading, ProblemLine } from '../../../shared/states.tsx'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

const dayMs = 86_400_000
const kinds = ['before', 'after', 'newlyBarred', 'newlyAllowed'] as const

const isOpen = (replay: Replay | undefined): boolean => replay?.state === 'waiting' || replay?.state === 'running'

/** The draft against recorded tracks: vehicles, trips, kilometres and firms touched, and which. A long one goes on when the page is left. */
export function ReplayTab({ work, draftId }: { work: DraftWork; draftId: string }) {
  const t = useDraftWords()
  const [from, setFrom] = useState(() => dayText(nowMs() - 7 * dayMs))
  const [to, setTo] = useState(() => dayText(nowMs()))
  const [ordered, setOrdered] = useState<string | null>(null)
  const known = useQuery({ queryKey: ['access-replays', draftId], queryFn: () => api.get<{ items: readonly Replay[] }>('/access/replays', { draft: draftId }) })
  const id = ordered ?? known.data?.items[0]?.replayId
  const replay = useQuery({ queryKey: ['access-replay', id], queryFn: () => api.get<Replay>(`/access/replays/${id}`), enabled: id !== undefined, refetchInterval: (query) => (isOpen(query.state.data) ? 700 : false) })
  const run = useMutation({
    mutationFn: async () => {
      await work.save()
      return api.post<Replay>(`/access/drafts/${draftId}/replays`, { from, to })
    },
    onSuccess: ({ replayId }) => setOrdered(replayId),
  })
  const error = run.error ?? replay.error ?? known.error
  return (
    <>
      <p className="secondary">{t('replay-state')}</p>
      <form className="filters" onSubmit={(event) => { event.preventDefault(); run.mutate() }}>
        <label>{t('replay-from')}<input className="plain-input" style={{ display: 'block' }} type="date" required value={from} onChange={(event) => setFrom(event.target.value)} /></label>
        <label>{t('replay-to')}<input className="plain-input" style={{ display: 'block' }} type="date" required value={to} onChange={(event) => setTo(event.target.value)} /></label>
        <button type="submit" className="button primary" disabled={run.isPending || isOpen(replay.data)}>{t('replay-run')}</button>
      </form>
      {error ? <ProblemLine error={error} /> : null}
      {replay.data ? <Course replay={replay.data} onChange={() => void replay.refetch()} /> : run.isPending || replay.isLoading ? <Loading /> : null}
    </>
  )
}

/** How far a replay is, how it ended, or what it found. */
function Course({ replay, onChange }: { replay: Replay; onChange: () => void }) {
  const t = useDraftWords()
  const cancel = useMutation({ mutationFn: () => api.post<Replay>(`/access/replays/${replay.replayId}/cancel`, {}), onSettled: onChange })
  if (replay.state === 'cancelled') return <p className="secondary" role="status">{t('replay-cancelled')}</p>
  if (replay.result) return <Result replay={replay} result={replay.result} />
  if (!isOpen(replay)) return <p className="problem-line" role="alert">{replay.problems?.map(({ message, action }) => `${message}。${action}`).join(' ')}</p>
  const share = replay.total === 0 ? 0 : Math.floor((replay.done / replay.total) * 100)
  return (
    <div>
      <p role="status">{replay.state === 'waiting' ? t('replay-waiting') : t('replay-running', { share, step: replay.step })}{replay.secondsLeft === null ? '' : ` ${t('replay-left', { time: durationText(replay.secondsLeft) })}`}</p>
      <p><progress max={100} value={share} aria-label={t('tab-replay')} /> <button type="button" className="button" disabled={cancel.isPending || replay.cancelRequested} onClick={() => cancel.mutate()}>{t('replay-cancel')}</button></p>
      {cancel.error ? <ProblemLine error={cancel.error} /> : null}
    </div>
  )
}

interface Kind extends Touched {
  readonly kind: (typeof kinds)[number]
}

function Result({ replay, result }: { replay: Replay; result: ReplayResult }) {
  const t = useDraftWords()
  const columns: Column<Kind>[] = [
    { key: 'kind', title: t('replay-kind'), cell: ({ kind }) => <b>{t(`replay-${kind}`)}</b> },
    { key: 'vehicles', title: t('replay-vehicles'), numeric: true, cell: ({ vehicles }) => numberText(vehicles) },
    { key: 'firms', title: t('replay-firms'), numeric: true, cell: ({ firms }) => numberText(firms) },
    { key: 'trips', title: t('replay-trips'), numeric: true, cell: ({ trips }) => numberText(trips) },
    { key: 'distance', title: t('replay-distance'), unit: 'km', numeric: true, cell: ({ distanceMetres }) => kilometres(distanceMetres) },
  ]
  return (
    <div aria-live="polite">
      <p className="secondary">{t('replay-over', { days: result.vehicleDays, positions: result.positions, from: replay.from, to: replay.to, revision: replay.draftRevision })}</p>
      <DataTable caption={t('tab-replay')} columns={columns} rows={kinds.map((kind): Kind => ({ kind, ...result[kind] }))} keyOf={({ kind }) => kind} compact />
      {result.rows.length === 0 ? <div style={{ marginTop: 16 }}><EmptyState title={t('replay-nothing')} provider={t('replay-nothing-provider')} /></div> : <Rows replay={result} />}
    </div>
  )
}

function Rows({ replay }: { replay: ReplayResult }) {
  const t = useDraftWords()
  const columns: Column<ReplayRow>[] = [
    { key: 'plate', title: t('plate'), fixed: true, cell: ({ vehicleId, plate }) => <Link to={`/desk/registers/vehicles/${vehicleId}`}>{plate}</Link> },
    { key: 'firm', title: t('firm'), cell: ({ firm }) => firm ?? '—' },
    ...(['newlyBarred', 'newlyAllowed'] as const).flatMap((kind): Column<ReplayRow>[] => [
      { key: `${kind}-trips`, title: `${t(`replay-${kind}`)} · ${t('replay-trips')}`, numeric: true, cell: (row) => numberText(row[kind].trips) },
      { key: `${kind}-distance`, title: `${t(`replay-${kind}`)} · ${t('replay-distance')}`, unit: 'km', numeric: true, cell: (row) => kilometres(row[kind].distanceMetres) },
    ]),
  ]
  return (
    <Section title={t('replay-rows')}>
      <DataTable caption={t('replay-rows')} columns={columns} rows={replay.rows} keyOf={({ vehicleId }) => vehicleId} compact />
      {replay.rowsLeftOut > 0 ? <p className="secondary small">{t('replay-left-out', { count: replay.rowsLeftOut })}</p> : null}
    </Section>
  )
}
