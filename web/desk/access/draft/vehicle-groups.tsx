import type { RuleSet, VehicleMatch } from '../../../api/access.ts'
import { factChoices } from '../../../shared/rules/describe.ts'
import { useDraftWords } from './words.ts'

const listed = ['category', 'energy', 'body', 'plateColour', 'enterpriseStatus'] as const

type Change = { readonly [Field in keyof VehicleMatch]?: VehicleMatch[Field] | undefined }
/** A member that asks for nothing is left out. */
const changed = (match: VehicleMatch, change: Change): VehicleMatch =>
  Object.fromEntries(Object.entries({ ...match, ...change }).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))) as VehicleMatch

interface VehicleGroupsProps {
  readonly matches: readonly VehicleMatch[]
  readonly passes: RuleSet['passes']
  readonly disabled: boolean
  /** there must be one left */
  readonly needsOne: boolean
  readonly onChange: (matches: readonly VehicleMatch[]) => void
}

/** Groups of vehicles: within a group every line must hold, of the groups any. */
export function VehicleGroups({ matches, passes, disabled, needsOne, onChange }: VehicleGroupsProps) {
  const t = useDraftWords()
  return (
    <>
      {matches.length === 0 ? <p className="secondary">{t('no-exceptions')}</p> : null}
      {matches.map((match, at) => (
        <fieldset key={at} className="vehicle-group" disabled={disabled}>
          <legend>{t('group', { number: at + 1 })} {needsOne && matches.length === 1 ? null : <button type="button" className="link-button" onClick={() => onChange(matches.toSpliced(at, 1))}>{t('remove')}</button>}</legend>
          <Group match={match} passes={passes} onChange={(change) => onChange(matches.with(at, changed(match, change)))} />
        </fieldset>
      ))}
      {disabled ? null : <p><button type="button" className="button small" onClick={() => onChange([...matches, { category: ['delivery-truck'] }])}>{t('add-group')}</button> <span className="secondary small">{t('none-means-any')}</span></p>}
    </>
  )
}

function Group({ match, passes, onChange }: { match: VehicleMatch; passes: RuleSet['passes']; onChange: (change: Change) => void }) {
  const t = useDraftWords()
  const toggle = (field: (typeof listed)[number] | 'passes', code: string) => {
    const list = match[field] ?? []
    onChange({ [field]: list.includes(code) ? list.filter((each) => each !== code) : [...list, code] })
  }
  const mass = (field: 'grossMassKgOver' | 'grossMassKgUpTo', text: string) => onChange({ [field]: text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text) })
  return (
    <>
      {listed.map((field) => <Checks key={field} title={t(field)} choices={factChoices(field)} chosen={match[field] ?? []} onToggle={(code) => toggle(field, code)} />)}
      {passes.length > 0 ? <Checks title={t('holds-pass')} choices={passes} chosen={match.passes ?? []} onToggle={(code) => toggle('passes', code)} /> : null}
      <div className="group-line">
        <label>{t('mass-over')} <input className="plain-input short" inputMode="numeric" value={match.grossMassKgOver ?? ''} onChange={(event) => mass('grossMassKgOver', event.target.value)} /></label>
        <label>{t('mass-up-to')} <input className="plain-input short" inputMode="numeric" value={match.grossMassKgUpTo ?? ''} onChange={(event) => mass('grossMassKgUpTo', event.target.value)} /></label>
        <label>
          {t('mark')}{' '}
          <select className="plain-select" value={match.unifiedMark === undefined ? '' : String(match.unifiedMark)} onChange={(event) => onChange({ unifiedMark: event.target.value === '' ? undefined : event.target.value === 'true' })}>
            <option value="">{t('mark-any')}</option>
            <option value="true">{t('mark-yes')}</option>
            <option value="false">{t('mark-no')}</option>
          </select>
        </label>
        <label>{t('named-plates')} <input className="plain-input" style={{ width: 200 }} defaultValue={(match.plates ?? []).join(' ')} onBlur={(event) => onChange({ plates: event.target.value.split(/[\s,，、]+/).filter(Boolean) })} /></label>
      </div>
    </>
  )
}

/** Tick boxes of one line; none ticked asks for nothing. */
export function Checks({ title, choices, chosen, onToggle }: { title: string; choices: readonly { readonly code: string; readonly title: string }[]; chosen: readonly string[]; onToggle: (code: string) => void }) {
  const unknown = chosen.filter((code) => !choices.some((choice) => choice.code === code)).map((code) => ({ code, title: code }))
  return (
    <div className="group-line" role="group" aria-label={title}>
      <span className="group-name">{title}</span>
      <span className="checks">{[...choices, ...unknown].map(({ code, title: name }) => <label key={code}><input type="checkbox" checked={chosen.includes(code)} onChange={() => onToggle(code)} />{name}</label>)}</span>
    </div>
  )
}
