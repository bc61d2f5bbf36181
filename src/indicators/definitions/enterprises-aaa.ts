import { addDays } from '../../base/time.ts'
import { enterpriseGrades, enterpriseKinds, enterpriseRegister, type Enterprise } from '../../city/enterprises/index.ts'
import { entityRows, rowSet, type Check, type IndicatorDefinition } from '../definition.ts'

const delivers: Check<Enterprise> = ({ kind }) => (kind === 'charging-operator' ? `“${enterpriseKinds[kind]}”不是配送企业` : null)
const takesPart: Check<Enterprise> = ({ status }) => status === 'withdrawn' && '企业已退出'
const highEnough: Check<Enterprise> = ({ aLevel }) => (aLevel === 'A' || aLevel === 'AA') && `等级为${enterpriseGrades[aLevel]}，低于AAA级`

/** A certificate is valid to the end of its last day; the period's last day is the day before its exclusive end. */
const valid: Check<Enterprise> = ({ aLevelSince, aLevelValidUntil }, { window }) => {
  if (aLevelSince === undefined) return '未登记等级取得日期'
  if (aLevelSince >= window.to) return `期末之后才取得（${aLevelSince}）`
  if (aLevelValidUntil === undefined) return '未登记等级有效期'
  return addDays(aLevelValidUntil, 1) < window.to && `期末等级已过有效期（${aLevelValidUntil}）`
}

export const enterprisesAaa: IndicatorDefinition = {
  id: 'enterprises.aaa',
  version: '2',
  text: '期末已取得等级且在有效期内的AAA级（含）以上配送企业家数（GB/T 19680，中国物流与采购联合会评定）',
  formula: '等级有效的AAA级以上配送企业家数',
  combine: { kind: 'sum' },
  source: '连云港市方案附件（16）；盘锦市方案表1第14行；临淄区方案；洛阳市附件2第25行',
  async collect(input) {
    const enterprises = await input.sources.entities(enterpriseRegister)
    return rowSet(entityRows(enterprises, input, {
      isSubject: ({ aLevel }) => aLevel !== undefined, leaveOut: [takesPart, delivers, highEnough, valid], numerator: () => 1, name: ({ name }) => name, day: ({ aLevelSince }) => aLevelSince,
    }))
  },
}
