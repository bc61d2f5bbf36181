import { z } from 'zod'
import { formatInstant, parseInstant } from '../base/time.ts'
import type { Db } from '../runtime/database.ts'
import type { App, Routes } from '../runtime/http.ts'
import { verifyAudit } from './audit.ts'
import { breakReasons } from './derive-audit.ts'
import { listAudit, type AuditRow } from './store-audit.ts'

const entryShape = z.strictObject({
  seq: z.number(),
  at: z.string(),
  actor: z.strictObject({ personId: z.string().nullable(), name: z.string(), role: z.string() }),
  action: z.string(),
  object: z.string(),
  detail: z.unknown(),
  hash: z.string(),
})

const present = (row: AuditRow): z.infer<typeof entryShape> => ({
  seq: row.seq,
  at: formatInstant(row.at),
  actor: { personId: row.actorId, name: row.actorName, role: row.actorRole },
  action: row.action,
  object: row.object,
  detail: row.detail,
  hash: row.hash,
})

const instant = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, '须为带时区的时刻，如 2025-06-30T00:00:00+08:00')
  .transform((text) => parseInstant(text)!)
  .optional()

const filter = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  action: z.string().max(80).optional(),
  person: z.uuid().optional(),
  from: instant,
  to: instant,
})

const pageShape = z.strictObject({ items: z.array(entryShape), next: z.number().nullable() })

const verdictShape = z.strictObject({
  ok: z.boolean(),
  entries: z.number(),
  hash: z.string(),
  anchorsChecked: z.number(),
  firstBroken: z.strictObject({ seq: z.number(), reason: z.string() }).nullable(),
})

/** What the auditor reads. Nothing here, and nothing anywhere in the API, changes an entry. */
export function auditRoutes({ db }: { db: Db }): Routes {
  const config = { access: 'audit:read' } as const
  return async (app: App) => {
    const list = { summary: '审计记录，新的在前', tags: ['accounts'], querystring: filter, response: { 200: pageShape } }
    app.get('/api/v1/audit', { config, schema: list }, async (request) => {
      const { before = null, limit, action = null, person: personId = null, from = null, to = null } = request.query
      const entries = await listAudit(db, { cityCode: request.actor.scope.cityCode, beforeSeq: before, limit: limit + 1, action, personId, from, to })
      const items = entries.slice(0, limit)
      return { items: items.map(present), next: entries.length > limit ? items.at(-1)!.seq : null }
    })
    app.get('/api/v1/audit/verification', { config, schema: { summary: '校验审计链', tags: ['accounts'], response: { 200: verdictShape } } }, async () => {
      const { firstBroken, ...rest } = await verifyAudit(db)
      return { ...rest, firstBroken: firstBroken && { seq: firstBroken.seq, reason: breakReasons[firstBroken.reason] } }
    })
  }
}
