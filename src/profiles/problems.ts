import { declareProblems } from '../base/problems.ts'

const followDocument = '请对照方案原文修改这一处'

/** Everything that can be wrong with a profile; each carries file, line, column and pointer. */
export const profileProblem = declareProblems('profiles', {
  'profile-not-found': { message: '目录 {directory} 中没有城市方案文件', cause: '目录不存在，或其中没有 .jsonc 文件', action: '请检查目录名，方案文件应放在 cities/城市名/ 下' },
  'profile-syntax': { message: '文件格式有误：{reason}', cause: 'JSONC 语法错误', action: '请检查这一行附近的逗号、引号和括号' },
  'profile-key-twice': { message: '“{key}”在多个文件中重复给出', cause: '同一部分只能写在一个文件里', action: '请保留一处，删去另一处' },
  'profile-field-missing': { message: '缺少字段“{field}”', cause: '方案格式要求此字段；原文没有写明的应写 null 并登记待明确问题', action: '请补上该字段' },
  'profile-field-unknown': { message: '不认识的字段“{field}”', cause: '方案格式中没有这个字段，可能是拼写错误', action: '请改正字段名或删去' },
  'profile-field-invalid': { message: '字段“{field}”的值不合要求：{reason}', cause: '类型、格式或取值不在允许范围', action: followDocument },
  'comparator-unknown': { message: '比较方式“{value}”不能识别', cause: '比较方式只能是 {allowed}', action: '请改为其中一种；定性要求用 document，建成即可用 presence' },
  'canonical-unknown': { message: '通用指标“{value}”不存在', cause: '各市指标须对应通用指标目录中的一项{suggestion}', action: '请改正编号，或先在目录中增加该指标' },
  'clause-missing': { message: '没有写明出处', cause: '每项指标、任务和引文都要能回到文件条款', action: '请填写条款位置，如“三（一）1”' },
  'months-out-of-range': { message: '月份“{value}”不合要求', cause: '月份应为1至12的整数', action: followDocument },
  'yearly-kind-missing': { message: '年度值没有写明类型', cause: '增量、累计和年末水平的算法不同，不能猜测', action: '请写明 increment、cumulative、level、presence 或 document' },
  'unit-unknown': { message: '单位“{value}”不在单位表中', cause: '单位代码有误，或单位表缺少该单位{suggestion}', action: '请改正代码，或在 units 中登记该单位' },
  'reference-unknown': { message: '引用的“{value}”不存在', cause: '{kind}中没有这一编号{suggestion}', action: '请改正编号' },
  'number-duplicate': { message: '{kind}“{value}”重复', cause: '编号、名称在同一方案内必须唯一（与第 {firstLine} 行重复）', action: '请改正其中一处' },
  'increments-do-not-add-up': { message: '{code} 的年度增量合计 {sum}，与目标 {target} 不符', cause: '类型为增量的年度值之和应等于目标值', action: '请核对各年数值；若为累计数或年末水平，请改年度值类型' },
  'yearly-misses-target': { message: '{code} 的末年值 {last} 未达到目标 {target}', cause: '累计数和年末水平的末年值应达到目标', action: '请核对各年数值和年度值类型' },
  'yearly-decreases': { message: '{code} 的累计值在 {year} 年减少', cause: '累计数不会减少', action: '请核对各年数值；若为当年数，请改年度值类型' },
  'year-outside-period': { message: '{code} 的年度 {year} 不在创建期内', cause: '创建期为 {from} 至 {to}', action: '请核对年度或创建期' },
  'direction-contradicts': { message: '{code} 的比较方式“{comparator}”与方向“{direction}”矛盾', cause: '不低于、大于应为越高越好，不高于、小于应为越低越好', action: '请核对比值的先后次序（车比桩还是桩比车）' },
  'target-missing': { message: '{code} 没有目标值', cause: '比较方式为“{comparator}”时必须有数值', action: followDocument },
  'lead-missing': { message: '任务“{title}”没有牵头单位', cause: '原文未写牵头单位的，应登记待明确问题', action: '请补上牵头单位，或在 openQuestions 中引用相应问题' },
  'deadline-outside-period': { message: '任务“{title}”的期限 {by} 晚于创建期末 {to}', cause: '期限应在创建期内', action: '请核对期限或创建期' },
  'open-without-question': { message: '{code} 的{what}未定，但没有登记待明确问题', cause: '未定的口径和期初值必须作为问题公开，不能留白', action: '请在 openQuestions 中登记并引用' },
  'parent-missing': { message: '区级方案没有写明所属城市', cause: '区级指标要向市级汇总', action: '请填写 parent 的代码和名称' },
  'parent-unexpected': { message: '市级方案不应有上级城市', cause: 'level 为 city 时 parent 应为 null', action: '请把 level 改为 district，或把 parent 改为 null' },
  'made-up-in-real-city': { message: '{code} 的期初值标为虚构', cause: '虚构数据只能用于虚构城市', action: '请换成有来源的数值，或改为 null 并登记问题' },
})
