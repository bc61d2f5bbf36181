import { declareProblems, type Problem } from './problems.ts'

const problem = declareProblems('identifiers', {
  'division-malformed': { message: '行政区划代码“{value}”不合规则', cause: 'GB/T 2260 代码为六位数字，前两位为省级代码', action: '请填写六位代码或县区全称' },
  'division-unknown': { message: '“{value}”不是本市的县区', cause: '本市方案所列县区中没有它：{known}', action: '请从下拉列表选择县区' },
})

/** First two digits of GB/T 2260 codes. */
const provinces = new Set('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '))

/** Shape of a GB/T 2260 code: six digits beginning with a province; `000000` tails stand for the higher level. */
export const checkDivisionCode = (code: string): Problem | undefined => (/^\d{6}$/.test(code) && provinces.has(code.slice(0, 2)) ? undefined : problem('division-malformed', { value: code }))

export interface Division {
  readonly code: string
  readonly name: string
}

/** The division people mean by a code or a name (suffix 区/县/市 may be missing), among those given; a problem lists what is known. */
export function parseDivision(input: string, known: readonly Division[]): Division | Problem {
  const text = input.normalize('NFKC').replace(/\s/g, '')
  const exact = known.find((each) => each.code === text || each.name === text)
  if (exact) return exact
  const loose = known.filter((each) => each.name.length > 2 && each.name.slice(0, -1) === text)
  if (loose.length === 1) return loose[0]!
  return problem('division-unknown', { value: input, known: known.map((each) => each.name).join('、') })
}
