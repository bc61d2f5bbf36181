import ExcelJS from 'exceljs'
import { usccCheckDigit, vinCheckDigit } from '../src/base/identifiers.ts'

/**
 * The registers of a city as its clerks keep them: a title over the table, a running number before it, a remarks column behind it,
 * headings in their own words, dates as cells, with dots or in Chinese. Places named in the plan, everything about them made up.
 */
export interface LedgerBook {
  /** register code of `./lvpei import` */
  readonly register: string
  readonly fileName: string
  readonly bytes: Uint8Array
  /** what the command needs besides the file */
  readonly options: readonly string[]
}

type CellValue = string | number | Date | null
interface Ledger {
  readonly register: string
  readonly title: string
  readonly headings: readonly string[]
  readonly rows: readonly (readonly CellValue[])[]
  readonly options?: readonly string[]
}

const uscc = (at: number): string => {
  const body = `91320700MA${String(at).padStart(7, '0')}`
  return body + usccCheckDigit(body)
}
const vin = (at: number): string => {
  const text = `LTEST007000001${String(at).padStart(3, '0')}`
  return text.slice(0, 8) + vinCheckDigit(text) + text.slice(9)
}
/** a date cell as Excel keeps it */
const cell = (day: string): Date => new Date(`${day}T00:00:00Z`)
const dotted = (day: string): string => day.split('-').map(Number).join('.')
const inChinese = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

const firm = { city: '港城示例城配有限公司', cold: '港城示例冷链有限公司', express: '港城示例快递有限公司', retail: '港城示例商超有限公司', medicine: '港城示例医药有限公司', platformless: '港城示例平台有限公司' } as const

/** 海州区 and 赣榆区 as people write them, and by code. */
const enterprises: Ledger = {
  register: 'enterprise',
  title: '连云港市城市绿色货运配送企业名录',
  headings: ['单位名称', '社会信用代码', '企业类型', '企业身份', '身份取得日期', '成立日期', '县区', '企业等级', 'A级取得日期', 'A级有效期至', '建有信息化平台', '平台建成日期'],
  rows: [
    [firm.city, uscc(1), '城配', '示范', dotted('2023-12-01'), cell('2015-03-02'), '海州区', '3A', cell('2023-05-10'), cell('2026-05-09'), '是', cell('2024-09-01')],
    // Without 成立日期: the firm counts from the earliest day the row gives, its grade.
    [firm.cold, uscc(2), '冷链物流', '示范', cell('2024-06-01'), null, '赣榆区', '4A级', inChinese('2024-03-15'), cell('2027-03-14'), '否', null],
    [firm.express, uscc(3), '邮政快递', '一般', null, cell('2012-08-20'), '320706', '3A', cell('2025-09-01'), cell('2028-08-31'), '否', null],
    // Its grade runs out on the last day but one of the first half-year.
    [firm.retail, uscc(4), '商超', '一般', null, cell('2009-01-05'), '连云区', '3A级', cell('2022-06-30'), cell('2025-06-29'), '否', null],
    [firm.medicine, uscc(5), '医药', '试点', cell('2024-01-10'), cell('2016-11-11'), '海州区', '2A', cell('2023-02-01'), cell('2026-01-31'), '否', null],
    // Says that it has a platform, and not since when.
    [firm.platformless, uscc(6), '电商', '一般', null, cell('2019-04-01'), '东海县', null, null, null, '有', null],
  ],
}

