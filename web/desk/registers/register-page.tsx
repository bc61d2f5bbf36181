import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { addressOf, api } from '../../api/client.ts'
import type { EntityPage, RegisterDescription } from '../../api/registers.ts'
import { AsOf } from '../../shared/figure.tsx'
import { PageTitle } from '../../shared/page.tsx'
import { EmptyState, Loading, ProblemLine } from '../../shared/states.tsx'
import { asOfInstant, useFrameSearch } from '../reads.ts'
import { useRegister, useRegisters } from './descriptions.ts'
import { EntityTable } from './entity-table.tsx'
import { Filters } from './filters.tsx'
import { hasFilters, listQuery, type RegisterSearch } from './list-query.ts'
import { useRegisterWords } from './words.ts'

const EntityMap = lazy(() => import('./entity-map.tsx'))
const pageSize = 100

/** Any register: filters, table (and map where rows have a point), export of what is on screen, import. */
export function RegisterPage() {
  const { plural } = useParams({ strict: false }) as { plural: string }
  const registers = useRegisters()
  const register = useRegister(plural)
  if (registers.error) return <ProblemLine error={registers.error} />
  if (!registers.data) return <Loading />
  return register ? <RegisterContent key={plural} register={register} /> : <PageTitle title={plural} />
}

function RegisterContent({ register }: { register: RegisterDescription }) {
  const t = useRegisterWords()
  const search = useSearch({ strict: false }) as RegisterSearch
  const navigate = useNavigate()
  const { asOf } = useFrameSearch()
  const [chosen, setChosen] = useState<string | null>(null)
  const query = { ...listQuery(register, search), asOf: asOfInstant(asOf) }
  const pages = useInfiniteQuery({
    queryKey: [`/${register.plural}`, 'list', query],
    queryFn: ({ pageParam, signal }) => api.get<EntityPage>(`/${register.plural}`, { ...query, limit: pageSize, total: pageParam === '' ? true : undefined, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
  const change = (part: Record<string, string | undefined>) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true })
  const first = pages.data?.pages[0]
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const titles = Object.assign({}, ...(pages.data?.pages.map((page) => page.titles) ?? [])) as Record<string, string>
  const withMap = register.pointField !== null && search['view'] === 'map'
  const open = (id: string) => void navigate({ to: `/desk/registers/${register.plural}/${id}` })
  return (
    <>
      <PageTitle title={register.title} state={first ? t('state', { description: register.description, total: first.total ?? items.length }) : register.description} actions={<Actions register={register} query={query} readOnly={asOf !== undefined} />} />
      <Filters register={register} search={search} onChange={change} />
      {pages.error ? <ProblemLine error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {!first && !pages.error ? <Loading /> : null}
      {first && items.length === 0 ? <Nothing register={register} filtered={hasFilters(register, search) || search.district !== undefined} /> : null}
      {items.length > 0 ? (
        <>
          <div className={withMap ? 'split register-split' : ''}>
            <EntityTable register={register} items={items} titles={titles} order={search['order']} narrow={withMap} onOrder={(order) => change({ order })} selected={chosen} onSelect={(id) => (withMap && chosen !== id ? setChosen(id) : open(id))} />
            {withMap ? <Suspense fallback={<Loading />}><EntityMap register={register} query={query} selected={chosen} onSelect={setChosen} /></Suspense> : null}
          </div>
          <div className="toolbar">
            <AsOf at={first?.asOf} source={register.title} />
            {pages.hasNextPage ? <button type="button" className="button" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more', { count: pageSize })}</button> : <span className="secondary small">{t('all-shown')}</span>}
          </div>
        </>
      ) : null}
    </>
  )
}

function Actions({ register, query, readOnly }: { register: RegisterDescription; query: Readonly<Record<string, unknown>>; readOnly: boolean }) {
  const t = useRegisterWords()
  return (
    <>
      <a className="button" href={addressOf(`/${register.plural}/export.xlsx`, query as never)} download>{t('export')}</a>
      {register.mayWrite && !readOnly ? (
        <>
          <Link className="button" to={`/desk/registers/${register.plural}/import`}>{t('import')}</Link>
          <Link className="button primary" to={`/desk/registers/${register.plural}/new`}>{t('add')}</Link>
        </>
      ) : null}
    </>
  )
}

function Nothing({ register, filtered }: { register: RegisterDescription; filtered: boolean }) {
  const t = useRegisterWords()
  if (filtered) return <EmptyState title={t('none-match', { title: register.title })} provider={t('none-match-provider')} />
  return (
    <EmptyState title={t('empty', { title: register.title })} provider={t('empty-provider')}>
      {register.mayWrite ? (
        <>
          <a className="button" href={addressOf(`/${register.plural}/template.xlsx`)} download>{t('template')}</a>
          <Link className="button primary" to={`/desk/registers/${register.plural}/import`}>{t('import')}</Link>
        </>
      ) : null}
    </EmptyState>
  )
}
