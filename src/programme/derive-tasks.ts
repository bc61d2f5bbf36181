import { addDays, dayOf } from '../base/time.ts'
import { occurrencesOf, unitName, type Deadline, type Occurrence, type Profile, type ProfileTask } from '../profiles/index.ts'
import { askedQuestions, type AskedQuestion, type TargetRow } from './derive-targets.ts'
import type { Pace } from './derive-pace.ts'

/**
 * `done` all its targets are met · `due` its occasion has begun · `upcoming` a later one is dated · `past` its last date has passed ·
 * `ongoing` without end · `undated` the plan names no time.
 */
export const taskStates = ['done', 'due', 'upcoming', 'past', 'ongoing', 'undated'] as const
export type TaskState = (typeof taskStates)[number]

export const taskStateNames: Readonly<Record<TaskState, string>> = { done: '目标已达到', due: '当期应办', upcoming: '未到期', past: '期限已过', ongoing: '持续推进', undated: '未定时限' }

export interface TaskRow {
  readonly id: string
  /** every number the document gives it, by numbering */
  readonly numbers: readonly { numbering: string; number: string; clause: string }[]
  readonly title: string
  readonly text: string
  readonly group: ProfileTask['group']
  readonly lead: readonly { code: string; name: string }[]
  readonly joint: readonly { code: string; name: string }[]
  readonly assignment: ProfileTask['assignment']
  readonly deadline: Deadline
  readonly nextOccurrence: Occurrence | null
  readonly state: TaskState
  readonly targets: readonly { code: string; name: string; targetText: string; actualText: string | null; pace: Pace; valueId: string | null }[]
  readonly openQuestions: readonly AskedQuestion[]
  readonly note: string | null
}

/** The task table of a profile as it stands at an instant. */
export function deriveTasks(profile: Profile, targets: readonly TargetRow[], asOf: number): TaskRow[] {
  const today = dayOf(asOf)
  return profile.tasks.map((task) => {
    const own = targets.filter((each) => task.targets.includes(each.code))
    const nextOccurrence = nextOf(task.deadline, profile, today)
    const named = (codes: readonly string[]) => codes.map((code) => ({ code, name: unitName(profile, code) }))
    return {
      id: task.id,
      numbers: task.passages.map(({ numbering, number, clause }) => ({ numbering, number, clause })),
      title: task.title,
      text: task.passages[0]!.text,
      group: task.group,
      lead: named(task.lead),
      joint: named(task.joint),
      assignment: task.assignment,
      deadline: task.deadline,
      nextOccurrence,
      state: stateOf(task.deadline, nextOccurrence, { today, allMet: own.length > 0 && own.every((each) => each.met === true) }),
      targets: own.map(({ code, name, targetText, actualText, pace, valueId }) => ({ code, name, targetText, actualText, pace, valueId })),
      openQuestions: askedQuestions(profile, task.openQuestions),
      note: task.note ?? null,
    }
  })
}

/** The first occasion not yet over on a day; recurring ones are looked for two years ahead where the plan's end is open. */
export function nextOf(deadline: Deadline, profile: Pick<Profile, 'period'>, today: string): Occurrence | null {
  const { from, to } = profile.period
  const window = { from: today, to: addDays(today, 2 * 366) }
  return occurrencesOf(deadline, { from, to }, from ? undefined : window).find((each) => each.dueBefore > today) ?? null
}

function stateOf(deadline: Deadline, next: Occurrence | null, { today, allMet }: { today: string; allMet: boolean }): TaskState {
  if (deadline.kind === 'ongoing' || deadline.kind === 'undated') return deadline.kind
  if (allMet && deadline.kind !== 'recurring') return 'done'
  if (!next) return 'past'
  return next.opens !== null && next.opens <= today ? 'due' : 'upcoming'
}
