import type { ProfileFinding, ProfileRule } from '../rule.ts'
import type { FieldPath } from '../source.ts'

interface Numbered {
  readonly kind: string
  readonly value: string
  readonly path: FieldPath
}

/** Codes, task numbers of one numbering and the names of units occur once. */
export const uniqueNumbers: ProfileRule = (profile) => [
  ...repeated(profile.units.map((each, index) => ({ kind: '单位代码', value: each.code, path: ['units', index, 'code'] }))),
  ...repeated(profile.units.flatMap((each, index) => [...new Set([each.name, each.shortName, ...each.aliases])].map((value) => ({ kind: '单位名称', value, path: ['units', index, 'name'] })))),
  ...repeated(profile.indicators.map((each, index) => ({ kind: '指标编号', value: each.code, path: ['indicators', index, 'code'] }))),
  ...repeated(profile.tasks.map((each, index) => ({ kind: '任务编号', value: each.id, path: ['tasks', index, 'id'] }))),
  ...repeated(profile.openQuestions.map((each, index) => ({ kind: '问题编号', value: each.id, path: ['openQuestions', index, 'id'] }))),
  ...profile.numberings.flatMap(({ key, name }) =>
    repeated(profile.tasks.flatMap((task, index) => task.passages.flatMap((passage, at) => (passage.numbering === key ? [{ kind: name, value: passage.number, path: ['tasks', index, 'passages', at, 'number'] }] : [])))),
  ),
]

function repeated(items: readonly Numbered[]): ProfileFinding[] {
  const first = new Map<string, FieldPath>()
  return items.flatMap(({ kind, value, path }) => {
    const firstPath = first.get(value)
    if (!firstPath) first.set(value, path)
    return firstPath ? [{ code: 'number-duplicate' as const, path, firstPath, details: { kind, value } }] : []
  })
}
