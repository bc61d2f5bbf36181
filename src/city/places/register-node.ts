import { defineRegister, registerProblem, type DataOf, type FieldProblem } from '../../registers/index.ts'

export const nodeTiers = { hub: '一级：干支衔接型货运枢纽（物流园区）', 'public-dc': '二级：公共配送中心', 'terminal-station': '三级：末端共同配送站' } as const
export const nodeStatuses = { planned: '规划', building: '在建', 'in-operation': '运营', closed: '停用' } as const
/** Functions the plans ask of a node: 仓储、分拨、配载、配送、信息、中转 of a hub, and what the annexes add. */
export const nodeFunctions = { storage: '仓储', sorting: '分拨', 'load-matching': '配载', delivery: '配送', information: '信息服务', transfer: '中转换装', parking: '停车', charging: '充电', stacking: '堆存', 'cold-storage': '冷藏' } as const

const rules = (data: { status?: string; inOperationSince?: string }): FieldProblem[] =>
  data.status === 'in-operation' && !data.inOperationSince ? [{ field: 'inOperationSince', severity: 'warning', problem: registerProblem('field-required', { title: '投入运营日期' }) }] : []

export const nodeRegister = defineRegister({
  code: 'node',
  plural: 'nodes',
  title: '配送节点',
  description: '三级配送节点：货运枢纽、公共配送中心、末端共同配送站',
  naturalKey: ['name'],
  district: 'district',
  owner: 'enterprise',
  readers: 'everybody',
  writers: ['office-clerk', 'liaison'],
  startsWith: 'inOperationSince',
  rules,
  fields: {
    name: { title: '节点名称', type: 'text', required: true, maxLength: 100, searchable: true, listed: true, aliases: ['名称', '项目名称'], hint: '全市不重复的名称' },
    tier: { title: '节点层级', type: 'enum', required: true, values: nodeTiers, synonyms: { 一级: 'hub', 二级: 'public-dc', 三级: 'terminal-station', 一级节点: 'hub', 二级节点: 'public-dc', 三级节点: 'terminal-station', 货运枢纽: 'hub', 物流园区: 'hub', 干支衔接型货运枢纽: 'hub', 公共配送中心: 'public-dc', 末端共同配送站: 'terminal-station', 末端配送站: 'terminal-station' }, listed: true, aliases: ['层级', '类型'], hint: '一级、二级或三级' },
    status: { title: '节点状态', type: 'enum', required: true, values: nodeStatuses, synonyms: { 建设中: 'building', 已建成: 'in-operation', 运营中: 'in-operation', 投入运营: 'in-operation', 关闭: 'closed' }, listed: true, aliases: ['状态'], hint: '只有“运营”的节点计入指标' },
    inOperationSince: { title: '投入运营日期', type: 'date', listed: true, aliases: ['运营日期', '建成日期'], hint: '开始运营的日期' },
    closedOn: { title: '停用日期', type: 'date', hint: '停止运营的日期' },
    functions: { title: '功能', type: 'enum-list', values: nodeFunctions, synonyms: { 信息: 'information', 中转: 'transfer', 存储: 'storage', 分拣: 'sorting' }, hint: '多项之间用顿号隔开' },
    district: { title: '所在县区', type: 'district', required: true, listed: true, aliases: ['县区', '所属县区'], hint: '所在县区' },
    address: { title: '地址', type: 'text', maxLength: 200, searchable: true, hint: '详细地址' },
    point: { title: '位置', type: 'point', hint: '主出入口的经纬度，须注明坐标系' },
    areaM2: { title: '占地面积', type: 'decimal', unit: 'm²', min: 1, max: 10_000_000, hint: '用地或用房面积' },
    enterprise: { title: '运营企业', type: 'reference', register: 'enterprise', registerTitle: '企业', matchBy: ['name', 'shortName'], titleBy: 'name', listed: true, aliases: ['运营单位', '建设单位'], hint: '运营企业的统一社会信用代码或全称，须已登记' },
    industries: { title: '服务行业', type: 'text', maxLength: 100, hint: '如 医药、快消、冷链、快递电商' },
    inCentre: { title: '在中心城区', type: 'boolean', hint: '位于中心城区' },
  },
})

export type DeliveryNode = DataOf<(typeof nodeRegister)['fields']>
