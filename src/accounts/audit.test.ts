import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import { canonicalJson } from '../base/canonical-json.ts'
import { addDays, dayOf, startOfDay } from '../base/time.ts'
import { rows, sql, transaction, type Database, type RawBuilder } from '../runtime/database.ts'
import { anchorFile, readAnchors } from './anchor-file.ts'
import { auditAnchor, recordAudit, verifyAudit } from './audit.ts'
import { systemActor } from './audit-actor.ts'
import type { Anchor } from './derive-audit.ts'
import { keepAccounts } from './jobs.ts'

let database: Database
const clerk = { personId: '01980000-0000-7000-8000-000000000001', name: '经办', role: 'office-clerk', scope: { cityCode: '990100' } } as const

const fill = async (count: number) => {
  for (let each = 1; each <= count; each++) await recordAudit(database.db, { actor: clerk, action: 'registers.import', object: `import/${each}`, detail: { rows: each, file: '车辆.xlsx' } })
}

/** As somebody with the database superuser's power: triggers off. */
const tamper = (...statements: RawBuilder<unknown>[]) =>
  transaction(database.db, async (inside) => {
    await sql`set local session_replication_role = replica`.execute(inside)
    for (const statement of statements) await statement.execute(inside)
  })

const today = async (): Promise<string> => dayOf((await rows(database.db, sql<{ now: number }>`select now() as now`))[0]!.now)

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())
beforeEach(() => tamper(sql`truncate audit_entry, audit_anchor`, sql`delete from audit_seal`, sql`insert into audit_seal (entries, hash) values (0, sha256('lvpei audit chain'))`))

describe('the audit chain', () => {
  test('holds after ordinary writing, in one line for writers at the same moment', async () => {
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 0 })
    await Promise.all(Array.from({ length: 60 }, (_, each) => recordAudit(database.db, { actor: each % 2 ? clerk : systemActor('start'), action: 'test.write', object: '', detail: { each } })))
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 60, firstBroken: null })
    const seqs = await rows(database.db, sql<{ seq: number; at: number }>`select seq, at from audit_entry order by at`)
    expect(seqs.map((each) => each.seq)).toEqual(Array.from({ length: 60 }, (_, each) => each + 1))
  })

  test('an entry vanishes with the transaction it was written in', async () => {
    await fill(2)
    await expect(transaction(database.db, async (inside) => {
      await recordAudit(inside, { actor: clerk, action: 'test.write', object: '' })
      throw new Error('undone')
    })).rejects.toThrow('undone')
    await fill(1)
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 3 })
  })

  test('any detail survives the way through the database', async () => {
    const details = fc.sample(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), 200)
    const awkward = { at: new Date(0), missing: undefined, '\0key': 'a\0b\ud800', large: 1e300, small: -0, digits: 0.1 + 0.2 }
    await transaction(database.db, async (inside) => {
      for (const detail of [...details, awkward]) await recordAudit(inside, { actor: { ...clerk, name: '名\0字\udfff' }, action: 'test.write', object: '', detail })
    })
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 201 })
  })

  test('the database itself refuses to change, remove or empty', async () => {
    await fill(2)
    await auditAnchor(database.db, await today())
    const forbidden = [
      sql`update audit_entry set action = 'x'`,
      sql`delete from audit_entry where seq = 2`,
      sql`truncate audit_entry`,
      sql`delete from audit_seal`,
      sql`update audit_seal set entries = 1`,
      sql`update audit_anchor set entries = 1`,
      sql`delete from audit_anchor`,
    ]
    for (const statement of forbidden) await expect(statement.execute(database.db)).rejects.toThrow(/refused|only moves/)
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 2 })
  })
})

