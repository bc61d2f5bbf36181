import { rowSet, type IndicatorDefinition } from '../definition.ts'

/** A network formula such as 3+8+80 is a name for its parts: there when every part is reached. */
export const networkFormula: IndicatorDefinition = {
  id: 'nodes.network-formula',
  version: '1',
  text: '由所列各项合成，各项均达到目标即为建成（1），否则为未建成（0）',
  formula: '达到目标的项数 = 全部项数',
  combine: { kind: 'all' },
  source: '连云港市方案三（一）1',
  async collect({ parts }) {
    const unclear = parts.filter((part) => part.met === null)
    const rows = parts.map((part) => ({
      kind: 'indicator', id: part.code, versionId: `${part.definition}@${part.definitionVersion}:${part.rowDigest}`, name: part.name, included: true, reason: null,
      numerator: part.met ? 1 : 0, denominator: 1, count: 1, day: null, districtCode: null, enterpriseId: null,
    }))
    return rowSet(rows, { obstacle: unclear.length > 0 ? `${unclear.map((part) => part.code).join('、')} 尚无结论` : null })
  },
}
