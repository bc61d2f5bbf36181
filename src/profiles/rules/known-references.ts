import { suggest } from '../explain-issue.ts'
import type { ProfileFinding, ProfileRule } from '../rule.ts'
import type { FieldPath } from '../source.ts'

/** Targets, open questions and numberings that are referred to exist. */
export const knownReferences: ProfileRule = (profile) => {
  const indicators = new Set(profile.indicators.map((each) => each.code))
  const tasks = new Set(profile.tasks.map((each) => each.id))
  const questions = new Set(profile.openQuestions.map((each) => each.id))
  const numberings = new Set(profile.numberings.map((each) => each.key))
  const check = (kind: string, known: ReadonlySet<string>, values: readonly string[], path: FieldPath): ProfileFinding[] =>
    values.flatMap((value, index) => (known.has(value) ? [] : [{ code: 'reference-unknown' as const, path: [...path, index], details: { kind, value, suggestion: suggest(value, known) } }]))
  const asked = (values: readonly string[], path: FieldPath) => check('待明确问题', questions, values, path)
  return [
    ...asked(profile.period.openQuestions, ['period', 'openQuestions']),
    ...asked(profile.governance.leadingGroup?.openQuestions ?? [], ['governance', 'leadingGroup', 'openQuestions']),
    ...profile.governance.measures.flatMap((each, index) => asked(each.openQuestions, ['governance', 'measures', index, 'openQuestions'])),
    ...profile.indicators.flatMap((each, index) => [
      ...asked(each.openQuestions, ['indicators', index, 'openQuestions']),
      ...asked(each.baseline?.openQuestion ? [each.baseline.openQuestion] : [], ['indicators', index, 'baseline', 'openQuestion']),
      ...check('指标', indicators, each.composedOf ?? [], ['indicators', index, 'composedOf']),
    ]),
    ...profile.tasks.flatMap((each, index) => [
      ...asked(each.openQuestions, ['tasks', index, 'openQuestions']),
      ...check('指标', indicators, each.targets, ['tasks', index, 'targets']),
      ...each.passages.flatMap((passage, at) => check('任务编号体系', numberings, [passage.numbering], ['tasks', index, 'passages', at, 'numbering'])),
    ]),
    ...profile.openQuestions.flatMap((each, index) => check('指标和任务', new Set([...indicators, ...tasks]), each.about, ['openQuestions', index, 'about'])),
  ]
}
