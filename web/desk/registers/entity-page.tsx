import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { Entity, EntityHistory, RegisterDescription } from '../../api/registers.ts'
import { dayText, momentInText, dateInText, nowMs } from '../../shared/format.ts'
import { LazyMap } from '../../shared/map/lazy-map.tsx'
import { PageTitle } from '../../shared/page.tsx'
import { Loading, Reading } from '../../shared/states.tsx'
import { iconOfPlace, pointOfEntity } from '../map/place-layers.ts'
import { useRead, useReadWithVersion } from '../reads.ts'
import { useRegister } from './descriptions.ts'
import { HistoryTable } from './history-table.tsx'
import { Value } from './value.tsx'
import { useRegisterWords } from './words.ts'

const EntityForm = lazy(() => import('./entity-form.tsx'))
const tabs = ['details', 'edit', 'history'] as const
type Tab = (typeof tabs)[number]

/** One row of a register: what it says, since when, from whom; its history; its form. */
export function EntityPage() {
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string }
  const register = useRegister(plural)
  const entity = useReadWithVersion<Entity>(`/${plural}/${id}`)
  const history = useRead<EntityHistory>(`/${plural}/${id}/history`)
  if (!register) return <Loading />
  return <Reading read={entity}>{({ body, etag }) => <EntityContent register={register} entity={body} etag={etag} history={history.data} onChanged={() => { void entity.refetch(); void history.refetch() }} />}</Reading>
}

interface EntityContentProps {
  readonly register: RegisterDescription
  readonly entity: Entity
  readonly etag: string | null
  readonly history: EntityHistory | undefined
  readonly onChanged: () => void
}

function EntityContent({ register, entity, etag, history, onChanged }: EntityContentProps) {
  const t = useRegisterWords()
  const { tab: asked, asOf } = useSearch({ strict: false }) as { tab?: string; asOf?: string }
  const mayEdit = register.mayWrite && asOf === undefined
  const tab: Tab = asked === 'history' || (asked === 'edit' && mayEdit) ? asked : 'details'
  const name = String(entity.data['name'] ?? entity.naturalKey)
  const state = t('valid-since', { from: dateInText(entity.validFrom), author: entity.source.author, at: momentInText(entity.recordedAt), how: t(`by-${entity.source.kind}`) })
  const back = <Link to={`/desk/registers/${register.plural}`}>{register.title}</Link>
  return (
    <>
      <PageTitle title={name} state={state} back={back} actions={register.code === 'vehicle' ? <Link className="button" to={`/desk/vehicles/${entity.id}/track/${dayText(nowMs())}`}>{t('track-today')}</Link> : undefined} />
      <nav className="tabs" aria-label={name}>
        {tabs.filter((each) => each !== 'edit' || mayEdit).map((each) => (
          <Link key={each} to="." search={(before: object) => ({ ...before, tab: each === 'details' ? undefined : each })} activeOptions={{ exact: true, includeSearch: true }} replace>{t(each)}</Link>
        ))}
      </nav>
      {tab === 'details' ? <Details register={register} entity={entity} titles={history?.titles ?? {}} /> : null}
      {tab === 'history' ? (history ? <HistoryTable register={register} history={history} /> : <Loading />) : null}
      {tab === 'edit' ? <Suspense fallback={<Loading />}><EntityForm register={register} entity={entity} etag={etag} titles={history?.titles ?? {}} onChanged={onChanged} /></Suspense> : null}
    </>
  )
}

function Details({ register, entity, titles }: { register: RegisterDescription; entity: Entity; titles: Readonly<Record<string, string>> }) {
  const navigate = useNavigate()
  const point = pointOfEntity(register.plural, entity)
  return (
    <div className={point ? 'two-columns' : ''}>
      <dl className="pairs">
        {register.fields.map((field) => (
          <Pair key={field.code} title={field.title}><Value field={field} value={entity.data[field.code]} titles={titles} />{field.unit && entity.data[field.code] !== undefined ? ` ${field.unit}` : ''}</Pair>
        ))}
      </dl>
      {point ? <div className="entity-place"><LazyMap title={register.title} points={[{ ...point, icon: iconOfPlace(register.plural, entity.data) }]} selected={null} onSelect={() => void navigate({ to: '.' })} /></div> : null}
    </div>
  )
}

const Pair = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </>
)
