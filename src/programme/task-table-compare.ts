import type { Problem } from '../base/problems.ts'
import { unitName, type Profile, type ProfileIndicator, type ProfileTask } from '../profiles/index.ts'
import { programmeProblem } from './problems.ts'
import type { RecognisedTask, TaskItem } from './task-table-rows.ts'

/** Words without spaces and without punctuation, which differs between two copies of the same table. */
const wordsOf = (text: string) => text.replace(/[\s（）()，,：:；;。“”"、]/g, '')
const digitsOf = (number: string) => /^[（(]?(\d+)[）)]?$/.exec(number)?.[1]

interface Compared {
  readonly sheet: string
  readonly tasks: readonly RecognisedTask[]
}

/** Tasks of a profile by plain number, in the numbering the table's numbers fit best. */
function byNumber(profile: Profile, tasks: readonly RecognisedTask[]): Map<string, ProfileTask> {
  const maps = profile.numberings.map(({ key }) => new Map(profile.tasks.flatMap((task) => task.passages.flatMap((each) => (each.numbering === key && digitsOf(each.number) ? [[digitsOf(each.number)!, task] as const] : [])))))
  const fit = (map: ReadonlyMap<string, ProfileTask>) => tasks.filter((each) => map.has(each.number)).length
  return maps.sort((a, b) => fit(b) - fit(a))[0] ?? new Map()
}

/** Differences between a table and the registered plan, task by task. */
export function compareWithProfile({ sheet, tasks }: Compared, profile: Profile): Problem[] {
  const registered = byNumber(profile, tasks)
  const problems: Problem[] = []
  for (const found of tasks) {
    const task = registered.get(found.number)
    const at = { sheet, row: found.row, number: found.number }
    if (!task) problems.push(programmeProblem('task-unknown', at))
    else problems.push(...compareText(found, task, at), ...compareUnits(found, task, { profile, at }), ...compareYears(found, task, { profile, sheet }))
  }
  for (const [number, task] of registered) {
    if (!tasks.some((each) => each.number === number)) problems.push(programmeProblem('task-absent', { sheet, number, title: task.title }))
  }
  return problems
}

function compareText(found: RecognisedTask, task: ProfileTask, at: object): Problem[] {
  const [mine, ...others] = task.passages.map((each) => each.text)
  if ([mine!, ...others].some((each) => wordsOf(each) === wordsOf(found.text))) return []
  const [a, b] = [wordsOf(mine!), wordsOf(found.text)]
  let same = 0
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++
  const around = (text: string) => text.slice(Math.max(0, same - 8), same + 10)
  return [programmeProblem('task-text-differs', { ...at, found: around(b), expected: around(a) })]
}

function compareUnits(found: RecognisedTask, task: ProfileTask, { profile, at }: { profile: Profile; at: object }): Problem[] {
  if (found.unitsUnread) return []
  const names = (codes: readonly string[]) => codes.map((code) => unitName(profile, code)).join('、')
  return (['lead', 'joint'] as const).flatMap((side) => {
    const [seen, expected] = [found[side], task[side]]
    // An empty or unreadable cell has been reported where it stands.
    if (seen.length === 0 || (seen.length === expected.length && seen.every((code) => expected.includes(code)))) return []
    return [programmeProblem('units-differ', { ...at, role: side === 'lead' ? profile.words.lead : profile.words.joint, found: names(seen), expected: names(expected) })]
  })
}

function compareYears(found: RecognisedTask, task: ProfileTask, { profile, sheet }: { profile: Profile; sheet: string }): Problem[] {
  const planned = profile.indicators.filter((each) => task.targets.includes(each.code) && each.yearly !== null)
  return planned.flatMap((indicator) => {
    const item = itemOf(found.items, indicator, planned.length === 1)
    if (!item) return [programmeProblem('yearly-item-absent', { sheet, row: found.row, number: found.number, item: wordingIn(task, indicator) })]
    return indicator.yearly!.values.flatMap(({ year, value, text }) => {
      const cell = item.values.find((each) => each.year === year)
      // An empty cell has been reported where it stands.
      if (!cell || cell.text === '' || cell.value === value) return []
      return [programmeProblem('yearly-differs', { sheet, row: item.row, item: item.label || indicator.name, year, found: cell.text, expected: text })]
    })
  })
}

/** How the task's own passage words an indicator; its name where it does not. */
const wordingIn = (task: ProfileTask, { quotes, name }: ProfileIndicator): string => quotes.find((quote) => task.passages.some((each) => each.clause === quote.clause))?.text ?? name

/** The part of a task that carries an indicator: by the words the plan quotes, or the only one there is. */
const itemOf = (items: readonly TaskItem[], { quotes, name }: ProfileIndicator, isOnly: boolean): TaskItem | undefined =>
  items.find((each) => each.label !== '' && (quotes.some((quote) => wordsOf(quote.text) === wordsOf(each.label)) || wordsOf(each.label) === wordsOf(name))) ??
  (isOnly ? items.find((each) => each.values.some((cell) => cell.value !== null)) : undefined)