const hubFunctions = '仓储、分拨、配送、停车、堆存、充电'
const nodes: Ledger = {
  register: 'node',
  title: '三级配送节点建设台账（截至2025年底）',
  headings: ['项目名称', '层级', '状态', '建成日期', '停用日期', '功能', '县区', '经度', '纬度', '坐标系'],
  rows: [
    ['赣榆临港综合物流园区', '一级节点', '运营', cell('2023-10-01'), null, hubFunctions, '赣榆区', 119.2012, 34.8011, 'GCJ-02'],
    // In operation, but without the charging the plan asks of a hub.
    ['海州智慧物流产业园', '一级节点', '运营', dotted('2024-11-01'), null, '仓储、分拨、配送、停车、堆存', '海州区', 119.1402, 34.5811, 'GCJ-02'],
    ['四季农产品物流园', '一级节点', '运营', cell('2025-07-01'), null, hubFunctions, '海州区', 119.2402, 34.6011, 'GCJ-02'],
    ['康缘医药物流配送中心', '公共配送中心', '运营', inChinese('2023-06-01'), null, '仓储、分拨', '连云区', 119.3402, 34.7311, 'GCJ-02'],
    ['家得福物流中心', '公共配送中心', '运营', cell('2024-03-01'), null, '仓储、分拨', '海州区', null, null, null],
    ['示例快消公共配送中心', '公共配送中心', '运营', cell('2025-06-30'), null, '仓储', '海州区', null, null, null],
    ['示例电商公共配送中心', '公共配送中心', '运营', cell('2025-12-31'), null, '仓储', '东海县', null, null, null],
    // Open in the first half-year, closed in the second: what stands there today is 停用.
    ['示例老仓公共配送中心', '公共配送中心', '停用', cell('2023-05-01'), cell('2025-08-31'), '仓储', '灌云县', null, null, null],
    ['示例在建公共配送中心', '公共配送中心', '在建', null, null, null, '灌南县', null, null, null],
    ...['2023-04-01', '2023-07-15', '2023-12-31', '2024-05-20', '2024-09-09', '2025-03-03', '2025-07-20', '2025-11-30'].map((day, at): CellValue[] => [`示例社区末端站${at + 1}号`, '末端共同配送站', '运营', cell(day), null, '配送', '海州区', null, null, null]),
  ],
}

const stopPoint = (name: string, { day, centre = '是', bays = 4, status = '启用' }: { day: string; centre?: string; bays?: number; status?: string }): CellValue[] =>
  [name, '临时停车泊位', '是', centre, bays, cell(day), status, '海州区']
const stopPoints: Ledger = {
  register: 'stop-point',
  title: '中心城区城市配送车辆临时停靠点台账',
  headings: ['名称', '类型', '是否占道', '在中心城区', '泊位数量', '施划日期', '状态', '所属县区'],
  rows: [
    ...['2023-03-01', '2023-06-01', '2023-12-31', '2024-01-01', '2024-04-01', '2024-08-08', '2024-12-31', '2025-06-30'].map((day, at) => stopPoint(`示例路${at + 1}号点`, { day, bays: at + 2 })),
    stopPoint('示例路9号点', { day: '2025-07-01' }),
    stopPoint('镇区示例点', { day: '2024-05-01', centre: '否' }),
    stopPoint('创建前示例点', { day: '2022-12-31' }),
    stopPoint('施工占用示例点', { day: '2024-06-01', status: '暂停' }),
  ],
}

const station = (name: string, openedOn: string, { status = '运营', closedOn = null }: { status?: string; closedOn?: string | null } = {}): CellValue[] =>
  [name, '示例充电运营', '物流专用', status, cell(openedOn), closedOn && cell(closedOn), '海州区']
const stations: Ledger = {
  register: 'charging-station',
  title: '充电站台账',
  headings: ['站点名称', '运营单位', '类型', '状态', '建成日期', '关闭日期', '县区'],
  rows: [
    station('示例一站', '2023-04-01'), station('示例二站', '2023-11-30'), station('示例三站', '2024-05-01'), station('示例四站', '2025-06-30'),
    station('示例五站', '2025-08-15'), station('示例六站', '2025-12-31'), station('示例老站', '2024-08-01', { status: '停用', closedOn: '2025-08-01' }),
  ],
}

const pile = (code: string, openedOn: string, { usable = '是', status = '正常', removedOn = null }: { usable?: string; status?: string; removedOn?: string | null } = {}): CellValue[] =>
  [code, '示例一站', '快充', 60, usable, status, cell(openedOn), removedOn && cell(removedOn), '海州区']
