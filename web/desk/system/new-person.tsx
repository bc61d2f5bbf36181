import { useState, type FormEvent } from 'react'
import { api } from '../../api/client.ts'
import { ProblemLine, Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import type { OneTimePassword } from './people-page.tsx'
import { useSystemWords } from './words.ts'

interface Named { readonly code: string; readonly name: string }
interface Choices {
  readonly roles: readonly Named[]
  readonly districts: readonly Named[]
  readonly units: readonly Named[]
  readonly enterprises: readonly { readonly id: string; readonly name: string }[]
}

/** A new account; the answer carries its one-time password, shown once. */
export function NewPerson({ onMade, onCancel }: { onMade: (made: OneTimePassword) => void; onCancel: () => void }) {
  const choices = useRead<Choices>('/people/choices', {}, { asOf: false })
  return <Reading read={choices}>{(found) => <NewPersonForm choices={found} onMade={onMade} onCancel={onCancel} />}</Reading>
}

function NewPersonForm({ choices, onMade, onCancel }: { choices: Choices; onMade: (made: OneTimePassword) => void; onCancel: () => void }) {
  const t = useSystemWords()
  const [error, setError] = useState<unknown>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value) || null]))
    await api.post<OneTimePassword>('/people', typed).then(onMade, setError)
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)} style={{ marginBottom: 24 }}>
      <h2>{t('new')}</h2>
      <Text name="account" title={t('account')} />
      <Text name="name" title={t('name')} />
      <Pick name="role" title={t('role')} options={choices.roles} />
      <Pick name="districtCode" title={t('district')} options={choices.districts} none={t('none')} />
      <Pick name="unitCode" title={t('unit')} options={choices.units} none={t('none')} />
      <Pick name="enterpriseId" title={t('enterprise')} options={choices.enterprises.map(({ id, name }) => ({ code: id, name }))} none={t('none')} />
      {error ? <ProblemLine error={error} /> : null}
      <div className="actions">
        <button type="submit" className="button primary">{t('create')}</button>
        <button type="button" className="button" onClick={onCancel}>{t('cancel')}</button>
      </div>
    </form>
  )
}

const Text = ({ name, title }: { name: string; title: string }) => (
  <div className="field">
    <label htmlFor={name}>{title}</label>
    <input id={name} name={name} className="plain-input" required autoComplete="off" />
  </div>
)

const Pick = ({ name, title, options, none }: { name: string; title: string; options: readonly Named[]; none?: string }) => (
  <div className="field">
    <label htmlFor={name}>{title}</label>
    <select id={name} name={name} className="plain-select" required={none === undefined} style={{ width: '100%' }}>
      {none === undefined ? null : <option value="">{none}</option>}
      {options.map((option) => <option key={option.code} value={option.code}>{option.name}</option>)}
    </select>
  </div>
)
