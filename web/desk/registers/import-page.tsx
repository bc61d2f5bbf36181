import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import type { ImportRecord, ImportState } from '../../api/imports.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import { PageTitle } from '../../shared/page.tsx'
import { Loading, ProblemLine, Reading } from '../../shared/states.tsx'
import { useRegister } from './descriptions.ts'
import { CheckStep } from './import-check.tsx'
import { ChooseStep } from './import-choose.tsx'
import { DoneStep, WorkingStep } from './import-done.tsx'
import { MapStep } from './import-map.tsx'
import { useImportWords } from './import-words.ts'

const steps = ['choose', 'map', 'check', 'apply'] as const

/** Which of the four steps a state belongs to. */
const stepOf: Readonly<Record<ImportState, (typeof steps)[number]>> = { uploaded: 'map', mapped: 'map', checking: 'check', checked: 'check', failed: 'map', applying: 'apply', applied: 'apply', reverted: 'apply' }

/** Choose → map → check → apply. The import has its own address, so that one can leave and come back while it works. */
export function ImportPage() {
  const { plural } = useParams({ strict: false }) as { plural: string }
  const { import: id } = useSearch({ strict: false }) as { import?: string }
  const register = useRegister(plural)
  if (!register) return <Loading />
  return id ? <RunningImport key={id} register={register} id={id} /> : <Frame register={register} step="choose"><ChooseStep register={register} /></Frame>
}

function Frame({ register, step, children }: { register: RegisterDescription; step: (typeof steps)[number]; children: React.ReactNode }) {
  const t = useImportWords()
  return (
    <>
      <PageTitle title={t('title', { title: register.title })} back={<Link to={`/desk/registers/${register.plural}`}>{register.title}</Link>} />
      <ol className="steps">
        {steps.map((each) => <li key={each} aria-current={each === step ? 'step' : undefined} className={steps.indexOf(each) < steps.indexOf(step) ? 'passed' : undefined}>{t(`step-${each}`)}</li>)}
      </ol>
      {children}
    </>
  )
}

export interface ImportWork {
  readonly record: ImportRecord
  readonly register: RegisterDescription
  readonly busy: boolean
  /** a step of the work; its refusal is shown above */
  readonly act: (step: string, body?: unknown) => Promise<void>
}

function RunningImport({ register, id }: { register: RegisterDescription; id: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [remap, setRemap] = useState(false)
  const key = ['import', id]
  const record = useQuery({ queryKey: key, queryFn: () => api.get<ImportRecord>(`/imports/${id}`), refetchInterval: (query) => (query.state.data?.state === 'checking' || query.state.data?.state === 'applying' ? 1000 : false) })
  const act = async (step: string, body: unknown = {}) => {
    setBusy(true)
    setError(null)
    try {
      queries.setQueryData(key, await api.post<ImportRecord>(`/imports/${id}/${step}`, body))
      setRemap(false)
      if (step === 'apply' || step === 'revert') await queries.invalidateQueries({ queryKey: [`/${register.plural}`] })
    } catch (problem) {
      setError(problem)
    }
    setBusy(false)
  }
  return (
    <Reading read={record}>
      {(found) => {
        const work: ImportWork = { record: found, register, busy, act }
        const step = remap ? 'map' : stepOf[found.state]
        return (
          <Frame register={register} step={step}>
            {error ? <ProblemLine error={error} /> : null}
            {found.failure ? <ProblemLine error={new Error(`${found.failure.message}。${found.failure.action}。`)} /> : null}
            {found.state === 'checking' || found.state === 'applying' ? <WorkingStep record={found} /> : null}
            {step === 'map' ? <MapStep work={work} /> : null}
            {step === 'check' && found.state === 'checked' ? <CheckStep work={work} onRemap={() => setRemap(true)} onAnother={() => void navigate({ to: '.', search: (before: object) => ({ ...before, import: undefined }) })} /> : null}
            {found.state === 'applied' || found.state === 'reverted' ? <DoneStep work={work} /> : null}
          </Frame>
        )
      }}
    </Reading>
  )
}
