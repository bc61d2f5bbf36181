import { declareProblems } from '../../base/problems.ts'

/** What a planning problem can have wrong with it; details name the pointer and the value. */
export const planningProblem = declareProblems('planning', {
  'plan-file-unreadable': { message: '无法读取问题文件 {file}', cause: '{reason}', action: '请检查文件路径与内容' },
  'plan-format-unknown': { message: '不认识的问题格式“{value}”', cause: '支持 {known}', action: '请用 --format 指明格式' },
  'plan-syntax': { message: '问题文件第 {line} 行有误：{value}', cause: '{reason}', action: '请按该格式的说明修正这一行' },
  'plan-field-invalid': { message: '字段 {pointer} 不合要求：{reason}', cause: '取值 {value} 不在允许范围内', action: '请对照 docs/planner/json.md 修正该字段' },
  'feature-unsupported': { message: '字段 {pointer} 要求的功能尚不支持：{feature}', cause: '求解器不认识这项约束，忽略它会得出违规的计划', action: '请去掉该字段，或等待支持该功能的版本' },
  'plan-reference-unknown': { message: '{pointer} 引用的“{value}”不存在', cause: '问题中没有这个标识', action: '请补充定义或改正引用' },
  'identifier-duplicate': { message: '{pointer} 的标识“{value}”重复', cause: '同类对象的标识必须唯一', action: '请改用不同的标识' },
  'matrix-size-wrong': { message: '行驶矩阵 {pointer} 应为 {expected}×{expected}，实为 {actual}', cause: '矩阵的行列必须与地点一一对应', action: '请重新生成矩阵' },
  'number-not-finite': { message: '{pointer} 不是有限的非负数：{value}', cause: '距离、时长、需求必须是有限的非负数', action: '请修正该数值' },
  'window-impossible': { message: '{pointer} 的时间窗 [{from}, {to}] 不可能满足', cause: '结束早于开始', action: '请修正时间窗' },
  'steps-not-ascending': { message: '{pointer} 的取值 {value} 没有大于前一项 {before}', cause: '分段必须按先后严格递增，否则同一时刻有两个取值', action: '请按升序排列并去掉重复' },
  'load-size-wrong': { message: '{pointer} 有 {actual} 个分量，应为 {expected} 个', cause: '所有载重向量的维度必须相同：lvpei 由 loads 给出，VROOM 由文件中第一个数组给出', action: '请补齐或去掉多余分量' },
  'problem-too-large': { message: '问题规模过大：{pointer} 有 {stops} 项，上限 {limit}', cause: '行驶矩阵随停靠点数平方增长，每种车辆对每个订单各有一行', action: '请按区域或班次拆分问题；相同车辆请合并为一种并给出 count' },
  'place-without-position': { message: '地点“{value}”缺少坐标', cause: '按坐标计算行驶需要 x、y 或 lon、lat', action: '请补充坐标或改用矩阵' },
  'frozen-impossible': { message: '给定路线第 {route} 条的冻结停靠点无法执行：{value}', cause: '冻结部分违反车辆能力、容量、时间窗、班次或数量限制', action: '请减少 frozenStops，或放宽该停靠点的约束' },
  'plan-check-failed': { message: '独立校验未通过：{reason}', cause: '求解器给出的计划违反约束，这是程序错误', action: '请保存问题文件并报告' },
})
