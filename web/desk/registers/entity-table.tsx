import { Link } from '@tanstack/react-router'
import type { Entity, FieldDescription, RegisterDescription } from '../../api/registers.ts'
import { DataTable, type Column } from '../../shared/data-table.tsx'
import { isNumeric, Value } from './value.tsx'

interface EntityTableProps {
  readonly register: RegisterDescription
  readonly items: readonly Entity[]
  readonly titles: Readonly<Record<string, string>>
  readonly order: string | undefined
  /** beside a map: the first columns only */
  readonly narrow: boolean
  readonly onOrder: (order: string) => void
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

const narrowColumns = 3

/** Listed fields in the register's order; the first one names the row and is a link. */
export function EntityTable({ register, items, titles, order, narrow, onOrder, selected, onSelect }: EntityTableProps) {
  const listed = register.fields.filter((field) => field.listed && field.type !== 'point')
  const naming = listed.find(({ code }) => code === 'name') ?? listed.find(({ code }) => register.naturalKey.includes(code)) ?? listed[0]
  const fields = [naming, ...listed.filter((field) => field !== naming)].filter((field): field is FieldDescription => field !== undefined).slice(0, narrow ? narrowColumns : undefined)
  const columns = fields.map((field): Column<Entity> => ({
    key: field.code,
    title: field.title,
    unit: field.unit,
    numeric: isNumeric(field),
    fixed: field === naming,
    ...(field.personal || field.type === 'enum-list' ? {} : { order: field.code }),
    cell: (entity) => {
      const value = <Value field={field} value={entity.data[field.code]} titles={titles} />
      return field === naming ? <Link to={`/desk/registers/${register.plural}/${entity.id}`} className={register.naturalKey.includes(field.code) && field.code !== 'name' ? 'nowrap' : 'row-name'} onClick={(event) => event.stopPropagation()}>{value}</Link> : value
    },
  }))
  return <DataTable caption={register.title} columns={columns} rows={items} keyOf={({ id }) => id} order={order} onOrder={onOrder} selected={selected} onSelect={({ id }) => onSelect(id)} compact={narrow} />
}
