import { declareProblems, type Problem } from './problems.ts'

const problem = declareProblems('identifiers', {
  'uscc-malformed': { message: '统一社会信用代码“{value}”不合规则', cause: '{reason}', action: '请按营业执照填写 18 位代码' },
  'uscc-check-digit-wrong': { message: '统一社会信用代码“{value}”校验位不符', cause: '末位为“{found}”，按 GB 32100 应为“{expected}”，可能有一位抄错', action: '请对照营业执照逐位核对' },
})

/** The 31 signs of GB 32100-2015: no I, O, S, V, Z. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'

export const normaliseUscc = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')

/** Check sign of the first 17 signs (GB 32100-2015, 4.6): weights are 3^i mod 31. */
export function usccCheckDigit(first17: string): string {
  let weight = 1
  let sum = 0
  for (const sign of first17) {
    sum += signs.indexOf(sign) * weight
    weight = (weight * 3) % 31
  }
  return signs[(31 - (sum % 31)) % 31]!
}

/** Checks a 统一社会信用代码: length, signs, division part, check sign. */
export function checkUscc(input: string): Problem | undefined {
  const uscc = normaliseUscc(input)
  if (uscc.length !== 18) return problem('uscc-malformed', { value: input, reason: `共 ${uscc.length} 位，应为 18 位` })
  const wrong = [...uscc].find((sign) => !signs.includes(sign))
  if (wrong !== undefined) return problem('uscc-malformed', { value: input, reason: `含不允许的字符“${wrong}”（不使用 I、O、S、V、Z）` })
  if (!/^..\d{6}/.test(uscc)) return problem('uscc-malformed', { value: input, reason: '第 3–8 位应为登记机关行政区划代码（数字）' })
  const expected = usccCheckDigit(uscc.slice(0, 17))
  return uscc[17] === expected ? undefined : problem('uscc-check-digit-wrong', { value: input, found: uscc[17], expected })
}
