import { rowSet, type IndicatorDefinition } from '../definition.ts'

/**
 * Indicators no register or journey can count yet. They stay in every list with an empty value and the reason,
 * so that nobody takes a missing figure for a zero.
 */
const unmeasured = (id: IndicatorDefinition['id'], missing: string): IndicatorDefinition => ({
  id,
  version: '0',
  text: `尚不能由系统计数：${missing}`,
  formula: '—',
  combine: { kind: 'sum' },
  source: '各市方案',
  collect: async ({ snapshot }) => rowSet([], { obstacle: snapshot.indicator.definition.status === 'open' ? `口径未定：${snapshot.indicator.definition.text}` : `尚无登记：${missing}` }),
})

export const unmeasuredDefinitions: readonly IndicatorDefinition[] = [
  unmeasured('nev.replacement-measures', '新能源替代措施的实施情况没有登记'),
  unmeasured('joint-delivery.share', '商贸流通企业的配送数据没有报送'),
  unmeasured('cost.per-tonne-km', '重点企业的成本数据没有报送'),
  unmeasured('utilisation.undefined', '利用效率的口径没有确定'),
  unmeasured('energy.per-turnover', '重点企业的能耗和周转量数据没有报送'),
  unmeasured('energy.fuel-per-100-tonne-km', '重点企业的燃料消耗和周转量数据没有报送'),
]
