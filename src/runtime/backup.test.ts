import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { recordAudit, seedDemoAccounts, systemActor, verifyAudit } from '../accounts/index.ts'
import { newId } from '../base/ids.ts'
import { createFactSink, listPositions } from '../events/index.ts'
import { readBackup, writeBackup } from './backup.ts'
import { rows, sql, type Database } from './database.ts'
import { installJobQueue, keepJobs, orderJob } from './jobs.ts'

const now = Date.UTC(2026, 2, 1)
const vehicleId = newId<'vehicle'>(now)

describe('backup and restore', () => {
  let from: Database
  let directory: string
  let file: string
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'lvpei-backup-'))
    file = join(directory, 'all.ndjson.gz')
    from = await freshDatabase()
    await seedDemoAccounts(from.db, { code: '999900', madeUp: true, districtCode: '999901', liaisonUnitCode: 'transport', enterpriseId: newId(now) }, now)
    const position = { kind: 'position', observedAt: now, lon: 121, lat: 34.4, altitudeMetres: null, speedKmh: 31.4, directionDegrees: 9, odometerMetres: 12.5, fixValid: true, ignitionOn: null, loadState: null, alarmFlags: 0, backfilled: false } as const
    await createFactSink(from.db).record({ protocol: 'jt808', terminal: '0"#\n\\', bytes: Uint8Array.of(0, 255, 126), receivedAt: now, vehicleId, events: [position], fault: null })
    await installJobQueue(from.db)
    await orderJob(from.db, { jobId: newId(now), kind: 'count', scope: { cityCode: '999900', districtCode: null, enterpriseId: null }, requestedBy: '测试', question: {}, input: null, now })
    await writeBackup(from.db, file, { createdAt: '2026-03-01T08:00:00+08:00', files: {} })
  })
  afterAll(async () => {
    await from.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('brings back every row of every table, the audit chain whole and growing on', async () => {
    const to = await freshDatabase()
    try {
      const made = await readBackup(to.db, file)
      const tables = (JSON.parse(gunzipSync(readFileSync(file)).toString().split('\n')[0]!) as { tables: string[] }).tables
      for (const table of tables) {
        const read = (database: Database) => rows(database.db, sql<{ line: string }>`select row_to_json(t)::text as line from ${sql.table(table)} t order by 1`)
        expect(await read(to), table).toEqual(await read(from))
      }
      expect(made.rows).toBeGreaterThan(10)
      expect(await listPositions(to.db, { vehicleId, from: now, to: now + 1 })).toEqual(await listPositions(from.db, { vehicleId, from: now, to: now + 1 }))
      await recordAudit(to.db, { actor: systemActor('test', '999900'), action: 'test.after-restore', object: 'backup' })
      expect(await verifyAudit(to.db)).toMatchObject({ ok: true })
    } finally {
      await to.close()
    }
  })

  it('brings back an ordered job, which is sent on its way again', async () => {
    const to = await freshDatabase()
    try {
      await installJobQueue(to.db)
      await readBackup(to.db, file)
      const deliveries = () => rows(to.db, sql`select 1 from pgboss.job where state = 'created'`)
      expect(await deliveries()).toHaveLength(0)
      await keepJobs(to.db, now)
      expect(await deliveries()).toHaveLength(1)
    } finally {
      await to.close()
    }
  })

  it('is readable by its owner only', () => expect(statSync(file).mode & 0o077).toBe(0))

  it('is refused where there is data, and nothing changes', async () => {
    await expect(readBackup(from.db, file)).rejects.toMatchObject({ problems: [{ code: 'restore-not-empty' }] })
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ['without its end', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().split('\n').slice(0, -3).join('\n'))],
    ['no gzip', () => Buffer.from('PK\u0003\u0004 something else')],
    ['another program\'s', () => gzipSync('{"dump":true}\n')],
  ])('a file that is %s is a problem and leaves the database empty', async (_, damage) => {
    const to = await freshDatabase()
    try {
      const bad = join(directory, 'bad.ndjson.gz')
      writeFileSync(bad, damage(readFileSync(file)))
      await expect(readBackup(to.db, bad)).rejects.toMatchObject({ problems: [{ code: 'backup-not-ours' }] })
      expect(await rows(to.db, sql`select 1 from person`)).toEqual([])
    } finally {
      await to.close()
    }
  })
})
