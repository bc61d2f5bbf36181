import type { Calendar, CalendarDay } from '../../api/access.ts'
import { dayText } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { useAccessWords } from './words.ts'

const lastOf = (to: string): string => dayText(new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10))

/** Which days are holidays and make-up workdays, who said so, and until when it is known. */
export function WorkCalendar() {
  const t = useAccessWords()
  const read = useRead<Calendar>('/access/calendar', {}, { asOf: false })
  const say = ({ day, to, name }: CalendarDay) => `${to ? t('days-to', { from: day, to: lastOf(to).slice(5) }) : day} ${name}`
  return (
    <Section title={t('calendar')}>
      <Reading read={read}>
        {({ calendar, isEnding }) => (
          <>
            <p className="secondary">{t('calendar-reach', { title: calendar.title, from: calendar.from, to: calendar.to })}</p>
            {isEnding ? <div className="problem-line">{t('calendar-ending', { to: calendar.to })}</div> : null}
            <dl className="pairs">
              <dt>{t('calendar-sources')}</dt>
              <dd>{calendar.sources.map(({ number, title, issuedOn }) => <p key={number}>{number}《{title}》{issuedOn}</p>)}</dd>
              <dt>{t('holidays')}</dt>
              <dd className="calendar-days">{calendar.holidays.map((each) => <span key={each.day}>{say(each)}</span>)}</dd>
              <dt>{t('make-up')}</dt>
              <dd className="calendar-days">{calendar.makeUpWorkdays.map((each) => <span key={each.day}>{say(each)}</span>)}</dd>
            </dl>
          </>
        )}
      </Reading>
    </Section>
  )
}
