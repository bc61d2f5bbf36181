import { lazy, Suspense, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { Entity, EntityData, FieldDescription, RegisterDescription } from '../../api/registers.ts'
import { dayText, nowMs } from '../../shared/format.ts'
import { SaveState, savingAfter, type Saving } from '../../shared/states.tsx'
import { EndEntity } from './end-entity.tsx'
import { FieldInput } from './field-input.tsx'
import { useRegisterWords } from './words.ts'

const DayPicker = lazy(() => import('../../shared/day-picker.tsx'))

interface EntityFormProps {
  readonly register: RegisterDescription
  readonly entity: Entity
  readonly etag: string | null
  readonly titles: Readonly<Record<string, string>>
  readonly onChanged: () => void
}

/**
 * Every field saves by itself when it is left, against the version it was read at; its state stands beside it. Writes go one
 * after the other, so that each names the version the one before has made. What was typed stays when a save is refused.
 */
export default function EntityForm({ register, entity, etag, titles, onChanged }: EntityFormProps) {
  const t = useRegisterWords()
  const queries = useQueryClient()
  const [typed, setTyped] = useState<EntityData>({})
  const [savings, setSavings] = useState<Readonly<Record<string, Saving>>>({})
  const [correction, setCorrection] = useState(false)
  const [from, setFrom] = useState(dayText(nowMs()))
  const version = useRef(etag)
  const saved = useRef<EntityData>(entity.data)
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const mark = (code: string, saving: Saving) => setSavings((before) => ({ ...before, [code]: saving }))

  const write = async (field: FieldDescription, value: unknown) => {
    const { code } = field
    if (JSON.stringify(value ?? null) === JSON.stringify(saved.current[code] ?? null)) return mark(code, { state: 'idle' })
    mark(code, { state: 'saving' })
    const validFrom = correction ? 'start' : from
    try {
      const { body, etag: next } = await api.patch<Entity>(`/${register.plural}/${entity.id}?validFrom=${validFrom}`, { [code]: value ?? null }, version.current)
      version.current = next
      saved.current = body.data
      mark(code, { state: 'saved' })
      void queries.invalidateQueries({ queryKey: [`/${register.plural}`] })
      onChanged()
    } catch (error) {
      mark(code, savingAfter(error))
    }
  }
  const change = (field: FieldDescription, value: unknown, done: boolean) => {
    setTyped((before) => ({ ...before, [field.code]: value }))
    if (done) queue.current = queue.current.then(() => write(field, value))
    else mark(field.code, { state: 'unsaved' })
  }
  const conflict = Object.values(savings).some(({ state }) => state === 'conflict')

  return (
    <div className="form">
      <div className="filters">
        <label>
          {t('change-kind')}
          <select className="plain-select" style={{ display: 'block' }} value={correction ? 'correction' : 'change'} onChange={(event) => setCorrection(event.target.value === 'correction')}>
            <option value="change">{t('change-from')}</option>
            <option value="correction">{t('change-correction')}</option>
          </select>
        </label>
        {correction ? null : <Suspense fallback={null}><DayPicker label={t('change-from')} value={from} onChange={(day) => setFrom(day ?? dayText(nowMs()))} /></Suspense>}
        <p className="secondary small">{t('autosave-note')}</p>
      </div>
      {conflict ? <button type="button" className="button" onClick={() => location.reload()}>{t('reload')}</button> : null}
      {register.fields.map((field) => {
        const saving = savings[field.code] ?? { state: 'idle' }
        return (
          <Field key={field.code} field={field} saving={saving}>
            <FieldInput field={field} value={field.code in typed ? typed[field.code] : entity.data[field.code]} titles={titles} invalid={saving.state === 'invalid'} onChange={(value, done) => change(field, value, done)} />
          </Field>
        )
      })}
      <EndEntity register={register} entity={entity} etag={() => version.current} onEnded={onChanged} />
    </div>
  )
}

/** Label above, state of saving beside it, hint beneath. */
export function Field({ field, saving, children }: { field: FieldDescription; saving: Saving; children: React.ReactNode }) {
  const t = useRegisterWords()
  return (
    <div className="field">
      <div className="field-head">
        <label id={`${field.code}-label`} htmlFor={field.code}>{field.title}{field.unit ? `（${field.unit}）` : ''}{field.required ? `　${t('required')}` : ''}</label>
        <SaveState saving={saving} />
      </div>
      {children}
      <p id={`${field.code}-hint`} className="hint">{field.hint}</p>
    </div>
  )
}
