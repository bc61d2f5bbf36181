import { rows, run, sql, type Db } from './database.ts'

/** Tables of ours in an order in which rows can be put back (a table after those it refers to); partitions belong to their parent. */
export const listTables = async (db: Db): Promise<string[]> => {
  const tables = await rows(db, sql<{ name: string; refers: string[] }>`
    select c.relname as name, coalesce(array_agg(distinct r.relname) filter (where r.relname is not null and r.relname <> c.relname), '{}')::text[] as refers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' left join pg_class r on r.oid = f.confrelid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
    group by c.relname order by c.relname`)
  const ordered: string[] = []
  const place = (name: string): void => {
    if (ordered.includes(name)) return
    for (const before of tables.find((each) => each.name === name)?.refers ?? []) place(before)
    ordered.push(name)
  }
  for (const { name } of tables) place(name)
  return ordered
}

/** Columns that hold data of their own: generated ones are computed again. */
const columnsOf = async (db: Db, table: string): Promise<string[]> =>
  (await rows(db, sql<{ name: string }>`select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`)).map((each) => each.name)

/** Rows of a table as JSON texts, in batches, read through a cursor of the surrounding transaction. */
export async function* readTable(db: Db, table: string, batch = 5000): AsyncGenerator<string[]> {
  const columns = sql.join((await columnsOf(db, table)).map((name) => sql.ref(name)))
  await run(db, sql`declare backup_rows no scroll cursor for select row_to_json(t)::text as line from (select ${columns} from ${sql.table(table)}) t`)
  for (;;) {
    const lines = await rows(db, sql<{ line: string }>`fetch forward ${sql.lit(batch)} from backup_rows`)
    if (lines.length === 0) break
    yield lines.map((each) => each.line)
  }
  await run(db, sql`close backup_rows`)
}

/** Puts rows back; identity columns keep their numbers. */
export async function writeRows(db: Db, table: string, lines: readonly string[]): Promise<void> {
  const columns = sql.join((await columnsOf(db, table)).map((name) => sql.ref(name)))
  await run(db, sql`insert into ${sql.table(table)} (${columns}) overriding system value select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${lines.join(',')}]`}::jsonb)`)
}

export const countRows = async (db: Db, table: string): Promise<number> => (await rows(db, sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`))[0]!.count

/**
 * Makes room in a freshly migrated database for what a backup brings: triggers of append-only tables rest for this transaction
 * (needs a superuser of the database, which the embedded one has) and rows that migrations brought are taken out.
 */
export async function clearForRestore(db: Db, tables: readonly string[]): Promise<void> {
  await run(db, sql`set local session_replication_role = replica`)
  for (const table of [...tables].reverse()) await run(db, sql`delete from ${sql.table(table)}`)
}

/** Statements that make the partitions a backup had, so that rows find their month. */
export const listPartitions = (db: Db): Promise<{ name: string; parent: string; bound: string }[]> =>
  rows(db, sql<{ name: string; parent: string; bound: string }>`select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relispartition and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT' order by c.relname`)

const plain = /^[a-z][a-z0-9_]*$/

export async function makePartition(db: Db, { name, parent, bound }: { name: string; parent: string; bound: string }): Promise<void> {
  if (!plain.test(name) || !plain.test(parent) || !/^FOR VALUES FROM \('[0-9 :+-]+'\) TO \('[0-9 :+-]+'\)$/.test(bound)) throw new Error(`not a partition of ours: ${name} ${bound}`)
  await run(db, sql.raw<unknown>(`create table if not exists ${name} partition of ${parent} ${bound}`))
}

/** Sequences go on behind the numbers that were put back. */
export async function continueSequences(db: Db): Promise<void> {
  const owned = await rows(db, sql<{ table: string; column: string; sequence: string }>`select t.relname as table, a.attname as column, s.oid::regclass::text as sequence
    from pg_class s join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i') join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where s.relkind = 'S' and t.relnamespace = 'public'::regnamespace`)
  for (const { table, column, sequence } of owned) await run(db, sql`select setval(${sequence}::regclass, coalesce((select max(${sql.ref(column)}) from ${sql.table(table)}), 0) + 1, false)`)
}

/** Migrations applied, so that a backup is only put into the schema it came from. */
export const listMigrations = (db: Db): Promise<{ name: string; digest: string }[]> => rows(db, sql<{ name: string; digest: string }>`select name, digest from migration order by name`)
