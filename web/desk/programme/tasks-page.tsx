import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Standing, TaskRow, TaskState } from '../../api/programme.ts'
import { AsOf } from '../../shared/figure.tsx'
import { useLanguage } from '../../shared/language.ts'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, Reading } from '../../shared/states.tsx'
import { usePlace } from '../place.ts'
import { useRead } from '../reads.ts'
import { PeriodChoice, periodName, usePeriod } from './period-choice.tsx'
import { usePlan } from './plan.ts'
import { TaskTable } from './task-table.tsx'
import { useProgrammeWords } from './words.ts'
import './programme.css'

const states: readonly TaskState[] = ['due', 'past', 'upcoming', 'ongoing', 'undated', 'done']
const isBehind = (task: TaskRow) => task.targets.some(({ pace }) => pace === 'behind' || pace === 'far-behind')

/** The plan of record as the city's table reads, with where each task stands. */
export function TasksPage() {
  const t = useProgrammeWords()
  const zh = useLanguage() === 'zh'
  const search = useSearch({ strict: false }) as { unit?: string; state?: TaskState }
  const plan = usePlan().data
  const tasks = useRead<Standing<TaskRow>>('/tasks', { period: usePeriod(), unit: search.unit })
  const source = plan ? t('plan-source', { title: plan.document.title, number: plan.document.number ? `（${plan.document.number}）` : '' }) : null
  return (
    <div className="tasks-page">
      <PageTitle
        title={t('tasks')}
        state={tasks.data ? t('tasks-state', { period: periodName(tasks.data.period, zh), all: tasks.data.items.length, due: tasks.data.items.filter(({ state }) => state === 'due').length, past: tasks.data.items.filter(({ state }) => state === 'past').length, behind: tasks.data.items.filter(isBehind).length }) : undefined}
        actions={<button type="button" className="button" onClick={() => window.print()}>{t('print')}</button>}
      />
      <TaskFilters />
      <Reading read={tasks}>
        {({ items, asOf }) => {
          const shown = items.filter(({ state }) => !search.state || state === search.state)
          return shown.length === 0 ? <EmptyState title={t('empty')} provider={t('empty-provider')} /> : (
            <>
              <TaskTable tasks={shown} plan={plan} />
              <AsOf at={asOf} source={source} />
            </>
          )
        }}
      </Reading>
    </div>
  )
}

function TaskFilters() {
  const t = useProgrammeWords()
  const place = usePlace().data
  const search = useSearch({ strict: false }) as { unit?: string; state?: string }
  const navigate = useNavigate()
  const change = (part: Record<string, string | undefined>) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true })
  return (
    <div className="filters">
      <PeriodChoice />
      <label>
        {t('unit')}
        <select className="plain-select" style={{ display: 'block', maxWidth: 260 }} value={search.unit ?? ''} onChange={(event) => change({ unit: event.target.value || undefined })}>
          <option value="">{t('all-units')}</option>
          {place?.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
        </select>
      </label>
      <label>
        {t('state')}
        <select className="plain-select" style={{ display: 'block' }} value={search.state ?? ''} onChange={(event) => change({ state: event.target.value || undefined })}>
          <option value="">{t('all-states')}</option>
          {states.map((state) => <option key={state} value={state}>{t(`state-${state}`)}</option>)}
        </select>
      </label>
    </div>
  )
}
