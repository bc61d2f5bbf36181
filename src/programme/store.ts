import type { Id } from '../base/ids.ts'
import { findRow, rows, sql, type Db } from '../runtime/database.ts'
import type { OfficialDocument } from './document-model.ts'

export type BulletinId = Id<'bulletin'>
export type BulletinStatus = 'draft' | 'published'

export interface BulletinVersion {
  readonly bulletinId: BulletinId
  readonly cityCode: string
  readonly period: string
  readonly version: number
  readonly status: BulletinStatus
  readonly document: OfficialDocument
  /** epoch ms */
  readonly asOf: number
  readonly recordedAt: number
  readonly authorName: string
  readonly reason: string | null
}

/** A version without its document. */
export type BulletinEntry = Omit<BulletinVersion, 'document'> & { readonly title: string; readonly documentNumber: string }

export interface NewVersion extends Pick<BulletinVersion, 'bulletinId' | 'version' | 'status' | 'document' | 'asOf' | 'recordedAt' | 'authorName' | 'reason'> {
  readonly authorId: string | null
}

/** Registers a bulletin; false when the city already has one for the period. */
export async function insertBulletin(db: Db, bulletin: { bulletinId: BulletinId; cityCode: string; period: string; createdAt: number }): Promise<boolean> {
  const added = await findRow(db, sql`insert into bulletin (bulletin_id, city_code, period, kind, created_at)
    values (${bulletin.bulletinId}, ${bulletin.cityCode}, ${bulletin.period}, 'half-year', to_timestamp(${bulletin.createdAt} / 1000.0))
    on conflict (city_code, period, kind) do nothing returning 1`)
  return added !== undefined
}

/** Adds a version; false when somebody else added the same number first. */
export async function insertVersion(db: Db, each: NewVersion): Promise<boolean> {
  const added = await findRow(db, sql`insert into bulletin_version (bulletin_id, version, status, document, as_of, recorded_at, author_id, author_name, reason)
    values (${each.bulletinId}, ${each.version}, ${each.status}, ${JSON.stringify(each.document)}::jsonb, to_timestamp(${each.asOf} / 1000.0),
      to_timestamp(${each.recordedAt} / 1000.0), ${each.authorId}::uuid, ${each.authorName}, ${each.reason})
    on conflict (bulletin_id, version) do nothing returning 1`)
  return added !== undefined
}

const columns = sql`v.bulletin_id as "bulletinId", b.city_code as "cityCode", b.period, v.version, v.status, v.as_of as "asOf", v.recorded_at as "recordedAt", v.author_name as "authorName", v.reason`
const entryColumns = sql`${columns}, v.document->>'title' as title, v.document->>'documentNumber' as "documentNumber"`

/** The newest version of a bulletin of a city; a numbered or the newest published one on request. */
export const findVersion = (db: Db, { cityCode, bulletinId, version = null, publishedOnly = false }: { cityCode: string; bulletinId: string; version?: number | null; publishedOnly?: boolean }): Promise<BulletinVersion | undefined> =>
  findRow(db, sql<BulletinVersion>`select ${columns}, v.document from bulletin_version v join bulletin b using (bulletin_id)
    where b.city_code = ${cityCode} and b.bulletin_id = ${bulletinId}::uuid and (${version}::int is null or v.version = ${version})
      and (not ${publishedOnly} or v.status = 'published')
    order by v.version desc limit 1`)

/** Newest version of every bulletin of a city, the latest period first. */
export const listBulletins = (db: Db, { cityCode, publishedOnly = false }: { cityCode: string; publishedOnly?: boolean }): Promise<BulletinEntry[]> =>
  rows(db, sql<BulletinEntry>`select * from (
      select distinct on (v.bulletin_id) ${entryColumns} from bulletin_version v join bulletin b using (bulletin_id)
      where b.city_code = ${cityCode} and (not ${publishedOnly} or v.status = 'published')
      order by v.bulletin_id, v.version desc
    ) newest order by period desc`)

/** Every version of a bulletin, oldest first. */
export const listVersions = (db: Db, { cityCode, bulletinId }: { cityCode: string; bulletinId: string }): Promise<BulletinEntry[]> =>
  rows(db, sql<BulletinEntry>`select ${entryColumns} from bulletin_version v join bulletin b using (bulletin_id)
    where b.city_code = ${cityCode} and b.bulletin_id = ${bulletinId}::uuid order by v.version`)
