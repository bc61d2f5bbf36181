import { ProblemError } from '../base/problems.ts'
import { findRow, rows, run, sql, transaction, type Db } from '../runtime/database.ts'
import { workbookProblem as problem } from './problems.ts'
import type { ImportRecord, RevertCounts } from './store-imports.ts'

/**
 * Takes a whole import back: its versions are retracted, not deleted, so a read as of an earlier instant still sees them.
 * Rows changed since by somebody else keep that later content. Throws `import-not-ready` unless the import is applied.
 */
export const revertImport = (db: Db, target: Pick<ImportRecord, 'cityCode' | 'id' | 'register'>, { now, author }: { now: number; author: string }): Promise<RevertCounts> =>
  transaction(db, async (inside) => {
    const { cityCode, id, register } = target
    const locked = await findRow(inside, sql<{ state: string }>`select state from register_import where city_code = ${cityCode} and import_id = ${id} for update`)
    if (locked?.state !== 'applied') throw new ProblemError(problem('import-not-ready', { state: locked?.state, step: '撤销' }), 409)
    const at = new Date(now)
    const touched = (await rows(inside, sql<{ entity_id: string }>`select entity_id from register_entity where city_code = ${cityCode} and register = ${register} and entity_id in
      (select entity_id from register_version where city_code = ${cityCode} and source_kind = 'import' and source_ref = ${id} and retracted_at is null) order by entity_id for update`)).map((row) => row.entity_id)
    await run(inside, sql`update register_version set retracted_at = ${at} where city_code = ${cityCode} and source_kind = 'import' and source_ref = ${id} and retracted_at is null`)
    const standing = await rows(inside, sql<{ entity_id: string; natural_key: string | null; alive: boolean; later: boolean }>`select t.entity_id, v.natural_key, v.entity_id is not null and not v.ended as alive, coalesce(v.recorded_at > i.applied_at, false) as later
      from unnest(${touched}::uuid[]) as t(entity_id)
      join register_import i on i.city_code = ${cityCode} and i.import_id = ${id}
      left join lateral (select * from register_version w where w.city_code = ${cityCode} and w.register = ${register} and w.entity_id = t.entity_id and w.retracted_at is null
        order by w.valid_from desc, w.recorded_at desc, w.version_id desc limit 1) v on true`)
    await run(inside, sql`update register_entity e set alive = s.alive, natural_key = coalesce(s.natural_key, e.natural_key)
      from jsonb_to_recordset(${JSON.stringify(standing)}::jsonb) as s(entity_id uuid, natural_key text, alive boolean)
      where e.city_code = ${cityCode} and e.register = ${register} and e.entity_id = s.entity_id`)
    const counts: RevertCounts = {
      removed: standing.filter((each) => each.natural_key === null).length,
      kept: standing.filter((each) => each.later).length,
      restored: standing.filter((each) => each.natural_key !== null && !each.later).length,
    }
    await run(inside, sql`update register_import set state = 'reverted', reverted_at = ${at}, reverted_by = ${author}, counts = counts || ${JSON.stringify({ reverted: counts })}::jsonb where city_code = ${cityCode} and import_id = ${id}`)
    return counts
  })
