import { Link } from '@tanstack/react-router'
import type { AskedQuestion, Standing, TargetRow, TaskRow } from '../api/programme.ts'
import { FirmHome } from '../firm/firm-home.tsx'
import { dayText } from '../shared/format.ts'
import { PaceLight } from '../shared/pace.tsx'
import { PageTitle, Section } from '../shared/page.tsx'
import { EmptyState, Reading } from '../shared/states.tsx'
import { Freshness } from './freshness.tsx'
import { useFrameWords } from './frame-words.ts'
import { useHomeWords } from './home-words.ts'
import { usePlace } from './place.ts'
import { QuestionList } from './programme/questions.tsx'
import { useRead } from './reads.ts'
import { useMay, useSession } from './session.tsx'

/** What I owe now, for the role that is signed in. */
export function HomePage() {
  const may = useMay()
  const { role } = useSession()
  if (may('programme:read')) return <OfficeHome />
  if (role === 'enterprise') return <FirmHome />
  return <KeeperHome />
}

/** Administrator and auditor: their one page, and why there is no more. */
function KeeperHome() {
  const t = useHomeWords()
  const frame = useFrameWords()
  const may = useMay()
  const { name, roleName } = useSession()
  return (
    <>
      <PageTitle title={t('title')} state={t('greeting-plain', { name, role: roleName })} />
      <p>{t(may('audit:read') ? 'auditor' : 'admin')}</p>
      <p className="actions" style={{ marginTop: 12 }}>{may('audit:read') ? <Link className="button primary" to="/desk/audit">{frame('audit')}</Link> : <Link className="button primary" to="/desk/people">{frame('people')}</Link>}</p>
    </>
  )
}

/** Past ones first, then by the day they are due before. */
const byUrgency = (a: TaskRow, b: TaskRow) => Number(b.state === 'past') - Number(a.state === 'past') || (a.nextOccurrence?.dueBefore ?? '').localeCompare(b.nextOccurrence?.dueBefore ?? '')

const lagging = (target: TargetRow) => target.pace === 'behind' || target.pace === 'far-behind'

/** Open questions once each, from targets and tasks. */
function questionsOf(targets: readonly TargetRow[], tasks: readonly TaskRow[]): AskedQuestion[] {
  const byId = new Map([...targets, ...tasks].flatMap(({ openQuestions }) => openQuestions.map((each) => [each.id, each] as const)))
  return [...byId.values()]
}

function OfficeHome() {
  const t = useHomeWords()
  const { name, roleName, scope } = useSession()
  const place = usePlace().data
  const ownUnit = place?.units.find(({ code }) => code === scope.unitCode)
  const tasks = useRead<Standing<TaskRow>>('/tasks', { unit: scope.unitCode })
  const targets = useRead<Standing<TargetRow>>('/targets')
  const due = (tasks.data?.items.filter(({ state }) => state === 'due' || state === 'past') ?? []).sort(byUrgency)
  const behind = targets.data?.items.filter((each) => lagging(each) && (!ownUnit || each.leadUnits.some(({ code }) => code === ownUnit.code))) ?? []
  const questions = questionsOf(targets.data?.items ?? [], tasks.data?.items ?? []).filter(({ askUnit }) => !ownUnit || askUnit === ownUnit.name)
  return (
    <>
      <PageTitle title={t('title')} state={tasks.data && targets.data ? t('greeting', { name, role: roleName, due: due.length, behind: behind.length, open: questions.length }) : t('greeting-plain', { name, role: roleName })} />
      <Freshness />
      <div className="two-columns">
        <Section title={t(ownUnit ? 'tasks-own' : 'tasks')} aside={<Link to="/desk/tasks" search={{ unit: scope.unitCode ?? undefined } as never}>{t('more')}</Link>}>
          <Reading read={tasks}>{() => (due.length === 0 ? <EmptyState title={t('tasks-none')} provider={t('tasks-provider')} /> : <DueTasks tasks={due} />)}</Reading>
        </Section>
        <Section title={t('behind')} aside={<Link to="/desk/indicators">{t('more')}</Link>}>
          <Reading read={targets}>{() => (behind.length === 0 ? <EmptyState title={t('behind-none')} provider={t('behind-provider')} /> : <LaggingTargets targets={behind} />)}</Reading>
        </Section>
      </div>
      <Section title={t(ownUnit ? 'questions-own' : 'questions')}>
        {questions.length === 0 ? <EmptyState title={t('questions-none')} provider={t('questions-provider')} /> : <QuestionList questions={questions} />}
      </Section>
    </>
  )
}

function DueTasks({ tasks }: { tasks: readonly TaskRow[] }) {
  const t = useHomeWords()
  return (
    <ul className="owed">
      {tasks.map((task) => (
        <li key={task.id}>
          <Link to={`/desk/tasks/${task.id}`}>{task.numbers[0]?.number}　{task.title}</Link>
          <span className={task.state === 'past' ? 'state-past' : 'nowrap'}>{task.nextOccurrence ? t('due-before', { date: dayText(task.nextOccurrence.dueBefore) }) : task.deadline.text}</span>
          <span className="secondary small">{task.lead.map(({ name }) => name).join('、')}</span>
        </li>
      ))}
    </ul>
  )
}

function LaggingTargets({ targets }: { targets: readonly TargetRow[] }) {
  return (
    <ul className="owed">
      {targets.map((target) => (
        <li key={target.code}>
          <Link to={`/desk/indicators/${target.code}`}>{target.name}</Link>
          <PaceLight pace={target.pace} />
          <span className="secondary small">{target.reason}</span>
        </li>
      ))}
    </ul>
  )
}
