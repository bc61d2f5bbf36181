import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Replay, ReplayRow, Touched } from '../../../api/access.ts'
import { api } from '../../../api/client.ts'
import { DataTable, type Column } from '../../../shared/data-table.tsx'
import { dayText, kilometres, nowMs, numberText } from '../../../shared/format.ts'
import { Section } from '../../../shared/page.tsx'
import { EmptyState, Loading, ProblemLine } from '../../../shared/states.tsx'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'

const dayMs = 86_400_000
const kinds = ['before', 'after', 'newlyBarred', 'newlyAllowed'] as const

/** The draft against recorded tracks: vehicles, trips, kilometres and firms touched, and which. */
export function ReplayTab({ work, draftId }: { work: DraftWork; draftId: string }) {
  const t = useDraftWords()
  const [from, setFrom] = useState(() => dayText(nowMs() - 7 * dayMs))
  const [to, setTo] = useState(() => dayText(nowMs()))
  const run = useMutation({
    mutationFn: async () => {
      await work.save()
      return api.post<Replay>(`/access/drafts/${draftId}/replay`, { from, to })
    },
  })
  return (
    <>
      <p className="secondary">{t('replay-state')}</p>
      <form className="filters" onSubmit={(event) => { event.preventDefault(); run.mutate() }}>
        <label>{t('replay-from')}<input className="plain-input" style={{ display: 'block' }} type="date" required value={from} onChange={(event) => setFrom(event.target.value)} /></label>
        <label>{t('replay-to')}<input className="plain-input" style={{ display: 'block' }} type="date" required value={to} onChange={(event) => setTo(event.target.value)} /></label>
        <button type="submit" className="button primary" disabled={run.isPending}>{t('replay-run')}</button>
      </form>
      {run.isPending ? <><p role="status">{t('replay-running')}</p><Loading /></> : run.error ? <ProblemLine error={run.error} /> : run.data ? <Result replay={run.data} revision={work.saved.revision} /> : null}
    </>
  )
}

interface Kind extends Touched {
  readonly kind: (typeof kinds)[number]
}

function Result({ replay, revision }: { replay: Replay; revision: number }) {
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
      <p className="secondary">{t('replay-over', { days: replay.vehicleDays, positions: replay.positions, from: replay.from, to: replay.to, revision })}</p>
      <DataTable caption={t('tab-replay')} columns={columns} rows={kinds.map((kind): Kind => ({ kind, ...replay[kind] }))} keyOf={({ kind }) => kind} compact />
      {replay.rows.length === 0 ? <div style={{ marginTop: 16 }}><EmptyState title={t('replay-nothing')} provider={t('replay-nothing-provider')} /></div> : <Rows replay={replay} />}
    </div>
  )
}

function Rows({ replay }: { replay: Replay }) {
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
