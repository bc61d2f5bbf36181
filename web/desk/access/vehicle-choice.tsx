import { factChoices } from '../../shared/rules/describe.ts'
import { useAccessWords } from './words.ts'

/** The vehicle and instant asked for, as the address keeps them; `facts` and `plate` in `by` open their fields. */
export interface Chosen {
  readonly by?: string | undefined
  readonly vehicle?: string | undefined
  readonly plate?: string | undefined
  readonly category?: string | undefined
  readonly energy?: string | undefined
  readonly body?: string | undefined
  readonly mass?: string | undefined
  /** `2026-11-20T08:00`, the city's time; absent: now */
  readonly at?: string | undefined
}

/** What a read needs of the choice. */
export function queryOf({ by, vehicle, plate, category, energy, body, mass, at }: Chosen): Record<string, string | undefined> {
  const instant = at ? `${at.slice(0, 16)}:00+08:00` : undefined
  if (by === 'facts') return { category: category ?? 'delivery-truck', energy, body, grossMassKg: mass, at: instant }
  return { vehicle: by === 'plate' ? plate : vehicle, at: instant }
}

interface VehicleChoiceProps {
  readonly classes: readonly { readonly code: string; readonly title: string }[]
  readonly chosen: Chosen
  readonly onChange: (change: Chosen) => void
  /** plates may be asked for */
  readonly plates?: boolean
}

/** Which vehicle: a class of the rules, a registered plate, or its facts. */
export function VehicleChoice({ classes, chosen, onChange, plates }: VehicleChoiceProps) {
  const t = useAccessWords()
  const value = chosen.by ?? chosen.vehicle ?? classes[0]?.code ?? ''
  const choose = (code: string) => onChange(code === 'facts' || code === 'plate' ? { by: code, vehicle: undefined } : { by: undefined, vehicle: code })
  return (
    <>
      <label>
        {t('vehicle')}
        <select className="plain-select" style={{ display: 'block' }} value={value} onChange={(event) => choose(event.target.value)}>
          {classes.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
          {plates ? <option value="plate">{t('by-plate')}</option> : null}
          <option value="facts">{t('by-facts')}</option>
        </select>
      </label>
      {chosen.by === 'plate' ? (
        <label>
          {t('plate')}
          <input className="plain-input" style={{ display: 'block', width: 140 }} placeholder={t('plate-hint')} defaultValue={chosen.plate ?? ''} onBlur={(event) => onChange({ plate: event.target.value.trim() || undefined })} onKeyDown={(event) => (event.key === 'Enter' ? onChange({ plate: event.currentTarget.value.trim() || undefined }) : undefined)} />
        </label>
      ) : null}
      {chosen.by === 'facts' ? <Facts chosen={chosen} onChange={onChange} /> : null}
    </>
  )
}

function Facts({ chosen, onChange }: { chosen: Chosen; onChange: (change: Chosen) => void }) {
  const t = useAccessWords()
  return (
    <>
      {(['category', 'energy', 'body'] as const).map((field) => (
        <label key={field}>
          {t(field)}
          <select className="plain-select" style={{ display: 'block' }} value={chosen[field] ?? (field === 'category' ? 'delivery-truck' : '')} onChange={(event) => onChange({ [field]: event.target.value || undefined })}>
            {field === 'category' ? null : <option value="">{t('not-known')}</option>}
            {factChoices(field).map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
          </select>
        </label>
      ))}
      <label>
        {t('gross-mass')}
        <input className="plain-input" style={{ display: 'block', width: 110 }} type="number" min="1" max="200000" step="1" defaultValue={chosen.mass ?? ''} onBlur={(event) => onChange({ mass: Number(event.target.value) > 0 ? event.target.value : undefined })} onKeyDown={(event) => (event.key === 'Enter' ? event.currentTarget.blur() : undefined)} />
      </label>
    </>
  )
}

/** The instant asked for; empty is now. */
export function InstantChoice({ at, onChange }: { at: string | undefined; onChange: (at: string | undefined) => void }) {
  const t = useAccessWords()
  return (
    <>
      <label>
        {t('instant')}
        <input className="plain-input" style={{ display: 'block', width: 200 }} type="datetime-local" value={at ?? ''} onChange={(event) => onChange(event.target.value || undefined)} />
      </label>
      {at ? <button type="button" className="button" onClick={() => onChange(undefined)}>{t('to-now')}</button> : null}
    </>
  )
}
