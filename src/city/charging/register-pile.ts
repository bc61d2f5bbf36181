import { defineRegister, type DataOf } from '../../registers/index.ts'

/** EquipmentType of T/CEC 102.1. */
export const pileTypes = { '1': '直流设备', '2': '交流设备', '3': '交直流一体设备', '4': '无线设备', '5': '其他' } as const
export const pileStatuses = { 'in-use': '可用', fault: '故障停用', removed: '已拆除' } as const

export const pileRegister = defineRegister({
  code: 'pile',
  plural: 'piles',
  title: '充电桩',
  description: '逐桩登记；车桩比的分母即其中“可用于配送车辆”的桩',
  naturalKey: ['code'],
  district: 'district',
  readers: 'everybody',
  writers: ['office-clerk', 'liaison'],
  startsWith: 'openedOn',
  fields: {
    code: { title: '充电桩编号', type: 'text', required: true, maxLength: 40, searchable: true, listed: true, aliases: ['桩编号', '设备编号'], hint: '全市不重复；有 T/CEC 102 数据的填“运营商代码-设备编码”' },
    station: { title: '所属充电站', type: 'reference', required: true, register: 'charging-station', registerTitle: '充电站', matchBy: ['stationId'], listed: true, aliases: ['充电站'], hint: '充电站名称或站点编号，须已登记' },
    pileType: { title: '充电桩类型', type: 'enum', required: true, values: pileTypes, synonyms: { 直流: '1', 快充: '1', 交流: '2', 慢充: '2', 交直流: '3' }, listed: true, aliases: ['类型'], hint: '按 T/CEC 102 分类' },
    powerKw: { title: '额定功率', type: 'decimal', unit: 'kW', min: 0.5, max: 2000, listed: true, aliases: ['功率'], hint: '单桩额定功率' },
    connectorCount: { title: '充电枪数', type: 'integer', unit: '个', min: 1, max: 16, hint: '接口个数' },
    usableByDelivery: { title: '可用于配送车辆', type: 'boolean', required: true, listed: true, aliases: ['是否可用于物流车'], hint: '新能源物流配送车辆可以使用（进得去、接口相符、对其开放）' },
    status: { title: '充电桩状态', type: 'enum', required: true, values: pileStatuses, synonyms: { 正常: 'in-use', 使用中: 'in-use', 故障: 'fault', 拆除: 'removed' }, listed: true, aliases: ['状态'], hint: '已拆除的不计入指标' },
    openedOn: { title: '投运日期', type: 'date', required: true, listed: true, aliases: ['建成日期', '启用日期'], hint: '投入使用的日期' },
    removedOn: { title: '拆除日期', type: 'date', hint: '拆除的日期' },
    district: { title: '所在县区', type: 'district', required: true, listed: true, aliases: ['县区', '所属县区'], hint: '与所属充电站一致' },
  },
})

export type Pile = DataOf<(typeof pileRegister)['fields']>