describe('tampering past the triggers is found', () => {
  const hidden = ['at', 'city_code', 'actor_id', 'actor_name', 'actor_role', 'action', 'object', 'detail', 'previous_hash', 'hash'] as const
  const changed: Record<(typeof hidden)[number], RawBuilder<unknown>> = {
    at: sql`at + interval '1 microsecond'`,
    city_code: sql`null`,
    actor_id: sql`null`,
    actor_name: sql`actor_name || ' '`,
    actor_role: sql`'auditor'`,
    action: sql`'registers.export'`,
    object: sql`''`,
    detail: sql`jsonb_set(detail, '{rows}', '999')`,
    previous_hash: sql`sha256(previous_hash)`,
    hash: sql`sha256(hash)`,
  }
  test.each(hidden)('in %s', async (column) => {
    await fill(6)
    await tamper(sql`update audit_entry set ${sql.ref(column)} = ${changed[column]} where seq = 4`)
    expect(await verifyAudit(database.db)).toMatchObject({ ok: false, entries: 3, firstBroken: { seq: 4, reason: column === 'previous_hash' ? 'link' : 'content' } })
  })

  test('a row removed in the middle, moved, or inserted', async () => {
    await fill(6)
    await tamper(sql`delete from audit_entry where seq = 3`)
    expect((await verifyAudit(database.db)).firstBroken).toEqual({ seq: 3, reason: 'gap' })
    await tamper(sql`update audit_entry set seq = seq - 1 where seq = 4`)
    expect((await verifyAudit(database.db)).firstBroken).toEqual({ seq: 3, reason: 'link' })
    await tamper(sql`insert into audit_entry select -1, at, city_code, actor_id, actor_name, actor_role, action, object, detail, previous_hash, hash from audit_entry where seq = 1`)
    expect((await verifyAudit(database.db)).firstBroken).toEqual({ seq: 1, reason: 'gap' })
  })

  test('the last rows removed: the seal still counts them', async () => {
    await fill(6)
    await tamper(sql`delete from audit_entry where seq >= 5`)
    expect(await verifyAudit(database.db)).toMatchObject({ ok: false, entries: 4, firstBroken: { seq: 5, reason: 'tail-missing' } })
    await tamper(sql`delete from audit_entry`, sql`delete from audit_seal`)
    expect(await verifyAudit(database.db)).toMatchObject({ ok: false, entries: 0, firstBroken: { seq: 1, reason: 'tail-missing' } })
  })

  test('a row written past the append function', async () => {
    await fill(2)
    await tamper(sql`insert into audit_entry select 3, at, city_code, actor_id, actor_name, actor_role, action, object, detail, hash,
      sha256(int8send(3) || int8send((extract(epoch from at) * 1000000)::bigint) || hash || sha256(convert_to(${canonicalJson({ action: 'registers.import', actorId: clerk.personId, actorName: '经办', actorRole: 'office-clerk', cityCode: '990100', detail: { file: '车辆.xlsx', rows: 2 }, object: 'import/2' })}, 'UTF8')))
      from audit_entry where seq = 2`)
    expect(await verifyAudit(database.db)).toMatchObject({ ok: false, entries: 3, firstBroken: { seq: 3, reason: 'beyond-seal' } })
  })

  test('a chain cut and sealed anew holds by itself, breaks on the stored anchor, and on one kept outside when that is gone too', async () => {
    await fill(6)
    const anchor: Anchor = await auditAnchor(database.db, await today())
    expect(anchor.entries).toBe(6)
    expect(await verifyAudit(database.db, [anchor])).toMatchObject({ ok: true, anchorsChecked: 2 })
    await tamper(sql`delete from audit_entry where seq > 4`, sql`update audit_seal set entries = 4, hash = (select hash from audit_entry where seq = 4)`)
    expect((await verifyAudit(database.db)).firstBroken).toEqual({ seq: 5, reason: 'anchor' })
    await tamper(sql`delete from audit_anchor`)
    // This is the limit of what a database can say about itself.
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 4 })
    expect((await verifyAudit(database.db, [anchor])).firstBroken).toEqual({ seq: 5, reason: 'anchor' })
    await fill(4)
    expect((await verifyAudit(database.db, [anchor])).firstBroken).toEqual({ seq: 6, reason: 'anchor' })
  })

  test('a day keeps the anchor it first got; a day before the first entry anchors the beginning', async () => {
    const day = await today()
    expect((await auditAnchor(database.db, addDays(day, -1))).entries).toBe(0)
    await fill(3)
    const first = await auditAnchor(database.db, day)
    await fill(1)
    expect(await auditAnchor(database.db, day)).toEqual({ day, entries: 3, hash: first.hash })
    expect(await verifyAudit(database.db)).toMatchObject({ ok: true, entries: 4, anchorsChecked: 2 })
  })
})

describe('the housekeeping job', () => {
  test('anchors the day before outside the database, once, and a cut chain then shows even when the database was cleaned of traces', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'lvpei-accounts-'))
    await fill(4)
    const tomorrow = startOfDay(addDays(await today(), 1))
    const job = { db: database.db, clock: () => tomorrow, settings: { sessionHours: 12, sessionIdleMinutes: 30, baseUrl: '', dataDirectory } }
    await keepAccounts(job)
    await keepAccounts(job)
    const anchors = readAnchors(anchorFile(dataDirectory))
    expect(anchors).toEqual([{ day: await today(), entries: 4, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    await tamper(sql`truncate audit_anchor`, sql`delete from audit_entry where seq > 1`, sql`update audit_seal set entries = 1, hash = (select hash from audit_entry)`)
    expect((await verifyAudit(database.db, anchors)).firstBroken).toEqual({ seq: 2, reason: 'anchor' })
    appendFileSync(anchorFile(dataDirectory), '{"day":"2025-01-01"}\n')
    expect(() => readAnchors(anchorFile(dataDirectory))).toThrow('anchor-line-invalid')
    rmSync(dataDirectory, { recursive: true })
  })
})
