import { declareProblems, type Problem } from './problems.ts'

const problem = declareProblems('identifiers', {
  'plate-malformed': { message: '号牌号码“{value}”不合规则', cause: '{reason}', action: '请按行驶证填写，如“苏G12345”或“苏GD12345”' },
})

/** Short names of the provinces as they begin a plate (GA 36-2018). */
const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'

export type PlateKind = 'ordinary' | 'nev-small' | 'nev-large' | 'trailer' | 'coach' | 'police' | 'hong-kong-macao' | 'consular'

export interface Plate {
  /** without spaces and dots, capitals */
  readonly text: string
  readonly kind: PlateKind
  /** of NEV plates only: D A B C E battery-electric, F G H J K other new energy */
  readonly batteryElectric?: boolean
}

/** A serial sign: letters without I and O, digits. */
const sign = '[A-HJ-NP-Z0-9]'
const head = `[${provinces}][A-HJ-NP-Z]`
const electric = 'DABCE'
const nev = `${electric}FGHJK`

const forms: readonly { readonly kind: PlateKind; readonly pattern: RegExp; readonly nevLetterAt?: number }[] = [
  // Small NEV: letter first in the serial, the second may be a letter, the rest digits. Large NEV: letter last.
  { kind: 'nev-small', pattern: new RegExp(`^${head}[${nev}]${sign}\\d{4}$`), nevLetterAt: 2 },
  { kind: 'nev-large', pattern: new RegExp(`^${head}\\d{5}[${nev}]$`), nevLetterAt: 7 },
  { kind: 'ordinary', pattern: new RegExp(`^${head}(?=${sign}*\\d)${sign}{5}$`) },
  { kind: 'trailer', pattern: new RegExp(`^${head}${sign}{4}挂$`) },
  { kind: 'coach', pattern: new RegExp(`^${head}${sign}{4}学$`) },
  { kind: 'police', pattern: new RegExp(`^${head}${sign}{4}警$`) },
  { kind: 'hong-kong-macao', pattern: new RegExp(`^粤Z${sign}{4}[港澳]$`) },
  { kind: 'consular', pattern: new RegExp(`^${head}${sign}{4}领$`) },
]

/** Full-width signs to half-width, capitals, no spaces, dots or hyphens: the way people type a plate does not matter. */
export const normalisePlate = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/[\s··•.\-_]/g, '')

function reasonFor(text: string): string {
  if (text.length === 0) return '没有填写'
  if (!provinces.includes(text[0]!)) return `首位“${text[0]}”不是省、自治区、直辖市简称`
  if (!/^[A-HJ-NP-Z]/.test(text[1] ?? '')) return '第二位应为发牌机关代号字母（不用 I、O）'
  if (/[IO]/.test(text.slice(2))) return '序号中不使用字母 I、O，请核对是否为数字 1、0'
  if (text.length === 8) return '八位新能源号牌：小型车第三位、大型车最后一位应为 D A B C E F G H J K 之一，其余按规则为数字'
  if (text.length !== 7) return `共 ${text.length} 位；普通号牌 7 位，新能源号牌 8 位`
  return '序号不合规则'
}

/** Reads a civil plate of mainland China (GA 36-2018), 7 signs or 8 for new-energy vehicles. */
export function parsePlate(input: string): Plate | Problem {
  const text = normalisePlate(input)
  for (const { kind, pattern, nevLetterAt } of forms) {
    if (!pattern.test(text)) continue
    return nevLetterAt === undefined ? { text, kind } : { text, kind, batteryElectric: electric.includes(text[nevLetterAt]!) }
  }
  return problem('plate-malformed', { value: input, reason: reasonFor(text) })
}
