import { nodeFunctions, nodeRegister, nodeStatuses, type DeliveryNode } from '../../city/places/index.ts'
import { inArea, inForce, inStatus } from '../checks.ts'
import { entityRows, rowSet, type Check, type IndicatorDefinition, type MeasureInput } from '../definition.ts'

type NodeFunction = keyof typeof nodeFunctions
type Tier = DeliveryNode['tier']

/** Words of the plans for the functions of the node register. A word without a counterpart hinders the measurement. */
const functionByWord: Readonly<Record<string, NodeFunction>> = {
  ...Object.fromEntries(Object.entries(nodeFunctions).map(([code, title]) => [title, code as NodeFunction])),
  统一存储: 'storage', 集中分拣: 'sorting', 共同配送: 'delivery', 信息: 'information', 中转: 'transfer',
}

const asked = ({ snapshot }: MeasureInput): readonly string[] => snapshot.indicator.variant?.requiredFunctions ?? []

const hasFunctions: Check<DeliveryNode> = ({ functions }, input) => {
  const missing = asked(input).filter((word) => !(functions as readonly string[] | undefined)?.includes(functionByWord[word] ?? ''))
  return missing.length > 0 && `${functions === undefined ? '未登记功能，缺' : '缺少功能：'}${missing.join('、')}`
}

const inOperation = inStatus<DeliveryNode>(nodeStatuses, { good: ['in-operation'], over: 'closed' }, ({ status, closedOn }) => ({ status, end: closedOn }))

/** Nodes of a tier in operation at the period's end, with the functions the city's plan asks for. */
export const nodeDefinition = (id: IndicatorDefinition['id'], tier: Tier, word: string): IndicatorDefinition => ({
  id,
  version: '2',
  text: `期末处于运营状态的${word}个数；方案列明功能的，须具备全部所列功能；节点按登记的层级归类`,
  formula: '符合条件的节点个数',
  combine: { kind: 'sum' },
  source: '各市方案节点条款；交通运输部口径：投入运营',
  async collect(input) {
    const nodes = await input.sources.entities(nodeRegister)
    const unknown = asked(input).filter((each) => functionByWord[each] === undefined)
    const rows = entityRows(nodes, input, {
      isSubject: (node) => node.tier === tier,
      leaveOut: [inOperation, inForce<DeliveryNode>({ begin: '投入运营', end: '停用' }, (node) => node.inOperationSince, (node) => node.closedOn), inArea<DeliveryNode>((node) => node.inCentre), hasFunctions],
      numerator: () => 1,
      name: (node) => node.name,
      day: (node) => node.inOperationSince,
    })
    return rowSet(rows, { obstacle: unknown.length > 0 ? `节点登记中没有“${unknown.join('、')}”这项功能，无法核对` : null })
  },
})
