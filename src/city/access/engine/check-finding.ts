import { declareProblems, type Problem } from '../../../base/problems.ts'

/** error: cannot be published; warning: should be looked at; note: good to know. */
export type CheckSeverity = 'error' | 'warning' | 'note'

export interface CheckFinding {
  readonly severity: CheckSeverity
  /** where it stands in the rule set */
  readonly path: readonly (string | number)[]
  readonly problem: Problem
}

export const accessProblem = declareProblems('access', {
  'access-shape-invalid': { message: '{place}不合要求：{reason}', cause: '字段缺失、类型不符、取值不对或有多余字段', action: '请按规则集格式修改' },
  'access-code-repeated': { message: '{what}的代码“{value}”重复', cause: '同一规则集中，{what}的代码须各不相同', action: '请换一个代码' },
  'access-reference-unknown': { message: '规则“{rule}”引用的{what}“{value}”不存在', cause: '规则集中没有这个代码', action: '请先定义，或改正引用' },
  'access-zone-without-geometry': { message: '区域“{zone}”没有坐标', cause: '来源只写了名称，没有边界坐标', action: '请补充边界坐标后再发布' },
  'access-ring-unclosed': { message: '区域“{zone}”的边界没有闭合', cause: '首点 {first} 与末点 {last} 不同，可能粘贴不完整', action: '请核对坐标，使末点与首点相同' },
  'access-ring-too-short': { message: '区域“{zone}”的边界只有 {count} 个不同的点', cause: '围成区域至少要三个不在一条直线上的点', action: '请补全边界' },
  'access-ring-crosses-itself': { message: '区域“{zone}”的边界自相交', cause: '在 {at} 附近两段边界相交', action: '请调整该处各点的顺序或位置' },
  'access-hole-outside': { message: '区域“{zone}”的挖空部分不在区域内', cause: '挖空的边界有点落在外边界之外', action: '请检查挖空部分，或作为单独的区域' },
  'access-hole-in-hole': { message: '区域“{zone}”的一个挖空部分在另一个挖空部分之内', cause: '在 {at} 附近，挖空之中又挖空，分不清内外', action: '请删除里面的一个；若挖空之中另有管制区域，请作为单独的区域' },
  'access-parts-overlap': { message: '区域“{zone}”的两个部分重叠', cause: '在 {at} 附近相交', action: '请合并两部分，或消除重叠' },
  'access-ring-clockwise': { message: '区域“{zone}”的边界方向已改正', cause: '外边界应为逆时针、挖空应为顺时针（RFC 7946）', action: '无须处理；保存后方向即为正确' },
  'access-antimeridian': { message: '区域“{zone}”跨越 180° 经线', cause: '相邻两点经度相差 {span}°', action: '请核对坐标；本市区域不会跨越该经线' },
  'access-position-invalid': { message: '区域“{zone}”的坐标 {at} 不合规则', cause: '{reason}', action: '请改为 WGS-84 十进制度数，经度在前' },
  'access-position-far': { message: '区域“{zone}”离本市已知地点 {distanceKm} km', cause: '边界各点与本市道路、节点相距过远', action: '请核对经纬度是否写反、是否为本市区域' },
  'access-looks-gcj02': { message: '区域“{zone}”的坐标像是 GCJ-02，而不是 WGS-84', cause: '与本市道路比较：按 WGS-84 有 {asWgsPercent}% 的边界沿道路，去掉 GCJ-02 偏移（约 {shiftMetres} 米）后有 {asGcjPercent}%', action: '请换算为 WGS-84 后再粘贴' },
  'access-geometry-too-large': { message: '区域的坐标点共 {count} 个，超过上限 {limit}', cause: '边界过于细密，或粘贴了整个图层', action: '请简化边界后再保存' },
  'access-time-start-24': { message: '{whose}的时段从 24:00 开始', cause: '24:00 只能作结束时间', action: '请改为次日 00:00' },
  'access-time-empty': { message: '{whose}的时段起止相同（{from}）', cause: '起止相同既可理解为全天也可理解为没有时间', action: '全天请写 00:00 至 24:00' },
  'access-time-over-midnight': { message: '{whose}的时段 {from}—{to} 跨零点', cause: '按开始那一天的日期类型判断，次日凌晨属于前一天', action: '请确认这是本意' },
  'access-time-to-midnight': { message: '{whose}的时段止于 00:00', cause: '按 24:00 理解', action: '建议写作 24:00' },
  'access-times-missing': { message: '规则“{rule}”没有时段', cause: '既没有写时段，也没有引用时段名称', action: '全天请写 00:00 至 24:00' },
  'access-period-unset': { message: '时段“{period}”没有具体时间', cause: '来源使用了这一说法而没有写明几点到几点', action: '请补充具体时间后再发布' },
  'access-dates-reversed': { message: '规则“{rule}”的失效时间不晚于生效时间', cause: '生效 {from}，失效 {to}', action: '请改正日期' },
  'access-rule-past': { message: '规则“{rule}”已于 {to} 失效', cause: '失效时间早于现在', action: '请删除该规则，或改正失效时间' },
  'access-effective-past': { message: '生效时间 {from} 早于现在', cause: '规则不能追溯既往', action: '请把生效时间改为现在以后' },
  'access-passes-missing': { message: '规则“{rule}”凭证通行，却没有写明凭哪种通行证', cause: '通行证一项为空', action: '请写明通行证种类' },
  'access-limit-missing': { message: '规则“{rule}”限制通行，却没有写明限制内容', cause: '限制内容一项为空', action: '请写明限制内容' },
  'access-conflict': { message: '规则“{first}”与“{second}”冲突', cause: '同为优先级 {priority}，在{place}、{time}对同一车辆（{vehicle}）一个{firstEffect}、一个{secondEffect}', action: '请调整优先级、时段、区域或车辆范围' },
  'access-gap': { message: '区域“{zone}”对{vehicle}在{days} {hours} 没有规定', cause: '没有规则适用，按允许通行处理', action: '如非本意，请补充规则' },
  'access-examples-missing': { message: '规则“{rule}”没有样例', cause: '每条规则至少要有一个样例，样例就是它的检验', action: '请补充样例' },
  'access-example-failed': { message: '规则“{rule}”的样例“{example}”不成立', cause: '预期{expected}，结果{found}', action: '请改正规则或样例' },
  'access-example-place': { message: '规则“{rule}”的样例“{example}”没有写明地点', cause: '须写区域代码或坐标之一', action: '请补充地点' },
  'access-calendar-unknown': { message: '没有工作日历“{calendar}”', cause: '规则集引用了它', action: '请改用已有的日历' },
  'access-calendar-ending': { message: '工作日历“{calendar}”只到 {to}', cause: '以后的法定节假日和调休上班日尚未录入，将只按星期判断', action: '国务院办公厅公布下一年安排后请补充日历' },
})
