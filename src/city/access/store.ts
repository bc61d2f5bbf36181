import { newId, type Id } from '../../base/ids.ts'
import { findRow, rows, run, sql, type Db } from '../../runtime/database.ts'
import type { RuleSet, ZoneGeometry } from './engine/rule-set.ts'
import type { VehicleMatch } from './engine/vehicle-match.ts'

export interface RuleVersion {
  readonly versionId: string
  readonly number: number
  readonly title: string
  readonly document: RuleSet
  readonly noticeNumber: string
  readonly effectiveFrom: number
  readonly authorName: string
  readonly publishedAt: number
}

const versionColumns = sql`version_id as "versionId", number, title, document, notice_number as "noticeNumber", effective_from as "effectiveFrom", author_name as "authorName", published_at as "publishedAt"`

/** Every version published, oldest first. */
export const listVersions = (db: Db, cityCode: string): Promise<RuleVersion[]> => rows(db, sql<RuleVersion>`select ${versionColumns} from access_version where city_code = ${cityCode} order by number`)

/** Every version without its document, oldest first: what is in force when, before anything large is read. */
export const listVersionHeads = (db: Db, cityCode: string): Promise<Pick<RuleVersion, 'versionId' | 'effectiveFrom'>[]> =>
  rows(db, sql<Pick<RuleVersion, 'versionId' | 'effectiveFrom'>>`select version_id as "versionId", effective_from as "effectiveFrom" from access_version where city_code = ${cityCode} order by number`)

export const findVersion = (db: Db, cityCode: string, versionId: string): Promise<RuleVersion | undefined> =>
  findRow(db, sql<RuleVersion>`select ${versionColumns} from access_version where city_code = ${cityCode} and version_id = ${versionId}`)

export interface NewVersion {
  readonly cityCode: string
  readonly title: string
  readonly document: RuleSet
  readonly noticeNumber: string
  readonly effectiveFrom: number
  readonly author: { readonly id: string | null; readonly name: string }
  readonly now: number
}

/** Appends a version with the next number; call inside a transaction that holds `lockRules`. */
export async function insertVersion(db: Db, { cityCode, title, document, noticeNumber, effectiveFrom, author, now }: NewVersion): Promise<string> {
  const versionId = newId<'access-version'>(now)
  await run(db, sql`insert into access_version (city_code, version_id, number, title, document, notice_number, effective_from, author_id, author_name, published_at)
    select ${cityCode}, ${versionId}, coalesce(max(number), 0) + 1, ${title}, ${JSON.stringify(document)}::jsonb, ${noticeNumber}, to_timestamp(${effectiveFrom / 1000}), ${author.id}::uuid, ${author.name}, to_timestamp(${now / 1000})
    from access_version where city_code = ${cityCode}`)
  return versionId
}

/** One writer of a city's rules at a time, until the transaction ends; raises the revision that others watch. */
export async function lockRules(db: Db, cityCode: string): Promise<void> {
  await run(db, sql`insert into access_revision (city_code, revision) values (${cityCode}, 1) on conflict (city_code) do update set revision = access_revision.revision + 1`)
}

export const getRevision = async (db: Db, cityCode: string): Promise<number> => (await findRow(db, sql<{ revision: number }>`select revision from access_revision where city_code = ${cityCode}`))?.revision ?? 0

export interface RuleDraft {
  readonly draftId: string
  readonly title: string
  readonly baseVersionId: string | null
  readonly document: unknown
  readonly revision: number
  readonly authorName: string
  readonly createdAt: number
  readonly updatedAt: number
}

const draftColumns = sql`draft_id as "draftId", title, base_version_id as "baseVersionId", document, revision, author_name as "authorName", created_at as "createdAt", updated_at as "updatedAt"`

export const listDrafts = (db: Db, cityCode: string): Promise<RuleDraft[]> => rows(db, sql<RuleDraft>`select ${draftColumns} from access_draft where city_code = ${cityCode} order by updated_at desc`)

export const findDraft = (db: Db, cityCode: string, draftId: string): Promise<RuleDraft | undefined> =>
  findRow(db, sql<RuleDraft>`select ${draftColumns} from access_draft where city_code = ${cityCode} and draft_id = ${draftId}`)

export type DraftId = Id<'access-draft'>

