import { addDays, chineseDate } from '../base/time.ts'
import { occurrencesOf, unitName, type Profile } from '../profiles/index.ts'
import { figureOf, heading, paragraph, words } from './bulletin-runs.ts'
import type { TargetRow } from './derive-targets.ts'
import type { TaskRow } from './derive-tasks.ts'
import type { Block } from './document-model.ts'

const namesOf = (units: readonly { name: string }[]): string => units.map((each) => each.name).join('、')

/** 三、存在的问题: what lags with the reason of its light and who leads it; what nobody has answered yet; what has no data. */
export function problemsLeft(profile: Profile, rows: readonly TargetRow[]): Block[] {
  const lagging = rows.filter((each) => each.pace === 'far-behind' || each.pace === 'behind')
  const questions = [...new Map(rows.flatMap((each) => each.openQuestions).map((each) => [each.id, each])).values()]
  const missing = rows.filter((each) => each.actual === null && each.openQuestions.length === 0)
  const blocks: Block[] = []
  const section = (title: string, body: Block[]) => blocks.push(heading(2, `problem-${blocks.length}`, `（${'一二三'[blocks.filter((each) => each.kind === 'heading').length]}）${title}`), ...body)
  if (lagging.length > 0) {
    section('进度滞后的目标', lagging.map((row, index) => paragraph(`lagging-${row.code}`, words(`${index + 1}．${row.name}：${doneWord(row)}`), figureOf(profile, row), words(`，目标${row.targetText}，${reasonAfterFigure(row)}。${leadSentence(profile, row)}`))))
  }
  if (questions.length > 0) {
    section('口径或基础数据待明确', questions.map((each, index) => paragraph(`question-${each.id}`, words(`${index + 1}．“${innerQuotes(each.question.replace(/[？。]$/, ''))}”，${each.askUnit ? `请${each.askUnit}研究明确。` : '方案未指明答复单位。'}`))))
  }
  if (missing.length > 0) section('尚无数据的目标', [paragraph('missing', words(`${missing.map((each) => each.name).join('、')}，相关单位尚未提供数据。`))])
  if (blocks.length === 0) blocks.push(paragraph('no-problems', words('各项目标均按进度推进，未发现进度滞后的目标。')))
  return [heading(1, 'problems', '三、存在的问题'), ...blocks]
}

/** Pieces are completed, shares and ratios stand somewhere, and what reads 未建成 needs no verb. */
const doneWord = ({ unit }: TargetRow): string => (unit === '' ? '' : unit === '%' ? '目前为' : '已完成')

/** The sentence begins with the bound figure: the reason need not say it again, and not in a number nothing binds. */
const reasonAfterFigure = ({ reason, actualText }: TargetRow): string => reason.replace(`，目前${actualText}，`, '，')

/** Quotation marks inside quotation marks (GB/T 15834 §4.8). */
const innerQuotes = (text: string): string => text.replaceAll('“', '‘').replaceAll('”', '’')

const leadSentence = (profile: Profile, row: TargetRow): string => (row.leadUnits.length > 0 ? `${profile.words.lead}：${namesOf(row.leadUnits)}。` : `方案未确定${profile.words.lead}。`)

/** Next steps are those of the coming half year. */
export const outlookDays = 184
const outlookWindow = (from: string): { from: string; to: string } => ({ from, to: addDays(from, outlookDays) })

/** 四、下一步工作: lagging targets first, then what falls due in the coming half year by the plan's own calendar. */
export function nextSteps(profile: Profile, { targets, tasks, from }: { targets: readonly TargetRow[]; tasks: readonly TaskRow[]; from: string }): Block[] {
  const window = outlookWindow(from)
  const urged = targets.filter((each) => each.pace === 'far-behind' || each.pace === 'behind').map((row) => ({ key: `urge-${row.code}`, text: `加快推进${row.name}（目标${row.targetText}）。${leadSentence(profile, row)}` }))
  const dated = tasks
    .flatMap((task) => (task.nextOccurrence && task.state !== 'done' && task.nextOccurrence.dueBefore > window.from && task.nextOccurrence.dueBefore <= window.to ? [{ task, due: task.nextOccurrence.dueBefore }] : []))
    .sort((a, b) => a.due.localeCompare(b.due))
    .map(({ task, due }) => ({ key: `task-${task.id}`, text: `${task.title}，${chineseDate(addDays(due, -1))}前完成。${profile.words.lead}：${namesOf(task.lead)}。` }))
  const calendar = profile.governance.calendar.flatMap((event) => {
    const next = occurrencesOf(event.recurrence, profile.period, profile.period.from ? undefined : window).find((each) => each.dueBefore > window.from && each.dueBefore <= window.to)
    const byTask = profile.tasks.some((task) => task.title.includes(event.name) || event.name.includes(task.title))
    return next && !byTask ? [{ key: `calendar-${event.id}`, text: `${event.name}，${next.label}。${event.by.map((code) => unitName(profile, code)).join('、')}负责。` }] : []
  })
  const steps = [...urged, ...dated, ...calendar]
  const body = steps.length > 0 ? steps.map(({ key, text }, index) => paragraph(key, words(`${index + 1}．${text}`))) : [paragraph('no-steps', words('按方案继续推进各项任务。'))]
  return [heading(1, 'next', '四、下一步工作'), ...body]
}