const piles: Ledger = {
  register: 'pile',
  title: '充电桩逐桩台账',
  headings: ['设备编号', '充电站', '类型', '功率（kW）', '是否可用于物流车', '状态', '投运日期', '拆除日期', '县区'],
  rows: [
    pile('SL-001', '2023-04-01'), pile('SL-002', '2023-04-01'), pile('SL-003', '2024-05-01'), pile('SL-004', '2025-07-20'),
    pile('SL-005', '2023-04-01', { usable: '否' }), pile('SL-006', '2025-07-01', { status: '故障' }), pile('SL-007', '2025-10-01'),
    pile('SL-008', '2023-04-01', { status: '拆除', removedOn: '2025-09-01' }),
  ],
}

interface Truck {
  readonly plate: string
  readonly energy: string
  readonly body?: string
  readonly entry: string
  readonly day: string
  readonly operating?: string
  readonly retiredOn?: string
}
const nev = (at: number, day: string, rest: Partial<Truck> = {}): Truck => ({ plate: `苏GD${String(at).padStart(5, '0')}`, energy: '纯电', entry: '新购', day, ...rest })
const diesel = (at: number, day: string, rest: Partial<Truck> = {}): Truck => ({ plate: `苏G${String(10_000 + at)}`, energy: '柴油', entry: '原有', day, ...rest })

const trucks: readonly Truck[] = [
  ...['2022-03-01', '2022-05-01', '2022-08-01', '2022-12-31'].map((day, at) => nev(at + 1, day, { entry: '存量' })),
  ...['2023-01-01', '2023-02-10', '2023-04-01', '2023-06-30', '2023-09-01', '2023-12-31'].map((day, at) => nev(at + 11, day)),
  nev(17, '2023-05-05', { retiredOn: '2025-06-10' }),
  ...['2024-01-01', '2024-03-01', '2024-06-01', '2024-09-01'].map((day, at) => nev(at + 21, day, at === 0 ? { body: '保温车' } : {})),
  nev(25, '2024-12-31', { operating: '否' }),
  nev(31, '2025-02-01'), nev(32, '2025-06-30'),
  nev(33, '2025-07-01'), nev(34, '2025-09-01', { plate: '苏GF00034', energy: '插电混动' }), nev(35, '2025-12-31'),
  ...[1, 2, 3, 4, 5, 6].map((at) => diesel(at, `20${19 + (at % 3)}-06-01`, at === 1 ? { body: '冷藏车' } : {})),
  ...['2023-03-01', '2024-03-01', '2024-07-01'].map((day, at) => diesel(at + 11, day, { entry: '新增' })),
  ...['2025-03-01', '2025-05-01'].map((day, at) => diesel(at + 21, day, { entry: '更新' })),
]

const dates = [cell, dotted, inChinese] as const
const truckRow = ({ plate, energy, body = '厢式货车', entry, day, operating = '是', retiredOn }: Truck, at: number): CellValue[] =>
  [plate, '货车', [firm.city, firm.cold, firm.express][at % 3]!, energy, body, vin(at + 1), at % 2 ? '海州区' : '赣榆区', entry, dates[at % 3]!(day), operating, null, null, retiredOn ? cell(retiredOn) : null]
const tricycleRow = (at: number): CellValue[] =>
  [`港城快递${String(at).padStart(4, '0')}`, '快递三轮车', firm.express, '电动', '三轮车', null, '海州区', '存量', cell('2023-02-01'), '是', '是', at === 4 ? '否' : '是', null]

const vehicles: Ledger = {
  register: 'vehicle',
  title: '城市配送车辆台账',
  headings: ['车牌号码', '车辆类别', '业户名称', '燃料种类', '车型', '车架号', '县区', '新增或更新', '上牌日期', '是否营运', '统一标识', '统一外观', '报废日期'],
  rows: [...trucks.map(truckRow), ...[1, 2, 3, 4].map(tricycleRow)],
}

