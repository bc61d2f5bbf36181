import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { CompiledQuery, Kysely, PostgresDialect, sql, type RawBuilder } from 'kysely'
import pg from 'pg'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import type { Settings } from './settings.ts'

export { sql }
export type { RawBuilder }

/** The database as the rooms see it: SQL is written with the `sql` tag (values become parameters) in `store.ts` files only. */
export type Db = Kysely<unknown>

// bigint counts and numeric measures fit a double here; instants come back as epoch milliseconds, days as `2025-03-31`.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1700, Number)
pg.types.setTypeParser(1082, (text) => text)
pg.types.setTypeParser(1184, (text) => Date.parse(text))

/** All rows of a statement. */
export const rows = async <Row>(db: Db, statement: RawBuilder<Row>): Promise<Row[]> => (await statement.execute(db)).rows

/** The first row, or undefined. */
export const findRow = async <Row>(db: Db, statement: RawBuilder<Row>): Promise<Row | undefined> => (await statement.execute(db)).rows[0]

/** Runs a statement for its effect; the number of rows touched. */
export const run = async (db: Db, statement: RawBuilder<unknown>): Promise<number> => Number((await statement.execute(db)).numAffectedRows ?? 0n)

/** Everything in `work` commits together or not at all. */
export const transaction = <Result>(db: Db, work: (inside: Db) => Promise<Result>): Promise<Result> => db.transaction().execute(work)

/** A handle for a library that writes its own SQL, so that its statements join our transaction. */
export const executorOf = (db: Db) => ({ executeSql: async (text: string, values: unknown[] = []) => ({ rows: (await db.executeQuery<unknown>(CompiledQuery.raw(text, values))).rows }) })

export interface Database {
  readonly db: Db
  readonly url: string
  readonly embedded: boolean
  /** A connection of its own for LISTEN; the caller ends it. */
  connect(): Promise<pg.Client>
  close(): Promise<void>
}

/** Opens the database of the settings: `DATABASE_URL`, or the embedded one of the data directory. */
export async function openDatabase(settings: Settings, poolSize = 16): Promise<Database> {
  const embedded = settings.databaseUrl ? undefined : await startEmbeddedPostgres(settings.dataDirectory)
  const url = settings.databaseUrl || embedded!.url
  const pool = new pg.Pool({ connectionString: url, max: poolSize })
  // An idle connection may be ended by the server (restart, failover); the pool opens another.
  pool.on('error', () => undefined)
  const db: Db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    url,
    embedded: embedded !== undefined,
    async connect() {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    },
    async close() {
      await db.destroy()
      await embedded?.stop()
    },
  }
}

/** Applies the numbered SQL files not applied yet, each in a transaction, one process at a time; returns their names. */
export async function migrate(db: Db, directory: string): Promise<string[]> {
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort() : []
  const applied: string[] = []
  await transaction(db, async (inside) => {
    await sql`select pg_advisory_xact_lock(7611)`.execute(inside)
    await sql`create table if not exists migration (name text primary key, digest text not null, applied_at timestamptz not null default now())`.execute(inside)
    const done = new Map((await rows(inside, sql<{ name: string; digest: string }>`select name, digest from migration`)).map((each) => [each.name, each.digest]))
    for (const name of files) {
      const text = readFileSync(join(directory, name), 'utf8')
      const digest = createHash('sha256').update(text).digest('hex')
      const known = done.get(name)
      if (known === digest) continue
      if (known) throw new Error(`migration ${name} was changed after it was applied; migrations are forward only`)
      await sql.raw(text).execute(inside)
      await sql`insert into migration (name, digest) values (${name}, ${digest})`.execute(inside)
      applied.push(name)
    }
  })
  return applied
}
