import { declareProblems, type Problem } from './problems.ts'

const problem = declareProblems('identifiers', {
  'vin-malformed': { message: '车辆识别代号“{value}”不合规则', cause: '{reason}', action: '请按行驶证或车辆铭牌填写 17 位代号' },
  'vin-check-digit-wrong': { message: '车辆识别代号“{value}”校验位不符', cause: '第 9 位为“{found}”，按 GB 16735 应为“{expected}”，可能有一位抄错', action: '请对照行驶证逐位核对' },
})

const signs = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ'
/** Value of each sign (GB 16735-2019 annex; the same as ISO 3779 / 49 CFR 565). */
const values: Readonly<Record<string, number>> = Object.fromEntries(
  [...'0123456789'].map((digit, value) => [digit, value] as const).concat([...'ABCDEFGH'].map((letter, at) => [letter, at + 1] as const), [...'JKLMN'].map((letter, at) => [letter, at + 1] as const), [['P', 7], ['R', 9]], [...'STUVWXYZ'].map((letter, at) => [letter, at + 2] as const)),
)
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

export const normaliseVin = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')

/** The check digit a 17-sign VIN must carry in the 9th place: `0`–`9` or `X`. */
export function vinCheckDigit(vin: string): string {
  const sum = [...vin].reduce((total, sign, at) => total + (values[sign] ?? 0) * weights[at]!, 0)
  return sum % 11 === 10 ? 'X' : String(sum % 11)
}

/**
 * Checks a VIN: `vin-malformed` when it cannot be one, `vin-check-digit-wrong` when only the check digit is off.
 * The second is a code of its own because electric tricycles often carry numbers without a check digit.
 */
export function checkVin(input: string): Problem | undefined {
  const vin = normaliseVin(input)
  if (vin.length !== 17) return problem('vin-malformed', { value: input, reason: `共 ${vin.length} 位，应为 17 位` })
  const wrong = [...vin].find((sign) => !signs.includes(sign))
  if (wrong !== undefined) return problem('vin-malformed', { value: input, reason: /[IOQ]/.test(wrong) ? `含字母 ${wrong}；I、O、Q 不使用，请核对是否为 1、0` : `含不允许的字符“${wrong}”` })
  const expected = vinCheckDigit(vin)
  return vin[8] === expected ? undefined : problem('vin-check-digit-wrong', { value: input, found: vin[8], expected })
}
