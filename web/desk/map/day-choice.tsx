import { lazy, Suspense } from 'react'
import { dayText, nowMs } from '../../shared/format.ts'
import { useMapWords } from './words.ts'

const DayPicker = lazy(() => import('../../shared/day-picker.tsx'))

const shifted = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** A day with its neighbours a click away. */
export function DayChoice({ day, onChange }: { day: string; onChange: (day: string) => void }) {
  const t = useMapWords()
  const today = dayText(nowMs())
  return (
    <>
      <button type="button" className="button" onClick={() => onChange(shifted(day, -1))}>{t('day-before')}</button>
      <Suspense fallback={<span>{day}</span>}>
        <DayPicker label={t('day')} value={day} latest={today} onChange={(chosen) => (chosen ? onChange(chosen) : undefined)} />
      </Suspense>
      <button type="button" className="button" disabled={day >= today} onClick={() => onChange(shifted(day, 1))}>{t('day-after')}</button>
    </>
  )
}
