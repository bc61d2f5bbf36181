import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { inject } from 'vitest'
import { migrate, openDatabase, type Database } from '../src/runtime/database.ts'
import { readSettings } from '../src/runtime/settings.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A migrated database of its own in the run's PostgreSQL; dropped on close. Call in `beforeAll`, close in `afterAll`. */
export async function freshDatabase(poolSize = 6): Promise<Database> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  const database = await openDatabase({ ...readSettings({}), databaseUrl: url.toString() }, poolSize)
  await migrate(database.db, join(root, 'migrations'))
  return {
    ...database,
    async close() {
      await database.close()
      const again = new pg.Client({ connectionString: server })
      await again.connect()
      await again.query(`drop database ${name} with (force)`)
      await again.end()
    },
  }
}
