import { useNavigate, Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { addressOf, api } from '../../api/client.ts'
import type { ImportRecord } from '../../api/imports.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { minuteText } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { ProblemLine } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { useImportWords } from './import-words.ts'

/** Step one: the file. Nothing is written by it. */
export function ChooseStep({ register }: { register: RegisterDescription }) {
  const t = useImportWords()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [over, setOver] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const upload = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setError(null)
    const form = new FormData()
    form.append('file', file)
    try {
      const { id } = await api.post<ImportRecord>(`/${register.plural}/imports`, form)
      void navigate({ to: '.', search: (before: object) => ({ ...before, import: id }) })
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  return (
    <>
      <p className="secondary" style={{ marginBottom: 12 }}>{t('choose-state')}</p>
      {error ? <ProblemLine error={error} /> : null}
      <div className={over ? 'drop over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={(event) => { event.preventDefault(); setOver(false); void upload(event.dataTransfer.files[0]) }}>
        <p>{busy ? t('uploading') : t('drop')}</p>
        <input ref={input} type="file" accept=".xlsx" className="visually-hidden" tabIndex={-1} aria-label={t('pick')} onChange={(event) => void upload(event.target.files?.[0])} />
        <p className="actions" style={{ justifyContent: 'center', marginTop: 12 }}>
          <button type="button" className="button primary" disabled={busy} onClick={() => input.current?.click()}>{t('pick')}</button>
          <a className="button" href={addressOf(`/${register.plural}/template.xlsx`)} download>{t('template')}</a>
        </p>
      </div>
      <EarlierImports register={register} />
    </>
  )
}

function EarlierImports({ register }: { register: RegisterDescription }) {
  const t = useImportWords()
  const imports = useRead<{ items: readonly ImportRecord[] }>('/imports', { register: register.code, limit: 20 }, { asOf: false }).data?.items ?? []
  if (imports.length === 0) return null
  return (
    <Section title={t('earlier')}>
      <DataTable
        caption={t('earlier')}
        compact
        rows={imports}
        keyOf={({ id }) => id}
        columns={[
          { key: 'file', title: t('file'), cell: ({ id, fileName }) => <Link to="." search={(before: object) => ({ ...before, import: id })}>{fileName}</Link> },
          { key: 'state', title: t('state'), cell: ({ state }) => t(`state-${state}`) },
          { key: 'who', title: t('who'), cell: ({ author }) => author },
          { key: 'when', title: t('when'), cell: ({ uploadedAt }) => minuteText(uploadedAt) },
        ]}
      />
    </Section>
  )
}
