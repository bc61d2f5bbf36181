import type { Profile, ProfileIndicator } from '../profiles/index.ts'
import type { TargetRow } from './derive-targets.ts'
import type { Block, Run } from './document-model.ts'
import { figureWording } from './figure-wording.ts'

/** Small builders for the parts of a bulletin. */
export const words = (text: string): Run => ({ text })
export const heading = (level: 1 | 2 | 3, id: string, text: string): Block => ({ kind: 'heading', level, id, runs: [words(text)] })
export const paragraph = (id: string, ...runs: Run[]): Block => ({ kind: 'paragraph', id, runs: joinText(runs) })

/** The measured number of a target, bound to its value; words where there is none. */
export function figureOf(profile: Profile, row: TargetRow): Run {
  const indicator = profile.indicators.find((each) => each.code === row.code)
  if (!indicator || row.actual === null || row.valueId === null) return words('暂无数据')
  return { figure: { valueId: row.valueId, indicatorCode: row.code, ...figureWording(indicator satisfies ProfileIndicator, row.actual) } }
}

/** Neighbouring texts become one, so that an editor sees whole stretches. */
function joinText(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (last && 'text' in last && 'text' in run) joined[joined.length - 1] = words(last.text + run.text)
    else if (!('text' in run) || run.text !== '') joined.push(run)
  }
  return joined
}

/** Chinese ordinals for headings: 一 … 十九. */
export const ordinal = (n: number): string => {
  const digits = '零一二三四五六七八九十'
  return n <= 10 ? digits[n]! : `十${digits[n - 10]!}`
}
