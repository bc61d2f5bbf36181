import { enterpriseRegister } from '../../city/enterprises/index.ts'
import { entityRows, rowSet, type IndicatorDefinition } from '../definition.ts'

export const platformPilotEnterprisesShare: IndicatorDefinition = {
  id: 'platform.pilot-enterprises-share',
  version: '1',
  text: '期末建有信息化平台并已接入城市公共平台（数据互通）的试点企业占全部试点企业的比例',
  formula: '建成并接入平台的试点企业家数 ÷ 试点企业家数 × 100%',
  combine: { kind: 'ratio', scale: 100 },
  source: '临淄区方案二（四）2',
  async collect(input) {
    const { to } = input.window
    const enterprises = await input.sources.entities(enterpriseRegister)
    return rowSet(entityRows(enterprises, input, {
      isSubject: ({ status }) => status === 'pilot',
      leaveOut: [({ statusSince }) => statusSince !== undefined && statusSince >= to && `期末之后才成为试点企业（${statusSince}）`],
      numerator: ({ hasPlatform, platformConnectedOn }) => (hasPlatform === true && platformConnectedOn !== undefined && platformConnectedOn < to ? 1 : 0),
      denominator: () => 1,
      name: ({ name }) => name,
      day: ({ platformConnectedOn }) => platformConnectedOn,
    }), { assumptions: ['“数据互通”按已登记平台接入日期认定'] })
  },
}
