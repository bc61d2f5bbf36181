import { useEffect, useRef, type KeyboardEvent } from 'react'
import type { ZoneFeature } from '../../api/access.ts'
import { AnswerText } from './answer.tsx'
import { EffectMark, useZoneWord } from './effect.tsx'
import { DayBar, minuteOfDay, stripInWords, WeekBars } from './strips.tsx'
import { useRuleWords } from './words.ts'

interface ZoneListProps {
  readonly features: readonly ZoneFeature[]
  readonly chosen: string | null
  readonly onChoose: (id: string | null) => void
  /** the instant the strips are for */
  readonly at: string
  /** the instant is the present one */
  readonly isNow: boolean
  readonly passTitles: Readonly<Record<string, string>>
}

/** Up and down go from zone to zone; the button under the focus opens in place. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.zone-choose')]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  if (at < 0) return
  event.preventDefault()
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)]
  next?.focus()
  next?.click()
}

/** Each zone with what holds now, today and this week; the chosen one says which notice decides. */
export function ZoneList({ features, chosen, onChoose, at, isNow, passTitles }: ZoneListProps) {
  const t = useRuleWords()
  const zoneWord = useZoneWord()
  const list = useRef<HTMLUListElement>(null)
  // newer browsers answer with a promise, which React would take for a clean-up
  useEffect(() => void list.current?.querySelector('[aria-expanded=true]')?.scrollIntoView({ block: 'nearest' }), [chosen])
  return (
    <ul className="zone-list" ref={list} onKeyDown={moveFocus}>
      {features.map(({ id, properties }) => {
        const open = id === chosen
        return (
          <li key={id} className={open ? 'open' : undefined} data-zone={properties.code}>
            <button type="button" className="zone-choose" aria-expanded={open} onClick={() => onChoose(open ? null : id)}>
              <b>{properties.title}</b>
              <span className="zone-now"><small>{t(isNow ? 'now' : 'at-that-time')}</small> <EffectMark effect={properties.now.effect} word={zoneWord(properties.now)} /></span>
            </button>
            <div className="zone-strips">
              <div>
                <h4>{t(isNow ? 'today' : 'that-day')}</h4>
                <DayBar strip={properties.today} minute={minuteOfDay(at)} />
                <p className="zone-words">{stripInWords(properties.today, t)}</p>
              </div>
              <div>
                <h4>{t(isNow ? 'week' : 'seven-days')}</h4>
                <WeekBars week={properties.week} />
              </div>
            </div>
            {open ? properties.now.decidedBy ? <AnswerText answer={properties.now} passTitles={passTitles} /> : <p className="answer">{t('zone-free-why')}</p> : null}
          </li>
        )
      })}
    </ul>
  )
}
