import { useState } from 'react'
import { dayKinds, type TimeSpan } from '../../../api/access.ts'
import { useLanguage } from '../../../shared/language.ts'
import { dayKindNames, weekdayNames } from '../../../shared/rules/words.ts'
import { parseClock } from './times.ts'
import { useDraftWords } from './words.ts'

const toggled = <Value extends string | number>(list: readonly Value[] | undefined, value: Value): Value[] | undefined => {
  const next = list?.includes(value) ? list.filter((each) => each !== value) : [...(list ?? []), value].sort()
  return next.length === 0 ? undefined : next
}

/** A list with nothing in it is left out: the form knows only "these" and "any". */
function withDays(span: TimeSpan, change: { days?: TimeSpan['days'] | undefined; weekdays?: TimeSpan['weekdays'] | undefined }): TimeSpan {
  const { days, weekdays, ...rest } = { ...span, ...change }
  return { ...rest, ...(days && { days }), ...(weekdays && { weekdays }) }
}

/** Hours by hours: which days, from when, to when. */
export function SpanRows({ spans, disabled, onChange }: { spans: readonly TimeSpan[]; disabled: boolean; onChange: (spans: readonly TimeSpan[]) => void }) {
  const t = useDraftWords()
  const zh = useLanguage() === 'zh' ? 0 : 1
  const change = (at: number, span: TimeSpan) => onChange(spans.with(at, span))
  return (
    <>
      {spans.map((span, at) => (
        <fieldset key={at} className="span-row" disabled={disabled}>
          <legend className="visually-hidden">{t('times')} {at + 1}</legend>
          <Clock label={t('from')} value={span.from} onChange={(from) => change(at, { ...span, from })} />
          <span aria-hidden="true">–</span>
          <Clock label={t('to')} value={span.to} onChange={(to) => change(at, { ...span, to })} />
          <span className="checks">{dayKinds.map((kind) => <label key={kind}><input type="checkbox" checked={span.days?.includes(kind) ?? false} onChange={() => change(at, withDays(span, { days: toggled(span.days, kind) }))} />{dayKindNames[kind][zh]}</label>)}</span>
          <span className="checks">{weekdayNames.map((names, day) => <label key={names[1]}><input type="checkbox" checked={span.weekdays?.includes(day + 1) ?? false} onChange={() => change(at, withDays(span, { weekdays: toggled(span.weekdays, day + 1) }))} />{names[zh]}</label>)}</span>
          <button type="button" className="link-button" onClick={() => onChange(spans.toSpliced(at, 1))}>{t('remove')}</button>
        </fieldset>
      ))}
      {disabled ? null : <p><button type="button" className="button small" onClick={() => onChange([...spans, { from: '07:00', to: '09:00' }])}>{t('add-time')}</button> <span className="secondary small">{t('none-means-any')}</span></p>}
    </>
  )
}

/** An hour typed as people type it; what is none stays, with the reason. */
function Clock({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const t = useDraftWords()
  const [text, setText] = useState<string | null>(null)
  const isWrong = text !== null && parseClock(text) === undefined
  const leave = () => {
    const read = text === null ? undefined : parseClock(text)
    if (read === undefined) return
    if (read !== value) onChange(read)
    setText(null)
  }
  return <input className="plain-input clock" aria-label={label} aria-invalid={isWrong} title={isWrong ? t('wrong-clock') : undefined} value={text ?? value} onChange={(event) => setText(event.target.value)} onBlur={leave} onKeyDown={(event) => (event.key === 'Enter' ? leave() : event.key === 'Escape' ? setText(null) : undefined)} />
}
