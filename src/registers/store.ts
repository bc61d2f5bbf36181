import type { DataScope } from '../accounts/actor.ts'
import { isId } from '../base/ids.ts'
import { notFound } from '../runtime/http.ts'
import { findRow, rows, sql, type Db } from '../runtime/database.ts'
import type { AnyRegister, DataOf, Fields, Register } from './define.ts'
import type { Entity, ListOptions, ReadInstant, Version } from './entity.ts'
import { afterCursor, encodeCursor, governs, inScope, parseOrder, selection } from './store-conditions.ts'

interface VersionRow {
  entity_id: string
  version_id: string
  register: string
  city_code: string
  district_code: string | null
  enterprise_id: string | null
  natural_key: string
  data: Record<string, unknown>
  valid_from: string
  recorded_at: number
  source_kind: Entity['source']['kind']
  source_ref: string
  author_name: string
  ended: boolean
  ended_reason: string | null
  retracted_at: number | null
}

const columns = sql`v.entity_id, v.version_id, v.register, v.city_code, v.district_code, v.enterprise_id, v.natural_key, v.data, v.valid_from, v.recorded_at, v.source_kind, v.source_ref, v.author_name`

const entityOf = <Data>(row: VersionRow): Entity<Data> => ({
  id: row.entity_id,
  versionId: row.version_id,
  register: row.register,
  cityCode: row.city_code,
  districtCode: row.district_code,
  enterpriseId: row.enterprise_id,
  naturalKey: row.natural_key,
  data: row.data as Data,
  validFrom: row.valid_from,
  recordedAt: row.recorded_at,
  source: { kind: row.source_kind, ref: row.source_ref, author: row.author_name },
})

/**
 * One page of the living entities a person may see, as of an instant. `next` is the cursor of the following page, null at the
 * end. Throws ProblemError `query-malformed` for an order or cursor that is none.
 */
export async function listEntities<F extends Fields>(db: Db, register: Register<F>, options: ListOptions): Promise<{ entities: Entity<DataOf<F>>[]; next: string | null }> {
  const general = register as unknown as AnyRegister
  const limit = Math.min(Math.max(options.limit ?? 50, 1), 1000)
  const order = parseOrder(general, options.order)
  const after = options.cursor === undefined ? sql`` : sql`and ${afterCursor(order, options.cursor)}`
  const found = await rows(db, sql<VersionRow & { order_value: string | number | null }>`select ${columns}, ${order.by} as order_value from register_version v
    where ${selection(general, options)} ${after}
    order by ${order.by} ${order.descending ? sql`desc` : sql`asc`} nulls last, v.entity_id limit ${limit + 1}`)
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return { entities: page.map(entityOf<DataOf<F>>), next: found.length > limit && last ? encodeCursor(order, last.order_value, last.entity_id) : null }
}

/** How many entities a list has in all. */
export async function countEntities<F extends Fields>(db: Db, register: Register<F>, options: Omit<ListOptions, 'cursor' | 'limit' | 'order'>): Promise<number> {
  const row = await findRow(db, sql<{ count: number }>`select count(*) as count from register_version v where ${selection(register as unknown as AnyRegister, options)}`)
  return row!.count
}

/** Every living entity of a city as of an instant, by natural key: for indicators and the map of a whole city. */
export async function readAll<F extends Fields>(db: Db, register: Register<F>, { cityCode, ...instant }: ReadInstant & { readonly cityCode: string }): Promise<Entity<DataOf<F>>[]> {
  const found = await rows(db, sql<VersionRow>`select ${columns} from register_version v
    where v.city_code = ${cityCode} and v.register = ${register.code} and not v.ended and ${governs(instant)}
    order by v.natural_key collate "C", v.entity_id`)
  return found.map(entityOf<DataOf<F>>)
}

export type Key = { readonly id: string } | { readonly naturalKey: string }

/** The living entity with an id or natural key within a person's scope, or undefined. */
export async function findEntity<F extends Fields>(db: Db, register: Register<F>, { scope, key, ...instant }: ReadInstant & { readonly scope: DataScope; readonly key: Key }): Promise<Entity<DataOf<F>> | undefined> {
  if ('id' in key && !isId(key.id)) return undefined
  const named = 'id' in key ? sql`v.entity_id = ${key.id}::uuid` : sql`v.natural_key collate "C" = ${key.naturalKey}`
  const row = await findRow(db, sql<VersionRow>`select ${columns} from register_version v
    where ${inScope(register as unknown as AnyRegister, scope)} and ${named} and not v.ended and ${governs(instant)}`)
  return row && entityOf<DataOf<F>>(row)
}

/** The same; throws `not-found` (404) when it is absent, ended or not the person's to see. */
export async function getEntity<F extends Fields>(db: Db, register: Register<F>, options: ReadInstant & { readonly scope: DataScope; readonly key: Key }): Promise<Entity<DataOf<F>>> {
  const entity = await findEntity(db, register, options)
  if (!entity) throw notFound(`${register.title} ${'id' in options.key ? options.key.id : options.key.naturalKey}`)
  return entity
}

/** Every version of an entity known by `asOf`, newest validity first, ends and retracted versions included; throws `not-found`. */
export async function historyOf<F extends Fields>(db: Db, register: Register<F>, { scope, id, asOf }: { readonly scope: DataScope; readonly id: string; readonly asOf: number }): Promise<Version<DataOf<F>>[]> {
  const found = isId(id)
    ? await rows(db, sql<VersionRow>`select ${columns}, v.ended, v.ended_reason, v.retracted_at from register_version v
        where ${inScope(register as unknown as AnyRegister, scope)} and v.entity_id = ${id}::uuid and v.recorded_at <= ${new Date(asOf)}
        order by v.valid_from desc, v.recorded_at desc, v.version_id desc`)
    : []
  if (found.length === 0) throw notFound(`${register.title} ${id}`)
  return found.map((row) => ({ ...entityOf<DataOf<F>>(row), ended: row.ended, endedReason: row.ended_reason, retractedAt: row.retracted_at !== null && row.retracted_at <= asOf ? row.retracted_at : null }))
}
