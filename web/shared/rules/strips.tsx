import type { DayStrip, StripPart } from '../../api/access.ts'
import { useLanguage } from '../language.ts'
import { joinParts } from './describe.ts'
import { useRuleWords, weekdayNames, type ruleWords } from './words.ts'
import { effectLook } from './effect.tsx'

const minutesPerDay = 1440
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

type Say = (key: keyof typeof ruleWords, parameters?: Record<string, string>) => string

/** `07:00–09:00 禁止驶入，其余时间没有限制`: the strip as a sentence, for paper and for those who read by ear. */
export function stripInWords(strip: DayStrip, t: Say): string {
  const parts = joinParts(strip.parts)
  const restricted = parts.filter(({ effect }) => effect !== 'allowed')
  if (restricted.length === 0) return t('free-all-day')
  const said = restricted.map(({ from, to, effect }) => `${from === '00:00' && to === '24:00' ? t('all-day') : `${from}–${to}`} ${t(`effect-${effect}`)}`).join('，')
  return restricted.length === parts.length ? said : `${said}，${t('otherwise-free')}`
}

const Part = ({ from, to, effect, height, y }: StripPart & { height: number; y: number }) => {
  const x = (minuteOf(from) / minutesPerDay) * 240
  return <rect x={x} y={y} width={(minuteOf(to) / minutesPerDay) * 240 - x} height={height} fill={`url(#strip-${effect})`} stroke={effect === 'allowed' ? 'none' : effectLook[effect].colour} strokeWidth="0.75" />
}

const hours = [0, 6, 12, 18, 24]

/** The 24 hours of a day with their restrictions; `minute`: where now is. */
export function DayBar({ strip, minute = null }: { strip: DayStrip; minute?: number | null }) {
  const t = useRuleWords()
  return (
    <svg className="day-bar" viewBox="-6 0 252 30" preserveAspectRatio="xMinYMid meet" role="img" aria-label={`${strip.day} ${stripInWords(strip, t)}`}>
      {joinParts(strip.parts).map((part) => <Part key={part.from} {...part} y={1} height={15} />)}
      <rect x="0" y="1" width="240" height="15" fill="none" stroke="#8a94a0" strokeWidth="0.75" />
      {hours.map((hour) => (
        <g key={hour}>
          <path d={`M${hour * 10} 16v3`} stroke="#8a94a0" />
          <text x={hour * 10} y="29" textAnchor={hour === 0 ? 'start' : hour === 24 ? 'end' : 'middle'} fontSize="10" fill="#566270">{hour}</text>
        </g>
      ))}
      {minute === null ? null : <path d={`M${(minute / minutesPerDay) * 240} -1v20`} stroke="#1c2733" strokeWidth="2" />}
    </svg>
  )
}

/** Seven days as seven thin bars over the same hours, each with its weekday; holidays and make-up workdays are named. */
export function WeekBars({ week }: { week: readonly DayStrip[] }) {
  const t = useRuleWords()
  const zh = useLanguage() === 'zh'
  return (
    <ol className="week-bars">
      {week.map((strip) => (
        <li key={strip.day}>
          <span className="week-day">{weekdayNames[weekdayOf(strip.day)]![zh ? 0 : 1]}</span>
          <svg viewBox="0 0 240 8" preserveAspectRatio="none" role="img" aria-label={`${strip.day} ${t(`day-${strip.dayKind}`)} ${stripInWords(strip, t)}`}>
            {joinParts(strip.parts).map((part) => <Part key={part.from} {...part} y={0} height={8} />)}
            <rect x="0" y="0" width="240" height="8" fill="none" stroke="#8a94a0" strokeWidth="0.75" />
          </svg>
          {strip.dayName ? <span className="week-name">{strip.dayName}</span> : null}
        </li>
      ))}
    </ol>
  )
}

/** The minute of an instant's own day in the city's time. */
export const minuteOfDay = (at: string): number => minuteOf(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(new Date(at)))
