import { defineRegister, type DataOf } from '../../registers/index.ts'

/** StationType of T/CEC 102.1. */
export const stationTypes = { '1': '公共', '50': '个人', '100': '公交（专用）', '101': '环卫（专用）', '102': '物流（专用）', '103': '出租车（专用）', '255': '其他' } as const
export const stationStatuses = { planned: '规划', building: '建设中', open: '正常使用', maintenance: '维护中', closed: '关闭下线' } as const

export const chargingStationRegister = defineRegister({
  code: 'charging-station',
  plural: 'charging-stations',
  title: '充电站',
  description: '充电站；桩另有逐桩登记，指标按桩登记计数，站上的桩数只用来核对',
  naturalKey: ['name'],
  district: 'district',
  owner: 'enterprise',
  readers: 'everybody',
  writers: ['office-clerk', 'liaison', 'enterprise'],
  startsWith: 'openedOn',
  fields: {
    name: { title: '充电站名称', type: 'text', required: true, maxLength: 100, searchable: true, listed: true, aliases: ['名称', '站点名称'], hint: '全市不重复的名称' },
    stationId: { title: '站点编号', type: 'text', maxLength: 20, searchable: true, hint: 'T/CEC 102 的 StationID，由运营商给出' },
    operator: { title: '运营商', type: 'text', maxLength: 100, searchable: true, listed: true, aliases: ['运营单位'], hint: '运营商名称' },
    operatorId: { title: '运营商代码', type: 'text', maxLength: 9, hint: 'T/CEC 102 的 OperatorID，为统一社会信用代码第 9–17 位' },
    enterprise: { title: '运营企业', type: 'reference', register: 'enterprise', registerTitle: '企业', matchBy: ['name', 'shortName'], titleBy: 'name', hint: '运营企业的统一社会信用代码或全称，须已登记' },
    stationType: { title: '站点类型', type: 'enum', required: true, values: stationTypes, synonyms: { 公共充电站: '1', 公交: '100', 环卫: '101', 物流: '102', 物流专用: '102', 出租: '103', 专用: '255' }, listed: true, aliases: ['类型'], hint: '按 T/CEC 102 分类' },
    status: { title: '充电站状态', type: 'enum', required: true, values: stationStatuses, synonyms: { 运营: 'open', 运营中: 'open', 启用: 'open', 在建: 'building', 停用: 'closed' }, listed: true, aliases: ['状态'], hint: '只有“正常使用”和“维护中”的计入指标' },
    openedOn: { title: '投运日期', type: 'date', required: true, listed: true, aliases: ['建成日期', '启用日期'], hint: '投入使用的日期' },
    closedOn: { title: '关闭日期', type: 'date', hint: '停止使用的日期' },
    pileCount: { title: '充电桩总数', type: 'integer', unit: '个', min: 0, max: 2000, listed: true, aliases: ['桩数'], hint: '运营商申报的总桩数，用来与逐桩登记核对' },
    pilesUsableByDelivery: { title: '可用于新能源物流配送车辆的桩数', type: 'integer', unit: '个', min: 0, max: 2000, listed: true, aliases: ['物流可用桩数'], hint: '运营商申报，用来与逐桩登记核对' },
    powerKw: { title: '总功率', type: 'decimal', unit: 'kW', min: 1, max: 100_000, aliases: ['功率'], hint: '全站额定充电功率' },
    district: { title: '所在县区', type: 'district', required: true, listed: true, aliases: ['县区', '所属县区'], hint: '所在县区' },
    address: { title: '地址', type: 'text', maxLength: 200, searchable: true, hint: '详细地址' },
    point: { title: '位置', type: 'point', hint: '入口的经纬度，须注明坐标系' },
  },
})

export type ChargingStation = DataOf<(typeof chargingStationRegister)['fields']>
