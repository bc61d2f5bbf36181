import { z } from 'zod'
import { dayKindNames } from './calendar.ts'
import { effectNames } from './rule-set.ts'

type Issue = z.core.$ZodIssue

const kinds: Readonly<Record<string, string>> = { string: '文字', number: '数', int: '整数', boolean: '是或否', array: '列表', object: '对象' }
/** Values a rule set chooses from, with what they mean. */
const valueNames: Readonly<Record<string, string>> = Object.fromEntries([...Object.entries(effectNames), ...Object.entries(dayKindNames)].map(([code, name]) => [code, `${code}（${name}）`]))
const inChinese = z.locales.zhCN().localeError

/** Why a value has not the shape of a rule set, in words an officer can act on. */
export function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'too_small': return issue.origin === 'array' ? `至少要有 ${String(issue.minimum)} 项` : issue.origin === 'string' ? '不能为空' : `不能小于 ${String(issue.minimum)}`
    case 'too_big': return issue.origin === 'array' ? `至多 ${String(issue.maximum)} 项` : `不能大于 ${String(issue.maximum)}`
    case 'invalid_type': return describeType(issue)
    case 'invalid_value': return `应为 ${issue.values.map((each) => valueNames[String(each)] ?? String(each)).join('、')} 之一`
    case 'unrecognized_keys': return `多余的字段 ${issue.keys.join('、')}`
    case 'invalid_format': return '写法不合规定'
    case 'invalid_union': return issue.path.at(-1) === 'type' && issue.path.includes('geometry') ? '几何类型须为 Polygon、MultiPolygon 或 RoadList；若是要素（Feature）或要素集（FeatureCollection），请取其中的 geometry' : '不是所允许的几种写法之一'
    case 'custom': return issue.message
    default: {
      const said = inChinese(issue as Parameters<typeof inChinese>[0])
      return typeof said === 'string' ? said : (said?.message ?? issue.message)
    }
  }
}

/** What zod received stands at the end of its message only. */
function describeType({ expected, message }: z.core.$ZodIssueInvalidType): string {
  if (/(Infinity|NaN)$/.test(message)) return '不是有限的数'
  const kind = kinds[expected] ?? expected
  return message.endsWith('undefined') ? `缺少这一项（${kind}）` : `应为${kind}`
}

/** Whether a value is nested deeper than any rule set. Walks without recursion. */
export function isTooDeep(value: unknown, limit = 32): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}
