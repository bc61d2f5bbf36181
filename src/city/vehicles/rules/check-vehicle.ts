import { parsePlate, type Plate } from '../../../base/identifiers.ts'
import { declareProblems, type Problem } from '../../../base/problems.ts'
import { registerProblem, type CheckContext, type FieldProblem, type Severity } from '../../../registers/index.ts'

const problem = declareProblems('vehicles', {
  'plate-colour-differs': { message: '号牌“{value}”与颜色“{colour}”不符', cause: '{reason}', action: '请核对号牌号码和号牌颜色' },
  'plate-energy-differs': { message: '号牌“{value}”与能源类型不符', cause: '{reason}', action: '请核对号牌号码和能源类型' },
  'retired-before-registered': { message: '退出日期 {retiredOn} 早于注册登记日期 {registeredOn}', cause: '车辆不能在登记之前退出', action: '请核对两个日期' },
  'date-in-future': { message: '注册登记日期 {value} 在今天之后', cause: '只登记已经注册的车辆', action: '请核对日期' },
  'load-above-gross': { message: '核定载质量 {load} kg 不小于总质量 {gross} kg', cause: '载质量须小于总质量', action: '请核对单位（kg）和数值' },
  'body-category-differs': { message: '车身类型与车辆类别不符', cause: '三轮车身只用于电动三轮车', action: '请核对车身类型和车辆类别' },
})

/** What the rules look at; every part may still be missing. */
interface Looked {
  readonly plate?: string
  readonly plateColour?: string
  readonly category?: string
  readonly energy?: string
  readonly bodyType?: string
  readonly vin?: string
  readonly registeredOn?: string
  readonly retiredOn?: string
  readonly grossMassKg?: number
  readonly loadMassKg?: number
}

/** Problems that are milder for an e-tricycle: no motor vehicle plate, and often a number without a check digit. */
const tricycleSeverities: Readonly<Record<string, Severity>> = { 'vin-check-digit-wrong': 'warning', 'vin-malformed': 'warning' }

export const severityOf = (problemCode: string, data: Readonly<Record<string, unknown>>): Severity | undefined => (data['category'] === 'e-tricycle' ? tricycleSeverities[problemCode] : undefined)

const colourOfKind: Readonly<Partial<Record<Plate['kind'], readonly string[]>>> = { 'nev-small': ['95', '5'], 'nev-large': ['94', '5'], ordinary: ['1', '2', '3', '4', '91', '92', '93', '9'] }
const newEnergy = ['bev', 'phev', 'fcev']

function plateProblems(data: Looked, plate: Plate): FieldProblem[] {
  const found: FieldProblem[] = []
  const colours = colourOfKind[plate.kind]
  const isNev = plate.kind === 'nev-small' || plate.kind === 'nev-large'
  if (data.plateColour && colours && !colours.includes(data.plateColour)) {
    const reason = isNev ? `${plate.kind === 'nev-small' ? '小型新能源号牌为渐变绿色（95）' : '大型新能源号牌为黄绿色（94）'}` : '七位号牌不是新能源号牌，颜色不会是绿色'
    found.push({ field: 'plateColour', severity: 'error', problem: problem('plate-colour-differs', { value: plate.text, colour: data.plateColour, reason }) })
  }
  const differs = (reason: string): number => found.push({ field: 'energy', severity: 'error', problem: problem('plate-energy-differs', { value: plate.text, reason }) })
  if (data.energy && isNev && !newEnergy.includes(data.energy)) differs('新能源号牌只发给纯电动、插电式混合动力和燃料电池汽车')
  else if (data.energy && isNev && plate.batteryElectric && data.energy !== 'bev') differs('字母 D A B C E 表示纯电动')
  else if (data.energy && isNev && !plate.batteryElectric && data.energy === 'bev') differs('字母 F G H J K 表示非纯电动新能源')
  return found
}

/** Cross-field rules of the vehicle register: plate against colour and energy, dates, masses, category. */
export function checkVehicle(data: Looked, context: CheckContext): FieldProblem[] {
  const found: FieldProblem[] = []
  const add = (field: string, each: Problem, severity: Severity = 'error') => found.push({ field, severity, problem: each })
  const isTruck = data.category !== 'e-tricycle'
  if (isTruck && data.plate) {
    const plate = parsePlate(data.plate)
    if ('code' in plate) add('plate', plate)
    else found.push(...plateProblems(data, plate))
  }
  if (isTruck && data.category && !data.vin) add('vin', registerProblem('field-required', { title: '车辆识别代号' }))
  if (data.registeredOn && data.registeredOn > context.today) add('registeredOn', problem('date-in-future', { value: data.registeredOn }))
  if (data.registeredOn && data.retiredOn && data.retiredOn < data.registeredOn) add('retiredOn', problem('retired-before-registered', { retiredOn: data.retiredOn, registeredOn: data.registeredOn }))
  if (data.loadMassKg && data.grossMassKg && data.loadMassKg >= data.grossMassKg) add('loadMassKg', problem('load-above-gross', { load: data.loadMassKg, gross: data.grossMassKg }))
  if (data.bodyType === 'three-wheel' && data.category === 'delivery-truck') add('bodyType', problem('body-category-differs'), 'warning')
  return found
}
