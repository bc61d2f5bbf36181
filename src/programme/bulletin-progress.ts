import { indicatorGroups, type Profile } from '../profiles/index.ts'
import { figureOf, heading, ordinal, paragraph, words } from './bulletin-runs.ts'
import { paceNames } from './derive-pace.ts'
import type { TargetRow } from './derive-targets.ts'
import type { Block, Run } from './document-model.ts'

/** How a target stands, in the words of a bulletin: where no pace can be given, whether it is reached or there is no number yet. */
const standings = ['已达到', '按进度', '滞后', '严重滞后', '未达到', '待评价'] as const
type Standing = (typeof standings)[number]
const standingOf = ({ pace, actual }: TargetRow): Standing => {
  if (pace === 'unknown') return actual === null ? '待评价' : '未达到'
  return paceNames[pace] as Standing
}

/** 一、总体进展: how many targets stand where, and the table of all of them. */
export function overallProgress(profile: Profile, rows: readonly TargetRow[], asOfWords: string): Block[] {
  const counted = standings.map((standing) => ({ standing, count: rows.filter((each) => standingOf(each) === standing).length })).filter((each) => each.count > 0)
  const stands = counted.map(({ standing, count }) => `${standing}${count}项`).join('、')
  return [
    heading(1, 'overall', '一、总体进展'),
    paragraph('overall-counts', words(`截至${asOfWords}，《${profile.document.title}》确定的${rows.length}项目标中，${stands}。各项目标完成情况见表1，各${profile.words.lead}承担目标的进展情况见表2。`)),
    targetTable(profile, rows),
    unitTable(profile, rows),
  ]
}

const targetTable = (profile: Profile, rows: readonly TargetRow[]): Block => ({
  kind: 'table',
  id: 'targets',
  caption: `表1　${profile.words.programme}目标完成情况`,
  columns: [
    { title: '序号', width: 1, align: 'center' },
    { title: '指标', width: 5, align: 'left' },
    { title: '目标', width: 2.6, align: 'left' },
    { title: '完成情况', width: 2, align: 'right' },
    { title: '进度', width: 1.8, align: 'center' },
  ],
  rows: rows.map((row, index): Run[][] => [[words(String(index + 1))], [words(row.name)], [words(row.targetText)], [figureOf(profile, row)], [words(standingOf(row))]]),
})

/** Plans ask for progress of every member: how the targets of each lead unit stand. A target with two leads counts for both. */
function unitTable(profile: Profile, rows: readonly TargetRow[]): Block {
  const units = new Map(rows.flatMap((row) => row.leadUnits).map((each) => [each.code, each.name]))
  const countOf = (code: string, wanted: readonly Standing[] = standings) => words(String(rows.filter((row) => row.leadUnits.some((unit) => unit.code === code) && wanted.includes(standingOf(row))).length))
  return {
    kind: 'table',
    id: 'units',
    caption: `表2　各${profile.words.lead}承担目标进展情况（项）`,
    columns: [
      { title: profile.words.lead, width: 4, align: 'left' },
      ...['承担目标', '已达到', '按进度', '滞后', '未达到', '待评价'].map((title) => ({ title, width: 1.5, align: 'center' as const })),
    ],
    rows: [...units].map(([code, name]): Run[][] => [[words(name)], [countOf(code)], [countOf(code, ['已达到'])], [countOf(code, ['按进度'])], [countOf(code, ['滞后', '严重滞后'])], [countOf(code, ['未达到'])], [countOf(code, ['待评价'])]]),
  }
}

/** 二、分项进展: one paragraph a class of the ministry's nine, one clause a target. */
export function progressByGroup(profile: Profile, rows: readonly TargetRow[]): Block[] {
  const groups = indicatorGroups.map((name) => ({ name, rows: rows.filter((each) => each.group === name && each.actual !== null) })).filter((each) => each.rows.length > 0)
  if (groups.length === 0) return []
  return [
    heading(1, 'progress', '二、分项进展'),
    ...groups.flatMap((group, index) => [
      heading(2, `progress-${index + 1}`, `（${ordinal(index + 1)}）${group.name}`),
      paragraph(`progress-${index + 1}-text`, ...group.rows.flatMap((row, at) => [...clauseOf(profile, row), words(at < group.rows.length - 1 ? '；' : '。')])),
    ]),
  ]
}

const clauseOf = (profile: Profile, row: TargetRow): Run[] => [words(row.name), figureOf(profile, row), words(`（目标${row.targetText}，${standingOf(row)}）`)]
