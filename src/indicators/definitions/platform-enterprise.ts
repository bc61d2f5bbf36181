import { enterpriseRegister, type Enterprise } from '../../city/enterprises/index.ts'
import { inForce } from '../checks.ts'
import { entityRows, rowSet, type Check, type IndicatorDefinition } from '../definition.ts'

const takesPart: Check<Enterprise> = ({ status }) => status === 'withdrawn' && '企业已退出'

export const platformEnterprise: IndicatorDefinition = {
  id: 'platform.enterprise',
  version: '2',
  text: '期末建有信息化平台的配送企业数',
  formula: '建有平台的企业家数',
  combine: { kind: 'sum' },
  source: '连云港市方案三（四）9；洛阳市附件2第24行',
  async collect(input) {
    const enterprises = await input.sources.entities(enterpriseRegister)
    const undated = ({ platformBuiltOn }: Enterprise) => platformBuiltOn === undefined && '未登记平台建成日期'
    const built = inForce<Enterprise>({ begin: '建成平台', end: '停用平台' }, ({ platformBuiltOn }) => platformBuiltOn, () => undefined)
    return rowSet(entityRows(enterprises, input, { isSubject: ({ hasPlatform }) => hasPlatform === true, leaveOut: [takesPart, undated, built], numerator: () => 1, name: ({ name }) => name, day: ({ platformBuiltOn }) => platformBuiltOn }))
  },
}
