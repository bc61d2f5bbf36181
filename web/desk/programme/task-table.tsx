import { Link } from '@tanstack/react-router'
import type { Plan, TaskRow } from '../../api/programme.ts'
import { PaceLight } from '../../shared/pace.tsx'
import { planYears } from './plan.ts'
import { useProgrammeWords } from './words.ts'

interface Line {
  readonly task: TaskRow
  /** one of the task's targets; null: the task has none */
  readonly target: TaskRow['targets'][number] | null
  /** rows the group cell and the task cells stand for; 0: a cell above stands for this row */
  readonly groupSpan: number
  readonly taskSpan: number
}

/** One line a target; the cells of task and group are merged over their lines, as the printed table has them. */
export function linesOf(tasks: readonly TaskRow[]): Line[] {
  const lines: { task: TaskRow; target: Line['target']; groupSpan: number; taskSpan: number }[] = []
  let groupStart: (typeof lines)[number] | undefined
  for (const task of tasks) {
    const targets = task.targets.length > 0 ? task.targets : [null]
    targets.forEach((target, index) => {
      const line = { task, target, groupSpan: 0, taskSpan: index === 0 ? targets.length : 0 }
      if (groupStart && groupStart.task.group.title === task.group.title) groupStart.groupSpan++
      else {
        line.groupSpan = 1
        groupStart = line
      }
      lines.push(line)
    })
  }
  return lines
}

/** Columns in the city's own words: 牵头单位, 责任单位 … */
export function TaskTable({ tasks, plan }: { tasks: readonly TaskRow[]; plan: Plan | undefined }) {
  const t = useProgrammeWords()
  const years = planYears(plan)
  return (
    <div className="table-scroll task-scroll" tabIndex={0} role="region" aria-label={t('tasks')}>
      <table className="table task-table">
        <thead>
          <tr>
            <th scope="col">{t('group')}</th>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('task')}</th>
            <th scope="col">{plan?.words['lead'] ?? '—'}</th>
            <th scope="col">{plan?.words['joint'] ?? '—'}</th>
            <th scope="col">{t('deadline')}</th>
            <th scope="col">{t('targets')}</th>
            {years.map((year) => <th key={year} scope="col" className="numeric">{year}</th>)}
            <th scope="col" className="numeric">{t('actual')}</th>
            <th scope="col">{t('pace')}</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(tasks).map((line) => <TaskLine key={`${line.task.id}-${line.target?.code ?? ''}`} line={line} plan={plan} years={years} />)}
        </tbody>
      </table>
    </div>
  )
}

function TaskLine({ line, plan, years }: { line: Line; plan: Plan | undefined; years: readonly number[] }) {
  const t = useProgrammeWords()
  const { task, target, groupSpan, taskSpan } = line
  const byDuty = task.assignment === 'by-duty'
  const yearly = target ? plan?.indicators.find(({ code }) => code === target.code)?.yearly : null
  return (
    <tr>
      {groupSpan > 0 ? <th scope="rowgroup" rowSpan={groupSpan} className="task-group">{task.group.number ? `${task.group.number}　` : ''}{task.group.title}</th> : null}
      {taskSpan > 0 ? (
        <>
          <td rowSpan={taskSpan}>{task.numbers[0]?.number}</td>
          <th scope="row" rowSpan={taskSpan} className="task-title"><Link to={`/desk/tasks/${task.id}`}>{task.title}</Link>{task.openQuestions.length > 0 ? <span className="tag tag-attention">{t('open-questions')} {task.openQuestions.length}</span> : null}</th>
          <td rowSpan={taskSpan} className="task-units">{task.lead.map(({ name }) => name).join('、')}{byDuty ? <div className="secondary small">{t('by-duty')}</div> : null}</td>
          <td rowSpan={taskSpan} className="task-units">{task.joint.map(({ name }) => name).join('、')}</td>
          <td rowSpan={taskSpan}>{task.deadline.text}<div className={`small state-${task.state}`}>{t(`state-${task.state}`)}{task.nextOccurrence && task.nextOccurrence.label !== task.deadline.text ? `：${task.nextOccurrence.label}` : ''}</div></td>
        </>
      ) : null}
      {target ? (
        <>
          <td><Link to={`/desk/indicators/${target.code}`}>{target.name}</Link><div className="secondary small">{target.targetText}</div></td>
          {years.map((year) => <td key={year} className="numeric">{yearly?.values.find((each) => each.year === year)?.text ?? ''}</td>)}
          <td className="numeric">{target.valueId && target.actualText ? <Link to={`/desk/facts/${target.valueId}`}>{target.actualText}</Link> : (target.actualText ?? '—')}</td>
          <td><PaceLight pace={target.pace} /></td>
        </>
      ) : (
        <td colSpan={years.length + 3} className="secondary">{t('no-target')}</td>
      )}
    </tr>
  )
}
