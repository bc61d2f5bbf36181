import { rows, sql, type Db } from '../runtime/database.ts'
import type { AnyRegister, ReferenceField } from './define.ts'
import type { Entity, ReadInstant } from './entity.ts'
import { governs } from './store-conditions.ts'

interface Titled {
  readonly id: string
  readonly naturalKey: string
  readonly title: string
}

/** Natural key and name of entities by id, ended ones included: what a reference shows. */
export async function referredEntities(db: Db, field: ReferenceField, { cityCode, ids, ...instant }: ReadInstant & { cityCode: string; ids: readonly string[] }): Promise<Titled[]> {
  if (ids.length === 0) return []
  const name = field.titleBy
  const found = await rows(db, sql<{ entity_id: string; natural_key: string; title: string | null }>`select v.entity_id, v.natural_key, ${name ? sql`v.data->>${sql.lit(name)}` : sql`null`} as title from register_version v
    where v.city_code = ${cityCode} and v.register = ${field.register} and v.entity_id = any(${ids}::uuid[]) and ${governs({ asOf: instant.asOf })}`)
  return found.map((row) => ({ id: row.entity_id, naturalKey: row.natural_key, title: row.title ?? row.natural_key }))
}

/** Names of everything these rows refer to, by entity id. */
export async function titlesOf(db: Db, register: AnyRegister, entities: readonly Entity[], instant: ReadInstant): Promise<Record<string, string>> {
  const titles: Record<string, string> = {}
  const cityCode = entities[0]?.cityCode
  if (cityCode === undefined) return titles
  for (const code of register.codes) {
    const field = register.fields[code]!
    if (field.type !== 'reference') continue
    const ids = [...new Set(entities.map((each) => each.data[code] as string | undefined).filter((id) => id !== undefined))]
    for (const each of await referredEntities(db, field as ReferenceField, { cityCode, ids, ...instant })) titles[each.id] = each.title
  }
  return titles
}