export async function insertDraft(db: Db, { cityCode, title, baseVersionId, document, authorName, now }: { cityCode: string; title: string; baseVersionId: string | null; document: unknown; authorName: string; now: number }): Promise<DraftId> {
  const draftId = newId<'access-draft'>(now)
  await run(db, sql`insert into access_draft (city_code, draft_id, title, base_version_id, document, revision, author_name, created_at, updated_at)
    values (${cityCode}, ${draftId}, ${title}, ${baseVersionId}::uuid, ${JSON.stringify(document)}::jsonb, 1, ${authorName}, to_timestamp(${now / 1000}), to_timestamp(${now / 1000}))`)
  return draftId
}

/** Saves over the revision given; false when somebody saved in between. */
export async function updateDraft(db: Db, { cityCode, draftId, title, document, baseVersionId, revision, authorName, now }: { cityCode: string; draftId: string; title: string; document: unknown; baseVersionId: string | null; revision: number; authorName: string; now: number }): Promise<boolean> {
  const touched = await run(db, sql`update access_draft set title = ${title}, base_version_id = ${baseVersionId}::uuid, document = ${JSON.stringify(document)}::jsonb, revision = revision + 1, author_name = ${authorName}, updated_at = to_timestamp(${now / 1000})
    where city_code = ${cityCode} and draft_id = ${draftId} and revision = ${revision}`)
  return touched === 1
}

/** Removes a draft as it was at a revision; false when somebody saved in between. */
export const deleteDraft = async (db: Db, { cityCode, draftId, revision }: { cityCode: string; draftId: string; revision: number }): Promise<boolean> =>
  (await run(db, sql`delete from access_draft where city_code = ${cityCode} and draft_id = ${draftId} and revision = ${revision}`)) === 1

export interface Closure {
  readonly closureId: string
  readonly title: string
  readonly reason: string
  readonly noticeNumber: string
  readonly authority: string
  readonly geometry: ZoneGeometry
  readonly vehicles: VehicleMatch[]
  readonly exceptions: VehicleMatch[]
  readonly startsAt: number
  readonly endsAt: number
  readonly authorName: string
  readonly recordedAt: number
  readonly withdrawnAt: number | null
}

const closureColumns = sql`closure_id as "closureId", title, reason, notice_number as "noticeNumber", authority, geometry, vehicles, exceptions, starts_at as "startsAt", ends_at as "endsAt", author_name as "authorName", recorded_at as "recordedAt", withdrawn_at as "withdrawnAt"`

/** Closures that end after an instant, withdrawn ones included. */
export const listClosures = (db: Db, cityCode: string, endingAfter: number): Promise<Closure[]> =>
  rows(db, sql<Closure>`select ${closureColumns} from access_closure where city_code = ${cityCode} and ends_at > to_timestamp(${endingAfter / 1000}) order by starts_at, closure_id`)

export async function insertClosure(db: Db, cityCode: string, closure: Omit<Closure, 'closureId' | 'withdrawnAt'>): Promise<string> {
  const closureId = newId<'access-closure'>(closure.recordedAt)
  await run(db, sql`insert into access_closure (city_code, closure_id, title, reason, notice_number, authority, geometry, vehicles, exceptions, starts_at, ends_at, author_name, recorded_at)
    values (${cityCode}, ${closureId}, ${closure.title}, ${closure.reason}, ${closure.noticeNumber}, ${closure.authority}, ${JSON.stringify(closure.geometry)}::jsonb, ${JSON.stringify(closure.vehicles)}::jsonb,
      ${JSON.stringify(closure.exceptions)}::jsonb, to_timestamp(${closure.startsAt / 1000}), to_timestamp(${closure.endsAt / 1000}), ${closure.authorName}, to_timestamp(${closure.recordedAt / 1000}))`)
  return closureId
}

/** Ends a closure now; false when there is none in force or to come. */
export const withdrawClosure = async (db: Db, { cityCode, closureId, by, now }: { cityCode: string; closureId: string; by: string; now: number }): Promise<boolean> =>
  (await run(db, sql`update access_closure set withdrawn_at = to_timestamp(${now / 1000}), withdrawn_by = ${by} where city_code = ${cityCode} and closure_id = ${closureId} and withdrawn_at is null and ends_at > to_timestamp(${now / 1000})`)) === 1
