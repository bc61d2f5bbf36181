import type { Problem } from '../base/problems.ts'
import { rows, sql, type Db } from '../runtime/database.ts'
import type { ReferenceField } from './define.ts'
import { registerProblem as problem } from './problems.ts'
import { governs } from './store-conditions.ts'

/**
 * Looks up living entities by what people write in a reference column: the natural key first, then one of `matchBy`.
 * Texts already answered are kept, so 100,000 trucks of 300 firms ask 300 times.
 */
export function referenceFinder(db: Db, field: ReferenceField, { cityCode, asOf }: { cityCode: string; asOf: number }): (texts: readonly string[]) => Promise<(text: string) => string | Problem> {
  const answers = new Map<string, string | Problem>()
  const namedBy = sql.join([sql`v.natural_key`, ...field.matchBy.map((name) => sql`v.data->>${sql.lit(name)}`)])
  return async (texts) => {
    const asked = [...new Set(texts)].filter((text) => !answers.has(text))
    if (asked.length > 0) {
      const found = await rows(db, sql<{ entity_id: string; names: (string | null)[] }>`select v.entity_id, array[${namedBy}] as names from register_version v
        where v.city_code = ${cityCode} and v.register = ${field.register} and not v.ended and ${governs({ asOf })} and array[${namedBy}] && ${asked}::text[]`)
      for (const text of asked) answers.set(text, answer(field, text, found))
    }
    return (text) => answers.get(text)!
  }
}

function answer(field: ReferenceField, text: string, found: readonly { entity_id: string; names: (string | null)[] }[]): string | Problem {
  for (let at = 0; at <= field.matchBy.length; at += 1) {
    const hits = found.filter((each) => each.names[at] === text)
    if (hits.length === 1) return hits[0]!.entity_id
    if (hits.length > 1) return problem('reference-ambiguous', { title: field.title, value: text, register: field.registerTitle, count: hits.length, key: '唯一编号或代码' })
  }
  return problem('reference-not-found', { title: field.title, value: text, register: field.registerTitle, keys: '编号或全称' })
}
