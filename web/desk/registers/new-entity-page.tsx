import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { api, ApiProblem } from '../../api/client.ts'
import type { Entity, EntityData, RegisterDescription } from '../../api/registers.ts'
import { PageTitle } from '../../shared/page.tsx'
import { Loading, ProblemLine, type Saving } from '../../shared/states.tsx'
import { useRegister } from './descriptions.ts'
import { Field } from './entity-form.tsx'
import { FieldInput } from './field-input.tsx'
import { useRegisterWords } from './words.ts'

/** A new row: nothing is saved before all required fields are right; each refusal stands at its field. */
export function NewEntityPage() {
  const { plural } = useParams({ strict: false }) as { plural: string }
  const register = useRegister(plural)
  return register ? <NewEntity register={register} /> : <Loading />
}

function NewEntity({ register }: { register: RegisterDescription }) {
  const t = useRegisterWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [data, setData] = useState<EntityData>({})
  const [error, setError] = useState<unknown>(null)
  const problems = error instanceof ApiProblem ? error.errors : []
  const savingOf = (code: string): Saving => {
    const problem = problems.find(({ field }) => field === code)
    return problem ? { state: 'invalid', reason: `${problem.message}，${problem.action ?? ''}` } : { state: 'idle' }
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setError(null)
    try {
      const filled = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null))
      const made = await api.post<Entity>(`/${register.plural}`, filled)
      await queries.invalidateQueries({ queryKey: [`/${register.plural}`] })
      void navigate({ to: `/desk/registers/${register.plural}/${made.id}` })
    } catch (problem) {
      setError(problem)
    }
  }
  return (
    <>
      <PageTitle title={t('new-title', { title: register.title })} state={t('new-state')} back={<Link to={`/desk/registers/${register.plural}`}>{register.title}</Link>} />
      <form className="form" onSubmit={(event) => void submit(event)}>
        {register.fields.map((field) => (
          <Field key={field.code} field={field} saving={savingOf(field.code)}>
            <FieldInput field={field} value={data[field.code]} titles={{}} invalid={savingOf(field.code).state === 'invalid'} onChange={(value) => setData((before) => ({ ...before, [field.code]: value }))} />
          </Field>
        ))}
        {error ? <ProblemLine error={error} /> : null}
        <p><button type="submit" className="button primary">{t('save-new')}</button></p>
      </form>
    </>
  )
}
