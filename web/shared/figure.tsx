import type { ReactNode } from 'react'
import { dateInText, minuteText, momentInText } from './format.ts'
import { useSharedWords } from './words.ts'

interface FigureProps {
  /** what is measured, in the city's own words */
  readonly name: string
  /** as printed: `3.6∶1`, `82`; null when there is none */
  readonly value: string | null
  readonly unit?: string
  /** the target in the city's own words, e.g. `≤ 4∶1` */
  readonly target?: string | null
  readonly met?: boolean | null
  /** an open question: why there is no value, and who must answer */
  readonly open?: string | null
  readonly asOf?: string | null
  readonly source?: string | null
  /** the 依据 button or link */
  readonly evidence?: ReactNode
  readonly size?: 'large' | 'normal'
}

/** The first instant of a day is the end of the day before, and said as that day: 2025年6月30日, not 7月1日 00:00. */
export function asOfText(asOf: string): string {
  const endOfDay = /^(\d{4}-\d{2}-\d{2})(T24:00.*)?$/.exec(asOf)
  if (endOfDay) return dateInText(endOfDay[1]!)
  return minuteText(asOf).endsWith('00:00') ? dateInText(Date.parse(asOf) - 1) : momentInText(asOf)
}

/** 达标 with a tick shape, 未达标 with a bar shape: a word and a form, never a colour alone. */
export function MetWord({ met }: { met: boolean }) {
  const t = useSharedWords()
  return <span className={met ? 'met' : 'not-met'}>{t(met ? 'met' : 'not-met')}</span>
}

/** The number that matters, the same on every screen: value + unit + target in the city's words, 截至 and 来源 beneath, 依据. */
export function Figure({ name, value, unit, target, met, open, asOf, source, evidence, size = 'normal' }: FigureProps) {
  const t = useSharedWords()
  return (
    <div className={`figure figure-${size}`}>
      <div className="figure-name">{name}</div>
      <div className="figure-line">
        {value === null ? <span className="figure-none">{open ? t('open-question') : t('no-value')}</span> : <span className="figure-value">{value}{unit ? <small> {unit}</small> : null}</span>}
        {target ? <span className="figure-target">{t('target', { words: target })}</span> : null}
        {met === null || met === undefined ? null : <MetWord met={met} />}
        {evidence}
      </div>
      {open ? <div className="figure-open">{open}</div> : null}
      <AsOf at={asOf} source={source} />
    </div>
  )
}

/** 截至 … · 来源 … beneath a figure, a table or a map. */
export function AsOf({ at, source }: { at?: string | null | undefined; source?: string | null | undefined }) {
  const t = useSharedWords()
  if (!at && !source) return null
  return (
    <div className="as-of">
      {at ? t('as-of', { at: asOfText(at) }) : null}
      {at && source ? '　' : null}
      {source ? t('source', { source }) : null}
    </div>
  )
}
