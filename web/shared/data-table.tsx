import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  /** figures stand right-aligned under their unit */
  readonly unit?: string | undefined
  readonly numeric?: boolean
  readonly width?: number | string
  readonly cell: (row: Row) => ReactNode
  /** sort key; present: the head is a button */
  readonly order?: string
  /** stays in view when the table scrolls sideways */
  readonly fixed?: boolean
}

interface DataTableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  readonly order?: string | undefined
  readonly onOrder?: (order: string) => void
  readonly selected?: string | null | undefined
  readonly onSelect?: (row: Row) => void
  readonly compact?: boolean
  readonly footer?: ReactNode
}

/** What the head shows and asks for next: ascending, then descending. */
const nextOrder = (current: string | undefined, key: string) => (current === key ? `-${key}` : key)

/** A real table: rows of 36 px, sticky head that repeats on paper, sortable heads that are buttons, rows that answer to the keyboard. */
export function DataTable<Row>({ caption, columns, rows, keyOf, order, onOrder, selected, onSelect, compact, footer }: DataTableProps<Row>) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className={compact ? 'table compact' : 'table'}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" style={{ width: column.width }} className={classOf(column)} aria-sort={sortOf(order, column.order)}>
                {column.order && onOrder ? (
                  <button type="button" className="sort" onClick={() => onOrder(nextOrder(order, column.order!))}>
                    {column.title}
                    <SortMark direction={sortOf(order, column.order)} />
                  </button>
                ) : (
                  column.title
                )}
                {column.unit ? <span className="unit">（{column.unit}）</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row)
            return (
              <tr key={key} className={selected === key ? 'selected' : undefined} aria-selected={onSelect ? selected === key : undefined} tabIndex={onSelect ? 0 : undefined} onClick={onSelect ? () => onSelect(row) : undefined} onKeyDown={onSelect ? (event) => (event.key === 'Enter' && event.target === event.currentTarget ? onSelect(row) : undefined) : undefined}>
                {columns.map((column) => (
                  <td key={column.key} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
        {footer ? <tfoot>{footer}</tfoot> : null}
      </table>
    </div>
  )
}

const classOf = (column: { numeric?: boolean; fixed?: boolean }) => [column.numeric ? 'numeric' : '', column.fixed ? 'fixed' : ''].filter(Boolean).join(' ') || undefined

const sortOf = (order: string | undefined, key: string | undefined) => (key === undefined ? undefined : order === key ? 'ascending' : order === `-${key}` ? 'descending' : undefined)

const SortMark = ({ direction }: { direction: 'ascending' | 'descending' | undefined }) => (
  <svg className="sort-mark" viewBox="0 0 8 10" width="8" height="10" aria-hidden="true">
    <path d="M4 0 7 4H1z" opacity={direction === 'ascending' ? 1 : 0.25} />
    <path d="M4 10 1 6H7z" opacity={direction === 'descending' ? 1 : 0.25} />
  </svg>
)
