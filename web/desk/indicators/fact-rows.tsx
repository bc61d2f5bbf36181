import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/client.ts'
import type { FactRow, FactSide } from '../../api/indicators.ts'
import { DataTable } from '../../shared/data-table.tsx'
import { dayText, numberText } from '../../shared/format.ts'
import { EmptyState, ProblemLine } from '../../shared/states.tsx'
import { useIndicatorWords } from './words.ts'

const pageSize = 100

/** `/api/v1/nodes/ID?asOf=…` opens as `/desk/registers/nodes/ID`. */
const addressOfRow = (factId: string, { href, kind, id }: FactRow): { to: string; search?: object } | null => {
  if (kind === 'vehicle-days') return { to: `/desk/facts/${factId}`, search: { row: `vehicle-days:${id.slice(0, 36)}` } }
  const match = href ? /^\/api\/v1\/([a-z-]+)\/([0-9a-f-]+)/.exec(href) : null
  return match ? { to: `/desk/registers/${match[1]}/${match[2]}` } : null
}

/** Rows counted, or rows left out with the reason; the first ones came with the lineage, the rest page by page. */
export function FactRows({ id, included, first }: { id: string; included: boolean; first: FactSide }) {
  const t = useIndicatorWords()
  const more = useInfiniteQuery({
    queryKey: ['fact-rows', id, included],
    queryFn: ({ pageParam }) => api.get<{ items: readonly FactRow[]; next: string | null }>(`/facts/${id}/rows`, { included, limit: pageSize, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: false,
  })
  const rows = more.data?.pages.flatMap(({ items }) => items) ?? first.rows
  const hasMore = more.data ? more.hasNextPage : first.rowsVisible > first.rowsShown
  if (rows.length === 0) return <EmptyState title={t('rows-none')} provider={t('rows-none-provider')} />
  const sharesDenominator = rows.some(({ denominator }) => denominator !== 0)
  return (
    <>
      <DataTable
        caption={t('row-name')}
        compact
        rows={rows}
        keyOf={({ kind, id: rowId, reason }) => `${kind}-${rowId}-${reason ?? ''}`}
        columns={[
          { key: 'kind', title: t('row-kind'), width: 110, cell: ({ kindTitle }) => kindTitle },
          { key: 'name', title: t('row-name'), cell: (row) => <RowName factId={id} row={row} /> },
          { key: 'day', title: t('row-day'), width: 110, cell: ({ day }) => (day ? dayText(day) : '') },
          ...(rows.some(({ count }) => count !== 1) ? [{ key: 'count', title: t('row-count'), numeric: true, cell: ({ count }: FactRow) => numberText(count) }] : []),
          ...(included
            ? [{ key: 'numerator', title: t('row-numerator'), numeric: true, cell: ({ numerator }: FactRow) => numberText(numerator) }, ...(sharesDenominator ? [{ key: 'denominator', title: t('row-denominator'), numeric: true, cell: ({ denominator }: FactRow) => numberText(denominator) }] : [])]
            : [{ key: 'reason', title: t('row-reason'), cell: ({ reason }: FactRow) => reason }]),
        ]}
      />
      {more.error ? <ProblemLine error={more.error} /> : null}
      {hasMore ? <p style={{ marginTop: 8 }}><button type="button" className="button" onClick={() => void more.fetchNextPage()}>{t('more', { count: pageSize })}</button></p> : null}
    </>
  )
}

function RowName({ factId, row }: { factId: string; row: FactRow }) {
  const address = addressOfRow(factId, row)
  return address ? <Link to={address.to} search={(address.search ?? {}) as never}>{row.name}</Link> : <>{row.name}</>
}
