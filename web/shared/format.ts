import { currentLanguage } from './language.ts'

/** How values are written, everywhere the same. Calendar words are those of Asia/Shanghai. */

const shanghai = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', ...options })
const dayFormat = shanghai({ year: 'numeric', month: '2-digit', day: '2-digit' })
const minuteFormat = shanghai({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })
const clockFormat = shanghai({ hour: '2-digit', minute: '2-digit', second: '2-digit' })

type Instant = string | number | Date

/** `2025-06-30`, for tables. A calendar day given as text stays that day. */
export const dayText = (at: Instant): string => (typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at) ? at : dayFormat.format(new Date(at)))

/** `2025-06-30 14:05`, for tables. */
export const minuteText = (at: Instant): string => minuteFormat.format(new Date(at))

/** `14:05:09` */
export const clockText = (at: Instant): string => clockFormat.format(new Date(at))

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2025年6月30日` in running text. */
export function dateInText(at: Instant): string {
  const [year, month, day] = dayText(at).split('-').map(Number) as [number, number, number]
  return currentLanguage() === 'zh' ? `${year}年${month}月${day}日` : `${day} ${months[month - 1]} ${year}`
}

/** `2025年6月30日 14:05` in running text. */
export const momentInText = (at: Instant): string => `${dateInText(at)} ${minuteText(at).slice(11)}`

/** A figure with at most `digits` decimals and thousands separated; null and undefined are `—`. */
export const numberText = (value: number | null | undefined, digits = 2): string =>
  value === null || value === undefined || Number.isNaN(value) ? '—' : value.toLocaleString('zh-CN', { maximumFractionDigits: digits })

export const kilometres = (metres: number | null | undefined, digits = 1): string => (metres === null || metres === undefined ? '—' : (metres / 1000).toLocaleString('zh-CN', { minimumFractionDigits: digits, maximumFractionDigits: digits }))

/** `3 小时 5 分` */
export function durationText(seconds: number): string {
  const zh = currentLanguage() === 'zh'
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (days > 0) return zh ? `${days} 天 ${hours} 小时` : `${days} d ${hours} h`
  if (hours > 0) return zh ? `${hours} 小时 ${minutes} 分` : `${hours} h ${minutes} min`
  if (minutes > 0) return zh ? `${minutes} 分` : `${minutes} min`
  return zh ? `${Math.floor(seconds)} 秒` : `${Math.floor(seconds)} s`
}

/** `3 分钟前`, `12 天前`: how old data are. */
export function ageText(at: Instant, nowMs: number): string {
  const zh = currentLanguage() === 'zh'
  const seconds = Math.max(0, (nowMs - new Date(at).getTime()) / 1000)
  const [amount, zhUnit, enUnit] = seconds < 60 ? [seconds, '秒', 's'] : seconds < 3600 ? [seconds / 60, '分钟', 'min'] : seconds < 86_400 ? [seconds / 3600, '小时', 'h'] : [seconds / 86_400, '天', 'd']
  return zh ? `${Math.floor(amount)} ${zhUnit}前` : `${Math.floor(amount)} ${enUnit} ago`
}

/** Milliseconds now; the web's only look at the clock, so that a page renders the same for the same input. */
export const nowMs = (): number => Date.now()
