import { addDays, chineseDate, dayOf, parsePeriod, startOfDay, type Period } from '../base/time.ts'
import type { Profile } from '../profiles/index.ts'
import { nextSteps, outlookDays, problemsLeft } from './bulletin-outlook.ts'
import { overallProgress, progressByGroup } from './bulletin-progress.ts'
import { heading, paragraph, words } from './bulletin-runs.ts'
import { deriveTargets } from './derive-targets.ts'
import { deriveTasks } from './derive-tasks.ts'
import type { Block, OfficialDocument } from './document-model.ts'
import type { MeasuredValue } from './measured-value.ts'
import { programmeProblem } from './problems.ts'
import { ProblemError } from '../base/problems.ts'

export interface BulletinMeta {
  /** 成文日期 `2026-07-15` */
  readonly date: string
  /** instant the values count up to, where that is before the end of the period */
  readonly asOf?: number
  /** `青绿配办〔2026〕3号`; a placeholder with the year is set when left out */
  readonly documentNumber?: string
  readonly signer?: string
  readonly copyTo?: readonly string[]
}

/** `2026年上半年` of `2026H1`; the period's own name where Chinese has no shorter word. */
export function periodWords({ name, kind, from, to }: Period): string {
  const year = from.slice(0, 4)
  const words: Partial<Record<Period['kind'], string>> = {
    half: `${year}年${from.slice(5, 7) === '01' ? '上' : '下'}半年`,
    quarter: `${year}年第${'一二三四'[(Number(from.slice(5, 7)) - 1) / 3]}季度`,
    year: `${year}年`,
    month: `${year}年${Number(from.slice(5, 7))}月`,
    day: chineseDate(from),
    range: `${chineseDate(from)}至${chineseDate(addDays(to, -1))}`,
  }
  return words[kind] ?? name
}

/** Parses a reporting period or throws the problem that says how to write one. */
export function getPeriod(name: string): Period {
  const period = parsePeriod(name)
  if (!period) throw new ProblemError(programmeProblem('period-invalid', { value: name }))
  return period
}

/**
 * The half-yearly 通报 of a city: progress of every target, what lags, what is open, what comes next. Pure: the same profile and
 * values give the same document. Every measured number is a figure bound to its value; everything else may be edited.
 */
export function composeBulletin(profile: Profile, periodName: string, values: readonly MeasuredValue[], meta: BulletinMeta): OfficialDocument {
  const period = getPeriod(periodName)
  const asOf = Math.min(meta.asOf ?? Infinity, startOfDay(period.to))
  const lastDay = chineseDate(dayOf(asOf - 1))
  const targets = deriveTargets(profile, values, asOf)
  const from = outlookFrom(period, meta.date)
  const tasks = deriveTasks(profile, targets, startOfDay(from))
  const issuer = issuerOf(profile)
  const body = [
    ...overallProgress(profile, targets, lastDay),
    ...progressByGroup(profile, targets),
    ...problemsLeft(profile, targets),
    ...nextSteps(profile, { targets, tasks, from }),
  ]
  return {
    issuer,
    headText: `${issuer}文件`,
    documentNumber: meta.documentNumber ?? `〔${meta.date.slice(0, 4)}〕　号`,
    signer: meta.signer ?? null,
    title: `关于${profile.name}${periodWords(period)}${withoutCity(profile)}创建工作进展情况的通报`,
    recipients: recipientsOf(profile),
    blocks: numberSections([opening(profile, period), ...body, closing(profile)]),
    attachments: [],
    signature: issuer,
    date: meta.date,
    copyTo: [...(meta.copyTo ?? [])],
    printedBy: issuer,
    printedOn: meta.date,
    draftMark: '草稿',
  }
}

/** Next steps are looked for from the day of the document, unless it is written long after its period. */
const outlookFrom = ({ to }: Period, date: string): string => (date > to && date < addDays(to, outlookDays) ? date : to)

/** The office where the plan names one, the leading group otherwise, the city where it names neither. */
const issuerOf = ({ governance, units, name }: Profile): string => {
  const office = units.find((each) => each.code === 'leading-group-office')?.name
  const group = governance.leadingGroup?.name
  if (office && office.length > 8) return office
  if (group) return office ? `${group}办公室` : group
  return office ? `${name}城市绿色货运配送示范工程创建工作${office}` : `${name}人民政府办公室`
}

/** The programme's name without the city's, which the title already has. */
const withoutCity = ({ words, name, shortName }: Profile): string => words.programme.replace(new RegExp(`^(${name}|${shortName})`), '')

/** Collective addressees of the plan, governments before members. */
const recipientsOf = ({ units }: Profile): string[] => {
  const collective = units.filter((each) => each.kind === 'collective')
  return [...collective.filter((each) => each.code !== 'all-members'), ...collective.filter((each) => each.code === 'all-members')].map((each) => each.name)
}

function opening(profile: Profile, period: Period): Block {
  const { document, words: own, madeUp } = profile
  const rhythm = profile.governance.calendar.find((each) => each.kind === 'bulletin')
  const basis = `根据《${document.title}》${document.number && !madeUp ? `（${document.number}）` : ''}${rhythm ? `“${rhythm.quote}”的要求` : '要求'}`
  return paragraph('opening', words(`为推进${own.programme}创建工作，${basis}，现将${periodWords(period)}工作进展情况通报如下。${madeUp ? '（本文为演示，城市、单位和数据均为虚构。）' : ''}`))
}

const closing = (profile: Profile): Block => paragraph('closing', words(`请各单位对照职责分工，于下一次调度前将整改和推进情况报${profile.units.find((each) => each.code === 'leading-group-office')?.shortName ?? '领导小组'}。`))

/** Level-1 headings are numbered anew, because a section without content is left out. */
function numberSections(blocks: readonly Block[]): Block[] {
  let count = 0
  return blocks.map((block) => {
    if (block.kind !== 'heading' || block.level !== 1) return block
    count++
    const title = block.runs.map((run) => ('text' in run ? run.text : '')).join('').replace(/^[一二三四五六七八九十]+、/, '')
    return heading(1, block.id, `${'零一二三四五六七八九十'[count]}、${title}`)
  })
}
