import type { Problem } from '../base/problems.ts'
import { loadProfile } from './load.ts'
import type { Profile } from './schema.ts'
import type { ProfileIndicator } from './schema-indicator.ts'
import type { ProfileTask } from './schema-task.ts'
import { unitName } from './units.ts'

const statusNames = { issued: '已印发', 'draft-for-comment': '征求意见稿', 'made-up': '虚构（演示）' } as const

/** Readable text of a profile: units, targets, tasks, calendar, open questions. */
export function describeProfile(profile: Profile): string {
  const { document, period } = profile
  return [
    `${profile.name}（${profile.code}，${profile.level === 'city' ? '市' : `区，隶属${profile.parent?.name ?? '？'}`}）`,
    `文件：${document.title}　${document.number ?? '文号未知'}　${document.issuedOn ?? '日期未知'}　${statusNames[document.status]}`,
    `创建期：${period.from ?? '起点未写明'} 至 ${period.to ?? '终点未写明'}（${period.text}）`,
    ...section('单位', profile.units.map((unit) => `${unit.code.padEnd(24)} ${unit.name}${unit.aliases.length > 0 ? `（又作 ${unit.aliases.join('、')}）` : ''}${unit.duties.length > 0 ? `　职责${unit.duties.length}条` : ''}`)),
    ...section('指标', profile.indicators.map(indicatorLine)),
    ...section('任务', profile.tasks.map((task) => taskLine(profile, task))),
    ...section('工作日历', profile.governance.calendar.map((event) => `${event.name}：${event.recurrence.text}（${event.clause}）`)),
    ...section('待明确问题', profile.openQuestions.map((each) => `${each.id} ${each.question}（${each.askUnit ? unitName(profile, each.askUnit) : '未指明单位'}）`)),
    ...section('原文矛盾与疏漏', profile.inconsistencies.map((each) => `${each.id} ${each.text}`)),
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] => ['', `${title} ${lines.length}`, ...lines.map((line) => `  ${line}`)]

function indicatorLine(indicator: ProfileIndicator): string {
  const yearly = indicator.yearly ? `　${indicator.yearly.kind} ${indicator.yearly.values.map((each) => `${each.year}:${each.text}`).join(' ')}` : ''
  const open = indicator.openQuestions.length > 0 ? `　待明确 ${indicator.openQuestions.join('、')}` : ''
  return `${indicator.code} ${indicator.name}：${indicator.targetText}${yearly}（${indicator.clause}）${open}`
}

function taskLine(profile: Profile, task: ProfileTask): string {
  const numbers = task.passages.map((each) => `${each.numbering} ${each.number}`).join('，')
  const names = (codes: readonly string[]) => codes.map((code) => unitName(profile, code)).join('、') || '—'
  return `${task.id}［${numbers}］${task.title}　${profile.words.lead}：${names(task.lead)}　${profile.words.joint}：${names(task.joint)}　${task.deadline.text}`
}

export interface ProfileCheck {
  readonly text: string
  readonly json: { ok: boolean; directory: string; profile: Profile | null; problems: readonly Problem[] }
  readonly problems: readonly Problem[]
}

/** `./lvpei profile check DIR`: the caller prints `text` or `json` to stdout, and the problems to stderr. */
export function checkProfileCommand(directory: string): ProfileCheck {
  const { profile, problems } = loadProfile(directory)
  const verdict = problems.length === 0 ? '没有问题' : `发现 ${problems.length} 个问题`
  const text = profile ? `${describeProfile(profile)}\n\n${verdict}` : verdict
  return { text, json: { ok: problems.length === 0, directory, profile, problems }, problems }
}
