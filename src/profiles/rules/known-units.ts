import { suggest } from '../explain-issue.ts'
import type { ProfileFinding, ProfileRule } from '../rule.ts'
import type { FieldPath } from '../source.ts'

/** Every unit that is named somewhere is registered; a slip gets the nearest code as suggestion. */
export const knownUnits: ProfileRule = (profile) => {
  const codes = new Set(profile.units.map((each) => each.code))
  const check = (value: string | null | undefined, path: FieldPath): ProfileFinding[] =>
    value === null || value === undefined || codes.has(value) ? [] : [{ code: 'unit-unknown', path, details: { value, suggestion: suggest(value, codes) } }]
  const checkAll = (values: readonly string[] | undefined, path: FieldPath) => (values ?? []).flatMap((value, index) => check(value, [...path, index]))
  const { leadingGroup, office, calendar } = profile.governance
  return [
    ...profile.tasks.flatMap((task, index) => [...checkAll(task.lead, ['tasks', index, 'lead']), ...checkAll(task.joint, ['tasks', index, 'joint'])]),
    ...profile.units.flatMap((unit, index) => checkAll(unit.members, ['units', index, 'members'])),
    ...(leadingGroup?.seats ?? []).flatMap((seat, index) => check(seat.unit, ['governance', 'leadingGroup', 'seats', index, 'unit'])),
    ...check(office?.unit, ['governance', 'office', 'unit']),
    ...calendar.flatMap((event, index) => checkAll(event.by, ['governance', 'calendar', index, 'by'])),
    ...profile.openQuestions.flatMap((question, index) => check(question.askUnit, ['openQuestions', index, 'askUnit'])),
  ]
}
