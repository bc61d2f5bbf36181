import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { IndicatorList } from '../../api/indicators.ts'
import type { Standing, TargetRow } from '../../api/programme.ts'
import { AsOf } from '../../shared/figure.tsx'
import { useLanguage } from '../../shared/language.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, ProblemLine, Reading } from '../../shared/states.tsx'
import { PeriodChoice, periodName, usePeriod } from '../programme/period-choice.tsx'
import { useFrameSearch, useRead } from '../reads.ts'
import { useMay } from '../session.tsx'
import { TargetTable, ValueTable } from './indicator-tables.tsx'
import { useIndicatorWords } from './words.ts'

/** Target, actual, baseline, pace; each figure opens to its rows. A firm sees the values without the programme's pace. */
export function IndicatorsPage() {
  const may = useMay()
  return may('programme:read') ? <Targets /> : <Values />
}

function Targets() {
  const t = useIndicatorWords()
  const zh = useLanguage() === 'zh'
  const targets = useRead<Standing<TargetRow>>('/targets', { period: usePeriod() })
  const counted = (items: readonly TargetRow[]) => ({ all: items.length, met: items.filter(({ met }) => met).length, behind: items.filter(({ pace }) => pace === 'behind' || pace === 'far-behind').length, open: items.filter(({ actual }) => actual === null).length })
  const newest = targets.data?.items.map(({ asOf }) => asOf).filter((each) => each !== null).sort().at(-1)
  return (
    <>
      <PageTitle title={t('title')} state={targets.data ? t('state', { period: periodName(targets.data.period, zh), ...counted(targets.data.items) }) : undefined} actions={<Measure period={targets.data?.period} />} />
      <div className="filters"><PeriodChoice /></div>
      <Reading read={targets}>
        {({ items, asOf }) => (items.length === 0 ? <EmptyState title={t('empty')} provider={t('empty-provider')} /> : <><TargetTable rows={items} /><AsOf at={newest ?? asOf} /></>)}
      </Reading>
    </>
  )
}

function Values() {
  const t = useIndicatorWords()
  const zh = useLanguage() === 'zh'
  const values = useRead<IndicatorList>('/indicators', { period: usePeriod() })
  return (
    <>
      <PageTitle title={t('title')} state={values.data ? t('state-plain', { period: periodName(values.data.period, zh), all: values.data.items.length, met: values.data.items.filter(({ met }) => met).length }) : undefined} />
      <div className="filters"><PeriodChoice /></div>
      <Reading read={values}>{({ items, asOf }) => <><ValueTable rows={items} /><AsOf at={asOf} /></>}</Reading>
    </>
  )
}

/** Measures the period's values now and records them, so that documents can be bound to them. */
function Measure({ period }: { period: string | undefined }) {
  const t = useIndicatorWords()
  const may = useMay()
  const { asOf } = useFrameSearch()
  const queries = useQueryClient()
  const [state, setState] = useState<'idle' | 'busy' | number>('idle')
  const [error, setError] = useState<unknown>(null)
  if (!may('indicators:measure') || !period || asOf) return null
  const measure = async () => {
    setState('busy')
    setError(null)
    try {
      const { items } = await api.post<{ items: readonly unknown[] }>('/indicators/measure', { period })
      setState(items.length)
      await queries.invalidateQueries()
    } catch (problem) {
      setError(problem)
      setState('idle')
    }
  }
  return (
    <>
      {error ? <ProblemLine error={error} /> : null}
      {typeof state === 'number' ? <span className="save-state save-saved" role="status">{t('measured', { count: state })}</span> : null}
      <button type="button" className="button" disabled={state === 'busy'} onClick={() => void measure()}>{t(state === 'busy' ? 'measuring' : 'measure')}</button>
    </>
  )
}
