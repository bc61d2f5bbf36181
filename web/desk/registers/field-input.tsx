import { lazy, Suspense } from 'react'
import type { FieldDescription, SurveyedPoint } from '../../api/registers.ts'
import { useRegisterWords } from './words.ts'

const DayPicker = lazy(() => import('../../shared/day-picker.tsx'))
const ReferenceInput = lazy(() => import('./reference-input.tsx'))

export interface FieldInputProps {
  readonly field: FieldDescription
  readonly value: unknown
  readonly titles: Readonly<Record<string, string>>
  /** `done`: the person has finished with the field, so that it can be saved */
  readonly onChange: (value: unknown, done: boolean) => void
  readonly invalid: boolean
}

/** The control of a field by its type; null means empty. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, onChange, invalid } = props
  const t = useRegisterWords()
  const describedBy = `${field.code}-hint`
  const plain = { id: field.code, 'aria-describedby': describedBy, 'aria-invalid': invalid || undefined, className: 'plain-input' }
  switch (field.type) {
    case 'text':
      return <input {...plain} value={String(value ?? '')} maxLength={field.maxLength} onChange={(event) => onChange(event.target.value || null, false)} onBlur={(event) => onChange(event.target.value.trim() || null, true)} />
    case 'integer':
    case 'decimal':
      return <input {...plain} inputMode="decimal" value={String(value ?? '')} onChange={(event) => onChange(event.target.value || null, false)} onBlur={(event) => onChange(numberOrText(event.target.value), true)} style={{ maxWidth: 200 }} />
    case 'date':
      return <Suspense fallback={null}><DayPicker id={field.code} value={typeof value === 'string' ? value : undefined} onChange={(day) => onChange(day ?? null, true)} /></Suspense>
    case 'boolean':
      return <Pick {...plain} value={value === true ? 'true' : value === false ? 'false' : ''} options={[{ code: 'true', title: t('yes') }, { code: 'false', title: t('no') }]} onPick={(code) => onChange(code === '' ? null : code === 'true', true)} />
    case 'enum':
    case 'district':
      return <Pick {...plain} value={String(value ?? '')} options={field.values ?? []} onPick={(code) => onChange(code || null, true)} />
    case 'enum-list':
      return <Checks {...props} />
    case 'reference':
      return <Suspense fallback={null}><ReferenceInput {...props} /></Suspense>
    case 'point':
      return <PointInput {...props} />
  }
}

/** What was typed goes to the server as it is when it is no number: its sentence says what is wrong. */
const numberOrText = (text: string): unknown => {
  const plain = text.normalize('NFKC').replaceAll(',', '').trim()
  if (plain === '') return null
  return Number.isFinite(Number(plain)) ? Number(plain) : text
}

function Pick({ options, onPick, className: _, ...rest }: { id: string; className: string; value: string; options: readonly { code: string; title: string }[]; onPick: (code: string) => void }) {
  const t = useRegisterWords()
  return (
    <select {...rest} className="plain-select" style={{ minWidth: 200 }} onChange={(event) => onPick(event.target.value)}>
      <option value="">{t('choose')}</option>
      {options.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
    </select>
  )
}

function Checks({ field, value, onChange }: FieldInputProps) {
  const chosen = (value ?? []) as readonly string[]
  return (
    <div className="legend" role="group" aria-labelledby={`${field.code}-label`} style={{ fontSize: 14 }}>
      {field.values?.map(({ code, title }) => (
        <label key={code}>
          <input type="checkbox" checked={chosen.includes(code)} onChange={(event) => { const next = event.target.checked ? [...chosen, code] : chosen.filter((each) => each !== code); onChange(next.length > 0 ? next : null, true) }} />
          {title}
        </label>
      ))}
    </div>
  )
}

/** Longitude, latitude and the system they were taken in; kept as declared, shown as WGS-84 too. */
function PointInput({ field, value, onChange, invalid }: FieldInputProps) {
  const t = useRegisterWords()
  const point = (value ?? {}) as Partial<SurveyedPoint>
  const [lon, lat, system] = [point.declaredLon ?? '', point.declaredLat ?? '', point.system ?? 'WGS-84']
  const change = (part: Partial<Record<'declaredLon' | 'declaredLat' | 'system', unknown>>, done: boolean) => {
    const next = { declaredLon: lon, declaredLat: lat, system, ...part }
    const empty = next.declaredLon === '' && next.declaredLat === ''
    onChange(empty ? null : next, done && (empty || (next.declaredLon !== '' && next.declaredLat !== '')))
  }
  const degrees = (text: string): unknown => (text.trim() === '' ? '' : Number.isFinite(Number(text)) ? Number(text) : text)
  return (
    <div className="actions" role="group" aria-labelledby={`${field.code}-label`} aria-invalid={invalid || undefined}>
      <input id={field.code} className="plain-input" style={{ width: 130 }} aria-label={t('lon')} placeholder={t('lon')} inputMode="decimal" value={String(lon)} onChange={(event) => change({ declaredLon: event.target.value }, false)} onBlur={(event) => change({ declaredLon: degrees(event.target.value) }, true)} />
      <input className="plain-input" style={{ width: 130 }} aria-label={t('lat')} placeholder={t('lat')} inputMode="decimal" value={String(lat)} onChange={(event) => change({ declaredLat: event.target.value }, false)} onBlur={(event) => change({ declaredLat: degrees(event.target.value) }, true)} />
      <select className="plain-select" aria-label={t('system')} value={system} onChange={(event) => change({ system: event.target.value }, true)}>
        {field.values?.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
      </select>
      {typeof point.lon === 'number' && point.system !== 'WGS-84' ? <span className="secondary small">{t('converted', { lon: point.lon, lat: point.lat ?? '' })}</span> : null}
    </div>
  )
}
