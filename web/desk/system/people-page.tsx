import { useState } from 'react'
import { api } from '../../api/client.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { PageTitle } from '../../shared/page.tsx'
import { ProblemLine, Reading } from '../../shared/states.tsx'
import { usePlace } from '../place.ts'
import { useRead } from '../reads.ts'
import { NewPerson } from './new-person.tsx'
import { useSystemWords } from './words.ts'

export interface Person {
  readonly personId: string
  readonly account: string
  readonly name: string
  readonly roleName: string
  readonly districtCode: string | null
  readonly unitCode: string | null
  readonly enterpriseId: string | null
  readonly phone: string | null
  readonly disabled: boolean
  readonly passwordMustChange: boolean
}

export interface OneTimePassword {
  readonly person: Person
  readonly oneTimePassword: string
  readonly validUntil: string
}

/** Accounts of the city: make, disable (with a way back), reset. */
export function PeoplePage() {
  const t = useSystemWords()
  const [search, setSearch] = useState('')
  const people = useRead<{ items: readonly Person[] }>('/people', { search, limit: 500 }, { asOf: false })
  const [making, setMaking] = useState(false)
  const [issued, setIssued] = useState<OneTimePassword | null>(null)
  const [error, setError] = useState<unknown>(null)
  const act = async (work: () => Promise<unknown>) => {
    setError(null)
    await work().catch(setError)
    void people.refetch()
  }
  return (
    <>
      <PageTitle title={t('people')} state={people.data ? t('people-state', { count: people.data.items.length }) : undefined} actions={<button type="button" className="button primary" onClick={() => setMaking(true)}>{t('new')}</button>} />
      <div className="filters"><input className="plain-input" style={{ width: 240 }} type="search" aria-label={t('find')} placeholder={t('find')} value={search} onChange={(event) => setSearch(event.target.value)} /></div>
      {issued ? <p className="as-of-banner" role="status">{t('one-time', { account: issued.person.account, until: minuteText(issued.validUntil) })} <code>{issued.oneTimePassword}</code></p> : null}
      {error ? <ProblemLine error={error} /> : null}
      {making ? <NewPerson onCancel={() => setMaking(false)} onMade={(made) => { setIssued(made); setMaking(false); void people.refetch() }} /> : null}
      <Reading read={people}>
        {({ items }) => <PeopleTable people={items} onDisable={(person) => void act(() => api.patch(`/people/${person.personId}`, { disabled: !person.disabled }))} onReset={(person) => void act(async () => setIssued(await api.post<OneTimePassword>(`/people/${person.personId}/password`)))} />}
      </Reading>
    </>
  )
}

function PeopleTable({ people, onDisable, onReset }: { people: readonly Person[]; onDisable: (person: Person) => void; onReset: (person: Person) => void }) {
  const t = useSystemWords()
  const place = usePlace().data
  const scopeOf = ({ districtCode, unitCode, enterpriseId }: Person) =>
    [place?.districts.find(({ code }) => code === districtCode)?.name, place?.units.find(({ code }) => code === unitCode)?.name, enterpriseId ? t('enterprise') : null].filter(Boolean).join('，') || t('none')
  return (
    <DataTable
      caption={t('people')}
      rows={people}
      keyOf={({ personId }) => personId}
      columns={[
        { key: 'account', title: t('account'), cell: ({ account }) => <code>{account}</code> },
        { key: 'name', title: t('name'), cell: ({ name }) => name },
        { key: 'role', title: t('role'), cell: ({ roleName }) => roleName },
        { key: 'scope', title: t('scope'), cell: scopeOf },
        { key: 'phone', title: t('phone'), cell: ({ phone }) => phone ?? '—' },
        { key: 'status', title: t('status'), cell: ({ disabled, passwordMustChange }) => (disabled ? t('disabled') : passwordMustChange ? t('must-change') : t('active')) },
        { key: 'actions', title: '', cell: (person) => (
          <span className="actions">
            <button type="button" className="link-button" onClick={() => onDisable(person)}>{t(person.disabled ? 'enable' : 'disable')}</button>
            <button type="button" className="link-button" onClick={() => onReset(person)}>{t('reset')}</button>
          </span>
        ) },
      ]}
    />
  )
}
