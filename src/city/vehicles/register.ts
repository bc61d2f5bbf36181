import { checkTerminalPhone, checkVin, normalisePlate, normaliseVin } from '../../base/identifiers.ts'
import { defineRegister, type DataOf } from '../../registers/index.ts'
import { checkVehicle, severityOf } from './rules/check-vehicle.ts'

/** Colour codes of JT/T 697.7 as JT/T 808 terminals report them. */
export const plateColours = { '1': '蓝色', '2': '黄色', '3': '黑色', '4': '白色', '5': '绿色', '91': '农黄色', '92': '农绿色', '93': '农蓝色', '94': '黄绿色', '95': '渐变绿色', '9': '其他' } as const

export const energies = { bev: '纯电动', phev: '插电式混合动力', fcev: '燃料电池', cng: '压缩天然气', lng: '液化天然气', hybrid: '非插电混合动力', diesel: '柴油', petrol: '汽油' } as const
export type Energy = keyof typeof energies

/** New-energy vehicles by the ministry's catalogue: battery-electric, plug-in hybrid (range extender included), fuel cell. */
export const newEnergies: readonly Energy[] = ['bev', 'phev', 'fcev']
/** Clean energy beside NEV, as some plans count it (新能源或清洁能源). */
export const cleanEnergies: readonly Energy[] = ['cng', 'lng']

export const bodyTypes = { box: '厢式', enclosed: '封闭货车', refrigerated: '冷藏', insulated: '保温', 'stake-side': '仓栅', flatbed: '栏板', van: '面包式', 'three-wheel': '三轮', other: '其他' } as const
export const vehicleCategories = { 'delivery-truck': '配送货车', 'e-tricycle': '电动三轮车' } as const
/** How the vehicle came into the fleet in the creation period: 新增, 更新 (replaces a scrapped one), or there before. */
export const entryKinds = { new: '新增', renewed: '更新', existing: '期初已有' } as const

