import { declareProblems, type Problem } from './problems.ts'

const problem = declareProblems('identifiers', {
  'phone-malformed': { message: '电话号码“{value}”不合规则', cause: '手机号为 11 位；固定电话须带区号', action: '请填写如 13800000000 或 0518-80000000' },
  'terminal-phone-malformed': { message: '终端手机号“{value}”不合规则', cause: 'JT/T 808 终端号为数字：2013 版至多 12 位，2019 版至多 20 位', action: '请按终端安装单填写' },
})

export const normalisePhone = (text: string): string => text.normalize('NFKC').replace(/[\s()]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '')

/** Mobile, land line with area code and optional extension, or a 400/800 number. */
export const checkPhone = (input: string): Problem | undefined =>
  /^(1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?|[48]00-?\d{3}-?\d{4})$/.test(normalisePhone(input)) ? undefined : problem('phone-malformed', { value: input })

/** The number a JT/T 808 terminal reports in every header: BCD[6] (2013) or BCD[10] (2019). */
export const checkTerminalPhone = (input: string): Problem | undefined => (/^\d{1,20}$/.test(input) && !/^0+$/.test(input) ? undefined : problem('terminal-phone-malformed', { value: input }))