async function bookOf({ register, title, headings, rows, options = [] }: Ledger): Promise<LedgerBook> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('台账')
  sheet.addRow([title])
  sheet.mergeCells(1, 1, 1, headings.length + 2)
  sheet.addRow(['填报单位：示例单位', null, '填报人：'])
  sheet.addRow(['序号', ...headings, '备注'])
  for (const [at, row] of rows.entries()) sheet.addRow([at + 1, ...row, null])
  return { register, fileName: `${title}.xlsx`, bytes: new Uint8Array(await workbook.xlsx.writeBuffer()), options }
}

/** In the order in which one refers to the other. */
export const lianyungangBooks = (): Promise<LedgerBook[]> => Promise.all([enterprises, nodes, stopPoints, stations, piles, vehicles].map(bookOf))

/** What is counted by hand from the tables above. */
export const handCounted = {
  rows: { enterprise: 6, node: 17, 'stop-point': 12, 'charging-station': 7, pile: 8, vehicle: trucks.length + 4 },
  '2025H1': {
    // one hub lacks charging, one opened on 1 July
    'L-01': { text: '1', unit: '个', byYear: { 2023: 1 } },
    // 康缘, 家得福, 快消 (30 June), and 老仓, which closed only on 31 August
    'L-02': { text: '4', unit: '个', byYear: { 2023: 2, 2024: 1, 2025: 1 } },
    'L-03': { text: '6', unit: '个', byYear: { 2023: 3, 2024: 2, 2025: 1 } },
    'L-04': { text: '8', unit: '个', byYear: { 2023: 3, 2024: 4, 2025: 1 } },
    'L-05': { text: '5', unit: '个', byYear: { 2023: 2, 2024: 2, 2025: 1 } },
    'L-06': { text: '4', unit: '个', byYear: { 2023: 3, 2024: 1 } },
    // 4 piles for 17 vehicles: 1 to 4.25 falls short of 1 to 4
    'L-07': { text: '1∶4.25', unit: '', met: false },
    'L-08': { text: '13', unit: '辆', byYear: { 2023: 6, 2024: 5, 2025: 2 } },
    // 12 of 17 new and renewed ones in operation
    'L-10': { text: '70.59', unit: '%', numerator: 12, denominator: 17 },
    'L-11': { text: '75', unit: '%', numerator: 3, denominator: 4 },
    'L-13': { text: '7.14', unit: '%', numerator: 2, denominator: 28 },
    'L-14': { text: '2', unit: '家' },
    'L-16': { text: '1', unit: '个' },
    'L-20': { text: '未建成', unit: '' },
  },
  '2025H2': {
    'L-01': { text: '2', unit: '个', byYear: { 2023: 1, 2025: 1 } },
    // 电商 came on the last day, 老仓 went
    'L-02': { text: '4', unit: '个', byYear: { 2023: 1, 2024: 1, 2025: 2 } },
    'L-03': { text: '8', unit: '个', byYear: { 2023: 3, 2024: 2, 2025: 3 } },
    'L-04': { text: '9', unit: '个', byYear: { 2023: 3, 2024: 4, 2025: 2 } },
    'L-05': { text: '6', unit: '个', byYear: { 2023: 2, 2024: 1, 2025: 3 } },
    // one out of order is still one, the removed one is none
    'L-06': { text: '6', unit: '个', byYear: { 2023: 2, 2024: 1, 2025: 3 } },
    'L-07': { text: '1∶3.33', unit: '', met: true },
    'L-08': { text: '16', unit: '辆', byYear: { 2023: 6, 2024: 5, 2025: 5 } },
    'L-10': { text: '75', unit: '%', numerator: 15, denominator: 20 },
    'L-11': { text: '75', unit: '%', numerator: 3, denominator: 4 },
    'L-13': { text: '6.45', unit: '%', numerator: 2, denominator: 31 },
    'L-14': { text: '3', unit: '家' },
    'L-16': { text: '1', unit: '个' },
    'L-20': { text: '未建成', unit: '' },
  },
} as const
