type Path = readonly (string | number)[]

/** Members of a rule set as an officer calls them; the same words as the desk's table and forms. */
const memberNames: Readonly<Record<string, string>> = {
  rules: '规则', zones: '区域', notices: '依据文件', passes: '通行证', periods: '时段', vehicleClasses: '车辆类别', openQuestions: '待明确事项',
  code: '代码', title: '名称', cityCode: '城市代码', status: '性质', source: '来源', calendar: '工作日历', effectiveFrom: '生效时间', effectiveTo: '失效时间',
  number: '文号', authority: '发布机关', facts: '车辆情况', spans: '时间', geometry: '边界', type: '类型', coordinates: '坐标', reachMetres: '道路两侧宽度', roads: '道路', name: '名称', line: '走向',
  times: '时间', days: '日期类型', weekdays: '星期', months: '月份', from: '起', to: '止', vehicles: '适用车辆', exceptions: '例外车辆', effect: '效力', limit: '限制内容', priority: '优先级', notice: '依据', clause: '条款', text: '条文',
  examples: '样例', vehicle: '车辆', at: '时刻', zone: '区域', point: '点', lon: '经度', lat: '纬度', expect: '预期', allowed: '能否驶入', rule: '由哪条决定',
  category: '类别', energy: '能源', body: '车身', plateColour: '号牌颜色', purpose: '用途', enterpriseStatus: '企业身份', plates: '点名号牌', plate: '号牌', unifiedMark: '统一标识', grossMassKg: '总质量', grossMassKgOver: '总质量大于', grossMassKgUpTo: '总质量不大于',
}

/** What the numbers under a border count, from the innermost out. */
const positionLevels = ['点', '圈', '块'] as const

/** Where something stands in a rule set, in words a person can find it by: `规则第 3 项“夜间装卸”的样例第 1 项“午夜”的时刻`. */
export function describePlace(ruleSet: unknown, path: Path): string {
  const words: string[] = []
  let value = ruleSet
  for (let at = 0; at < path.length; at++) {
    const step = path[at]!
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined
    if (typeof step === 'number') words[words.length - 1] += `第 ${step + 1} 项${titleOf(value)}`
    else if (step === 'coordinates') return [...words, `坐标${describePosition(value, path.slice(at + 1))}`].join('的')
    else words.push(memberNames[step] ?? `“${step}”`)
  }
  return words.length === 0 ? '规则集' : words.join('的')
}

function titleOf(value: unknown): string {
  const { title, name } = (typeof value === 'object' && value !== null ? value : {}) as { title?: unknown; name?: unknown }
  const said = title ?? name
  return typeof said === 'string' && said !== '' ? `“${said}”` : ''
}

/** Numbers below `coordinates`: part, ring and point, then longitude or latitude. How deep a geometry goes is seen from itself. */
function describePosition(coordinates: unknown, path: Path): string {
  const deepest = depthOf(coordinates)
  return path.map((step, at) => {
    const level = deepest - at - 2
    return level < 0 ? (step === 0 ? '的经度' : step === 1 ? '的纬度' : '的高程') : `第 ${Number(step) + 1} ${positionLevels[level] ?? '项'}`
  }).join('')
}

/** Levels of lists at the deepest place. */
const depthOf = (value: unknown): number => (Array.isArray(value) ? 1 + value.reduce<number>((deepest, each) => Math.max(deepest, depthOf(each)), 0) : 0)
