import { findRow, rows, sql, type Db } from '../runtime/database.ts'
import type { Anchor, AuditContent, ChainRow, ChainState } from './derive-audit.ts'

export async function insertAudit(db: Db, content: AuditContent, digest: Buffer): Promise<number> {
  const row = await findRow(db, sql<{ seq: number }>`select audit_append(${content.cityCode}, ${content.actorId}::uuid, ${content.actorName}, ${content.actorRole},
    ${content.action}, ${content.object}, ${JSON.stringify(content.detail)}::jsonb, ${digest}) as seq`)
  return row!.seq
}

/** The chain's rows after `seq` in order, with every microsecond. */
export const listChain = (db: Db, afterSeq: number, limit: number): Promise<ChainRow[]> =>
  rows(db, sql<ChainRow>`select seq, (extract(epoch from at) * 1000000)::bigint as "atMicroseconds", city_code as "cityCode", actor_id as "actorId", actor_name as "actorName",
    actor_role as "actorRole", action, object, detail, previous_hash as "previousHash", hash
    from audit_entry where seq > ${afterSeq} order by seq limit ${limit}`)

export const findSeal = (db: Db): Promise<ChainState | undefined> => findRow(db, sql<ChainState>`select entries, hash from audit_seal`)

export const listAnchors = (db: Db): Promise<Anchor[]> => rows(db, sql<Anchor>`select day, entries, encode(hash, 'hex') as hash from audit_anchor order by day`)

/** The last entry before an instant, as an anchor says it; entry 0 is the chain's beginning. */
export const findChainEnd = (db: Db, beforeMs: number): Promise<{ entries: number; hash: string } | undefined> =>
  findRow(db, sql<{ entries: number; hash: string }>`select seq as entries, encode(hash, 'hex') as hash from audit_entry where at < to_timestamp(${beforeMs} / 1000.0) order by seq desc limit 1`)

/** Keeps a day's anchor; the first one made for a day stays, and is returned. */
export async function insertAnchor(db: Db, anchor: Anchor): Promise<Anchor> {
  await sql`insert into audit_anchor (day, entries, hash) values (${anchor.day}, ${anchor.entries}, decode(${anchor.hash}, 'hex')) on conflict (day) do nothing`.execute(db)
  return (await findRow(db, sql<Anchor>`select day, entries, encode(hash, 'hex') as hash from audit_anchor where day = ${anchor.day}::date`))!
}

export interface AuditFilter {
  readonly cityCode: string
  readonly beforeSeq: number | null
  readonly limit: number
  readonly action: string | null
  readonly personId: string | null
  readonly from: number | null
  readonly to: number | null
}

export interface AuditRow extends AuditContent {
  readonly seq: number
  readonly at: number
  readonly hash: string
}

/** Entries of a city and of the installation, newest first; `from` ≤ at < `to`. */
export const listAudit = (db: Db, filter: AuditFilter): Promise<AuditRow[]> =>
  rows(db, sql<AuditRow>`select seq, at, city_code as "cityCode", actor_id as "actorId", actor_name as "actorName", actor_role as "actorRole", action, object, detail, encode(hash, 'hex') as hash
    from audit_entry where (city_code = ${filter.cityCode} or city_code is null)
      and (${filter.beforeSeq}::bigint is null or seq < ${filter.beforeSeq}) and (${filter.action}::text is null or action = ${filter.action})
      and (${filter.personId}::uuid is null or actor_id = ${filter.personId})
      and (${filter.from}::float8 is null or at >= to_timestamp(${filter.from}::float8 / 1000)) and (${filter.to}::float8 is null or at < to_timestamp(${filter.to}::float8 / 1000))
    order by seq desc limit ${filter.limit}`)