export const vehicleRegister = defineRegister({
  code: 'vehicle',
  plural: 'vehicles',
  title: '车辆',
  description: '城市配送货车和邮政快递电动三轮车',
  naturalKey: ['plate'],
  district: 'district',
  owner: 'enterprise',
  readers: 'owner',
  writers: ['office-clerk', 'liaison', 'enterprise'],
  startsWith: 'registeredOn',
  rules: checkVehicle,
  severityOf,
  fields: {
    plate: { title: '号牌号码', type: 'text', required: true, maxLength: 20, normalise: normalisePlate, searchable: true, listed: true, aliases: ['车牌号', '车牌号码', '车牌', '号牌'], hint: '货车填机动车号牌；电动三轮车填全市统一编号' },
    plateColour: { title: '号牌颜色', type: 'enum', values: plateColours, synonyms: { 蓝: '1', 黄: '2', 黑: '3', 白: '4', 绿: '5', 黄绿: '94', 黄绿双拼: '94', 渐变绿: '95', 大型新能源: '94', 小型新能源: '95' }, listed: true, aliases: ['车牌颜色'], hint: '小型新能源车为渐变绿色，大型新能源车为黄绿色' },
    category: { title: '车辆类别', type: 'enum', required: true, values: vehicleCategories, synonyms: { 货车: 'delivery-truck', 三轮车: 'e-tricycle', 快递三轮车: 'e-tricycle' }, listed: true, hint: '配送货车或电动三轮车' },
    enterprise: { title: '所属企业', type: 'reference', required: true, register: 'enterprise', registerTitle: '企业', matchBy: ['name', 'shortName'], titleBy: 'name', listed: true, aliases: ['企业', '所属单位', '车属单位', '业户名称'], hint: '企业的统一社会信用代码或全称，须已登记' },
    energy: { title: '能源类型', type: 'enum', required: true, values: energies, synonyms: { 电动: 'bev', 纯电: 'bev', 插电混动: 'phev', 插电式混动: 'phev', 增程式: 'phev', 氢燃料: 'fcev', 氢能: 'fcev', 天然气: 'cng', 混合动力: 'hybrid', 油电混合: 'hybrid' }, listed: true, aliases: ['燃料种类', '燃料类型', '动力类型'], hint: '行驶证或公告中的燃料种类' },
    bodyType: { title: '车身类型', type: 'enum', required: true, values: bodyTypes, synonyms: { 厢式货车: 'box', 冷藏车: 'refrigerated', 保温车: 'insulated', 三轮车: 'three-wheel', 仓栅式: 'stake-side' }, listed: true, aliases: ['车型'], hint: '冷藏、保温车计入冷链车辆' },
    vin: { title: '车辆识别代号', type: 'text', normalise: normaliseVin, check: checkVin, searchable: true, aliases: ['车架号', 'VIN', 'VIN码'], hint: '17 位，货车必填' },
    district: { title: '所在县区', type: 'district', required: true, listed: true, aliases: ['县区', '所属县区'], hint: '主要运营所在县区' },
    entryKind: { title: '进入方式', type: 'enum', required: true, values: entryKinds, synonyms: { 新购: 'new', 存量: 'existing', 原有: 'existing' }, listed: true, aliases: ['新增或更新'], hint: '创建期内新增、更新，或期初已有' },
    registeredOn: { title: '注册登记日期', type: 'date', required: true, listed: true, aliases: ['登记日期', '上牌日期'], hint: '行驶证上的注册日期；三轮车为编号发放日期' },
    operating: { title: '营运车辆', type: 'boolean', required: true, listed: true, aliases: ['是否营运', '营运'], hint: '从事营业性货运' },
    usedInBuiltUpArea: { title: '在建成区使用', type: 'boolean', aliases: ['是否建成区'], hint: '主要在城市建成区内配送' },
    grossMassKg: { title: '总质量', type: 'integer', unit: 'kg', min: 100, max: 49_000, aliases: ['最大总质量'], hint: '行驶证上的总质量' },
    loadMassKg: { title: '核定载质量', type: 'integer', unit: 'kg', min: 50, max: 40_000, aliases: ['载质量', '核载'], hint: '行驶证上的核定载质量' },
    volumeM3: { title: '货厢容积', type: 'decimal', unit: 'm³', min: 0.1, max: 150, hint: '货厢内部容积' },
    terminalPhone: { title: '终端手机号', type: 'text', check: checkTerminalPhone, searchable: true, aliases: ['终端号', 'SIM卡号'], hint: 'JT/T 808 终端上报的手机号，用来认出车辆' },
    unifiedMark: { title: '统一标识', type: 'boolean', hint: '喷涂或悬挂全市统一标识' },
    unifiedLivery: { title: '统一外观', type: 'boolean', hint: '外观颜色按全市要求统一' },
    unifiedNumber: { title: '统一编号', type: 'boolean', hint: '已纳入全市统一编号' },
    unifiedInsurance: { title: '统一保险', type: 'boolean', hint: '已按要求投保' },
    unifiedTraining: { title: '驾驶人已培训', type: 'boolean', hint: '驾驶人已参加统一培训' },
    filedOn: { title: '备案日期', type: 'date', hint: '在主管部门备案的日期' },
    insuranceValidUntil: { title: '保险有效期至', type: 'date', hint: '交强险或第三者责任险截止日' },
    passNumber: { title: '通行证号', type: 'text', maxLength: 40, hint: '12123 电子通行码或纸质通行证编号' },
    replacesPlate: { title: '替代的旧车号牌', type: 'text', maxLength: 20, normalise: normalisePlate, hint: '更新车辆所替代的旧车' },
    retiredOn: { title: '退出日期', type: 'date', listed: true, aliases: ['报废日期', '注销日期'], hint: '报废、转出或停用的日期；仍在用则留空' },
  },
})

export type Vehicle = DataOf<(typeof vehicleRegister)['fields']>
