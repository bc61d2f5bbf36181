import { useEffect, useState, type FormEvent } from 'react'
import type { FieldDescription, RegisterDescription } from '../../api/registers.ts'
import { filterKey, hasFilters, type RegisterSearch } from './list-query.ts'
import { useRegisterWords } from './words.ts'

/** Fields worth a filter: listed ones with a small set of values. Districts have theirs in the top bar. */
const filterable = ({ listed, type }: FieldDescription) => listed && (type === 'enum' || type === 'boolean')

/** Search box and one select a field; every choice is part of the address. */
export function Filters({ register, search, onChange }: { register: RegisterDescription; search: RegisterSearch; onChange: (part: Record<string, string | undefined>) => void }) {
  const t = useRegisterWords()
  const fields = register.fields.filter(filterable)
  const clear = () => onChange({ q: undefined, ...Object.fromEntries(register.fields.map(({ code }) => [filterKey(code), undefined])) })
  return (
    <div className="filters">
      <SearchBox value={search['q'] ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
      {fields.map((field) => (
        <label key={field.code}>
          {field.title}
          <select className="plain-select" value={search[filterKey(field.code)] ?? ''} onChange={(event) => onChange({ [filterKey(field.code)]: event.target.value || undefined })} style={{ display: 'block' }}>
            <option value="">{t('all')}</option>
            {(field.type === 'boolean' ? [{ code: 'true', title: t('yes') }, { code: 'false', title: t('no') }] : (field.values ?? [])).map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
          </select>
        </label>
      ))}
      {hasFilters(register, search) ? <button type="button" className="link-button" onClick={clear}>{t('clear')}</button> : null}
      {register.pointField ? (
        <button type="button" className="button" aria-pressed={search['view'] === 'map'} onClick={() => onChange({ view: search['view'] === 'map' ? undefined : 'map' })}>{t(search['view'] === 'map' ? 'view-table' : 'view-map')}</button>
      ) : null}
    </div>
  )
}

/** Searches while typing, after a short rest. */
function SearchBox({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const t = useRegisterWords()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onSearch(text.trim()), 300)
    return () => clearTimeout(timer)
  }, [text])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSearch(text.trim())
  }
  return (
    <form onSubmit={submit} role="search">
      <label htmlFor="register-search">{t('find')}</label>
      <input id="register-search" type="search" className="plain-input" placeholder={t('find-hint')} value={text} onChange={(event) => setText(event.target.value)} style={{ width: 220 }} />
    </form>
  )
}
