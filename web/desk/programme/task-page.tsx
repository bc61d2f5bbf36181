import { Link, useParams } from '@tanstack/react-router'
import type { Standing, TaskRow } from '../../api/programme.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { AsOf } from '../../shared/figure.tsx'
import { PaceLight } from '../../shared/pace.tsx'
import { PageTitle, Section } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { usePeriod } from './period-choice.tsx'
import { usePlan } from './plan.ts'
import { Questions } from './questions.tsx'
import { useProgrammeWords } from './words.ts'
import './programme.css'

/** One task: its words, who does it, until when, what it must bring about, what the document leaves open. */
export function TaskPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const t = useProgrammeWords()
  const tasks = useRead<Standing<TaskRow>>('/tasks', { period: usePeriod() })
  return (
    <Reading read={tasks}>
      {({ items, asOf }) => {
        const task = items.find((each) => each.id === id)
        return task ? <TaskContent task={task} asOf={asOf} /> : <PageTitle title={t('not-found')} />
      }}
    </Reading>
  )
}

function TaskContent({ task, asOf }: { task: TaskRow; asOf: string }) {
  const t = useProgrammeWords()
  const plan = usePlan().data
  return (
    <>
      <PageTitle title={task.title} back={<Link to="/desk/tasks">{t('tasks')}</Link>} state={`${task.deadline.text}，${t(`state-${task.state}`)}${task.nextOccurrence ? `（${task.nextOccurrence.label}）` : ''}`} />
      <dl className="pairs">
        <dt>{t('text')}</dt>
        <dd><p className="task-text">{task.text}</p></dd>
        <dt>{plan?.words['lead'] ?? ''}</dt>
        <dd>{task.lead.map(({ name }) => name).join('、')}{task.assignment === 'by-duty' ? `（${t('by-duty')}）` : ''}</dd>
        <dt>{plan?.words['joint'] ?? ''}</dt>
        <dd>{task.joint.map(({ name }) => name).join('、') || '—'}</dd>
        <dt>{t('numbers')}</dt>
        <dd>{task.numbers.map(({ numbering, number, clause }) => `${plan?.numberings.find(({ key }) => key === numbering)?.name ?? numbering} ${number}（${clause}）`).join('；')}</dd>
        {task.note ? (<><dt>{t('note')}</dt><dd>{task.note}</dd></>) : null}
      </dl>
      {task.targets.length > 0 ? (
        <Section title={t('targets')}>
          <DataTable
            caption={t('targets')}
            rows={task.targets}
            keyOf={({ code }) => code}
            columns={[
              { key: 'name', title: t('indicator'), cell: ({ code, name }) => <Link to={`/desk/indicators/${code}`}>{name}</Link> },
              { key: 'target', title: t('targets'), cell: ({ targetText }) => targetText },
              { key: 'actual', title: t('actual'), numeric: true, cell: ({ actualText, valueId }) => (valueId && actualText ? <Link to={`/desk/facts/${valueId}`}>{actualText}</Link> : (actualText ?? '—')) },
              { key: 'pace', title: t('pace'), cell: ({ pace }) => <PaceLight pace={pace} /> },
            ]}
          />
        </Section>
      ) : null}
      <Questions questions={task.openQuestions} />
      <AsOf at={asOf} source={plan?.document.title} />
    </>
  )
}
