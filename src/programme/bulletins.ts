import { newId } from '../base/ids.ts'
import { ProblemError, type Problem } from '../base/problems.ts'
import { dayOf, startOfDay } from '../base/time.ts'
import { recordAudit, type Actor } from '../accounts/index.ts'
import type { Profile } from '../profiles/index.ts'
import type { Clock } from '../runtime/clock.ts'
import { transaction, type Db } from '../runtime/database.ts'
import { notFound, versionConflict } from '../runtime/http.ts'
import { composeBulletin, getPeriod } from './compose-bulletin.ts'
import type { OfficialDocument } from './document-model.ts'
import type { DocumentEdit } from './document-schema.ts'
import { editDocument } from './edit-document.ts'
import type { MeasuredValue } from './measured-value.ts'
import { programmeProblem } from './problems.ts'
import { findVersion, insertBulletin, insertVersion, type BulletinId, type BulletinVersion, type NewVersion } from './store.ts'

export interface BulletinDeps {
  readonly db: Db
  readonly clock: Clock
  /** measures and records the values of a city for a period with everything known at `asOf` */
  readonly measure: (question: { cityCode: string; period: string; asOf: number }) => Promise<readonly MeasuredValue[]>
  /** problems for every bound figure an edit removed, altered or invented */
  readonly checkFigures: (original: OfficialDocument, edited: OfficialDocument) => readonly Problem[]
}

/** A bulletin counts to the end of its period, or to now while it runs, with everything known now: data may arrive after the period. Throws `period-ahead` (422) before it begins. */
export function countsUpTo(period: string, now: number): number {
  const { from, to } = getPeriod(period)
  if (now <= startOfDay(from)) throw new ProblemError(programmeProblem('period-ahead', { period }), 422)
  return Math.min(startOfDay(to), now)
}

/** Composes the first draft of a period's bulletin from the values measured up to the end of the period (or until now). */
export async function createBulletin(deps: BulletinDeps, profile: Profile, { period, actor }: { period: string; actor: Actor }): Promise<BulletinVersion> {
  const now = deps.clock()
  const asOf = countsUpTo(period, now)
  const values = await deps.measure({ cityCode: profile.code, period, asOf: now })
  const document = composeBulletin(profile, period, values, { date: dayOf(now), asOf })
  const bulletinId: BulletinId = newId<'bulletin'>(now)
  await transaction(deps.db, async (inside) => {
    if (!(await insertBulletin(inside, { bulletinId, cityCode: profile.code, period, createdAt: now }))) throw new ProblemError(programmeProblem('bulletin-exists', { city: profile.name, period }), 409)
    await addVersion(inside, { bulletinId, version: 1, status: 'draft', document, asOf, recordedAt: now, reason: null }, { actor, action: 'bulletins.compose' })
  })
  return getBulletin(deps.db, { cityCode: profile.code, bulletinId })
}

/** Saves an edit as a new draft version. A published text needs a reason; its correction starts as a draft again. */
export async function editBulletin(deps: BulletinDeps, current: BulletinVersion, { edit, actor }: { edit: DocumentEdit; actor: Actor }): Promise<BulletinVersion> {
  if (current.status === 'published' && !edit.reason) throw new ProblemError(programmeProblem('bulletin-published'), 409)
  const { document, problems } = editDocument(current.document, edit)
  const all = [...problems, ...deps.checkFigures(current.document, document)]
  if (all.length > 0) throw new ProblemError(all, 422)
  const next = { ...current, version: current.version + 1, status: 'draft' as const, document: { ...document, draftMark: '草稿' }, recordedAt: deps.clock(), reason: edit.reason ?? current.reason }
  await transaction(deps.db, (inside) => addVersion(inside, next, { actor, action: current.status === 'published' ? 'bulletins.correct' : 'bulletins.edit' }))
  return newestOf(deps.db, current)
}

/** Measures anew and composes the figures again; paragraphs somebody edited are composed anew too, the earlier version stays readable. */
export async function recomposeBulletin(deps: BulletinDeps, profile: Profile, { current, actor }: { current: BulletinVersion; actor: Actor }): Promise<BulletinVersion> {
  if (current.status === 'published') throw new ProblemError(programmeProblem('bulletin-published'), 409)
  const now = deps.clock()
  const asOf = countsUpTo(current.period, now)
  const values = await deps.measure({ cityCode: profile.code, period: current.period, asOf: now })
  const { documentNumber, signer, copyTo } = current.document
  const document = composeBulletin(profile, current.period, values, { date: dayOf(now), asOf, documentNumber, copyTo, ...(signer === null ? {} : { signer }) })
  const next = { ...current, version: current.version + 1, document, asOf, recordedAt: now }
  await transaction(deps.db, (inside) => addVersion(inside, next, { actor, action: 'bulletins.recompose' }))
  return newestOf(deps.db, current)
}

/** Locks the current draft as the published text. The document number must have been given. */
export async function publishBulletin(deps: BulletinDeps, current: BulletinVersion, actor: Actor): Promise<BulletinVersion> {
  if (current.status !== 'draft') throw new ProblemError(programmeProblem('bulletin-not-draft'), 409)
  const { documentNumber } = current.document
  if (!/^\S.*〔\d{4}〕\d+号$/.test(documentNumber)) throw new ProblemError(programmeProblem('document-number-missing', { value: documentNumber }), 422)
  const next = { ...current, version: current.version + 1, status: 'published' as const, document: { ...current.document, draftMark: null }, recordedAt: deps.clock() }
  await transaction(deps.db, (inside) => addVersion(inside, next, { actor, action: 'bulletins.publish' }))
  return newestOf(deps.db, current)
}

/** Whatever version is newest now; `current` may be an older one. */
const newestOf = (db: Db, { cityCode, bulletinId }: BulletinVersion): Promise<BulletinVersion> => getBulletin(db, { cityCode, bulletinId })

/** The newest version of a bulletin of a city, or the numbered one; throws 404. */
export async function getBulletin(db: Db, key: { cityCode: string; bulletinId: string; version?: number }): Promise<BulletinVersion> {
  const found = await findVersion(db, key)
  if (!found) throw notFound(`通报 ${key.bulletinId}`)
  return found
}

async function addVersion(db: Db, version: Omit<NewVersion, 'authorId' | 'authorName'>, { actor, action }: { actor: Actor; action: string }): Promise<void> {
  if (!(await insertVersion(db, { ...version, authorId: actor.personId, authorName: actor.name }))) throw versionConflict()
  await recordAudit(db, { actor, action, object: `bulletin/${version.bulletinId}`, detail: { version: version.version, ...(version.reason ? { reason: version.reason } : {}) } })
}
