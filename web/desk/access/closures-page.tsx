import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Closure } from '../../api/access.ts'
import { api } from '../../api/client.ts'
import { DataTable, type Column } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { LazyZoneMap } from '../../shared/map/lazy-zone-map.tsx'
import type { MapZone } from '../../shared/map/zone-map-types.ts'
import { PageTitle } from '../../shared/page.tsx'
import { useRuleWords } from '../../shared/rules/words.ts'
import { EmptyState, ProblemLine, Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { ClosureForm } from './closure-form.tsx'
import { areaOf } from './drawn-areas.ts'
import { useMayMakeRules } from './may.ts'
import { useAccessWords } from './words.ts'
import './access.css'
import './draft/draft.css'

interface Closures {
  readonly asOf: string
  readonly items: readonly Closure[]
}

const stateOf = ({ startsAt, withdrawnAt }: Closure, asOf: string): 'withdrawn' | 'coming' | 'in-force' => (withdrawnAt ? 'withdrawn' : Date.parse(startsAt) > Date.parse(asOf) ? 'coming' : 'in-force')

/** Temporary closures on the map and in a list; a new one is drawn here, one in force ended early. */
export function ClosuresPage() {
  const t = useAccessWords()
  const mayMake = useMayMakeRules()
  const closures = useRead<Closures>('/access/closures', {}, { asOf: false, every: 30_000 })
  const [isNew, setNew] = useState(false)
  const [isDone, setDone] = useState(false)
  const count = (state: string) => closures.data?.items.filter((each) => stateOf(each, closures.data!.asOf) === state).length ?? 0
  return (
    <>
      <PageTitle title={t('closures')} state={closures.data ? t('closures-state', { current: count('in-force'), coming: count('coming') }) : undefined} actions={mayMake('access:publish') && !isNew ? <button type="button" className="button primary" onClick={() => { setNew(true); setDone(false) }}>{t('closure-new')}</button> : null} />
      {isDone ? <p className="met" role="status">{t('closure-done')}</p> : null}
      {isNew ? <ClosureForm onCancel={() => setNew(false)} onDone={() => { setNew(false); setDone(true) }} /> : (
        <Reading read={closures}>{({ items, asOf }) => (items.length === 0 ? <EmptyState title={t('closures-empty')} provider={t('closures-provider')} /> : <ClosureList items={items} asOf={asOf} />)}</Reading>
      )}
    </>
  )
}

function ClosureList({ items, asOf }: Closures) {
  const t = useAccessWords()
  const words = useRuleWords()
  const mayMake = useMayMakeRules()
  const [chosen, setChosen] = useState<string | null>(null)
  const zones = useMemo(() => items.map((each): MapZone => ({ id: each.closureId, title: each.title, geometry: areaOf(each.geometry), look: stateOf(each, asOf) === 'in-force' ? 'no-go' : 'border', word: t(`closure-${stateOf(each, asOf)}`) })), [items, asOf, t('state')])
  const columns: Column<Closure>[] = [
    { key: 'title', title: t('closure-title'), cell: ({ title, reason }) => <><b>{title}</b><br /><span className="secondary small">{reason}</span></> },
    { key: 'state', title: t('state'), cell: (each) => <span className={stateOf(each, asOf) === 'in-force' ? 'tag tag-attention' : 'tag'}>{t(`closure-${stateOf(each, asOf)}`)}</span> },
    { key: 'starts', title: t('closure-starts'), cell: ({ startsAt }) => minuteText(startsAt) },
    { key: 'ends', title: t('closure-ends'), cell: ({ endsAt, withdrawnAt }) => minuteText(withdrawnAt ?? endsAt) },
    { key: 'notice', title: t('closure-notice'), cell: ({ noticeNumber, authority }) => <>{noticeNumber}<br /><span className="secondary small">{authority}</span></> },
    ...(mayMake('access:publish') ? [{ key: 'end', title: '', cell: (each: Closure) => (each.withdrawnAt ? null : <EndEarly closure={each} />) }] : []),
  ]
  return (
    <div className="closure-split">
      <DataTable caption={t('closures')} columns={columns} rows={items} keyOf={({ closureId }) => closureId} selected={chosen} onSelect={({ closureId }) => setChosen(closureId)} />
      <LazyZoneMap title={words('zone-map')} zones={zones} selected={chosen} onSelect={setChosen} />
    </div>
  )
}

/** Cannot be undone, so it asks by name, in place. */
function EndEarly({ closure }: { closure: Closure }) {
  const t = useAccessWords()
  const queries = useQueryClient()
  const [asks, setAsks] = useState(false)
  const end = useMutation({ mutationFn: () => api.post(`/access/closures/${closure.closureId}/withdraw`), onSuccess: () => queries.invalidateQueries() })
  if (!asks) return <button type="button" className="button small" onClick={() => setAsks(true)}>{t('closure-end-early')}</button>
  return (
    <span role="alertdialog" aria-label={t('closure-end-early')}>
      {t('closure-end-sure', { title: closure.title })}<br /><button type="button" className="button small" disabled={end.isPending} onClick={() => end.mutate()}>{t('closure-end-early')}</button> <button type="button" className="button small" autoFocus onClick={() => setAsks(false)}>{t('cancel')}</button>
      {end.error ? <ProblemLine error={end.error} /> : null}
    </span>
  )
}
