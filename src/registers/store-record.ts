import { newId } from '../base/ids.ts'
import { ProblemError, type Problem } from '../base/problems.ts'
import { addDays, dayOf, startOfDay } from '../base/time.ts'
import { notFound, versionConflict } from '../runtime/http.ts'
import { rows, run, sql, transaction, type Db } from '../runtime/database.ts'
import { checkData, differences, hasError } from './check.ts'
import { naturalKeyOf, naturalKeyTitle, startCodes, type AnyRegister, type CheckContext, type DataOf, type Fields, type ReferenceField, type Register } from './define.ts'
import type { Change, RecordedVersion, Recording } from './entity.ts'
import { registerProblem as problem } from './problems.ts'

/** The content that holds from a day on, as known now; the last one at or before a day governs that day. */
export interface Segment {
  readonly entity_id: string
  readonly version_id: string
  readonly valid_from: string
  /** epoch ms */
  readonly recorded_at: number
  readonly natural_key: string
  readonly ended: boolean
  readonly data: Record<string, unknown>
}

export interface NewVersion {
  readonly entity_id: string
  readonly version_id: string
  readonly valid_from: string
  readonly natural_key: string
  readonly data: Record<string, unknown>
  readonly ended: boolean
  readonly ended_reason: string | null
  readonly district_code: string | null
  readonly enterprise_id: string | null
}

export interface Writing extends Recording {
  readonly divisions: CheckContext['divisions']
  readonly severities?: CheckContext['severities']
}

const batchSize = 1000

export const checkContext = (writing: Writing): CheckContext => ({ cityCode: writing.cityCode, today: dayOf(writing.now), divisions: writing.divisions, ...(writing.severities ? { severities: writing.severities } : {}) })

/**
 * Locks the living entities with these keys or ids, in a fixed order so that two writers cannot wait for each other; `isLooking`
 * only reads them. Gives what is known when the lock is held, not when the writer set out: others may have recorded in between.
 * @param asOf only for history laid down later: what was known then
 */
export async function lockSegments(db: Db, register: AnyRegister, { cityCode, asOf, keys = [], ids = [], isLooking = false }: { cityCode: string; asOf?: number | undefined; keys?: readonly string[]; ids?: readonly string[]; isLooking?: boolean }): Promise<Map<string, Segment[]>> {
  const named = [...(ids.length > 0 ? [sql`entity_id = any(${ids}::uuid[])`] : []), ...(keys.length > 0 ? [sql`(alive and natural_key = any(${keys}::text[]))`] : [])]
  if (named.length === 0) return new Map()
  const locked = await rows(db, sql<{ entity_id: string }>`select entity_id from register_entity
    where city_code = ${cityCode} and register = ${register.code} and (${sql.join(named, sql` or `)})
    order by entity_id ${isLooking ? sql`` : sql`for update`}`)
  const found = new Map<string, Segment[]>(locked.map((row) => [row.entity_id, []]))
  if (found.size === 0) return found
  const segments = await rows(db, sql<Segment>`select distinct on (entity_id, valid_from) entity_id, version_id, valid_from, recorded_at, natural_key, ended, data from register_version
    where city_code = ${cityCode} and register = ${register.code} and entity_id = any(${[...found.keys()]}::uuid[]) ${asOf === undefined ? sql`` : sql`and recorded_at <= ${new Date(asOf)}`} and retracted_at is null
    order by entity_id, valid_from, recorded_at desc, version_id desc`)
  for (const segment of segments) found.get(segment.entity_id)!.push(segment)
  return found
}

/** When a write becomes known: now, or just after what somebody else recorded while it waited for the lock; earlier, theirs would hide it. */
export function knownFrom(now: number, locked: ReadonlyMap<string, readonly Segment[]>): number {
  let latest = -Infinity
  for (const segments of locked.values()) for (const each of segments) latest = Math.max(latest, each.recorded_at)
  return latest > now ? latest + 1 : now
}

const ownerOf = (register: AnyRegister, id: string, data: Readonly<Record<string, unknown>>): string | null => (register.owner === 'self' ? id : register.owner ? ((data[register.owner] as string | undefined) ?? null) : null)

/** District and firm a row belongs to, which decide who may see and change it. */
export const belongsTo = (register: AnyRegister, id: string, data: Readonly<Record<string, unknown>>): { districtCode: string | null; enterpriseId: string | null } => ({
  districtCode: register.district ? ((data[register.district] as string | undefined) ?? null) : null,
  enterpriseId: ownerOf(register, id, data),
})

export function versionOf(register: AnyRegister, id: string, content: { data: Record<string, unknown>; validFrom: string; endedReason?: string; now: number }): NewVersion {
  const { districtCode, enterpriseId } = belongsTo(register, id, content.data)
  return {
    entity_id: id,
    version_id: newId<'version'>(content.now),
    valid_from: content.validFrom,
    natural_key: naturalKeyOf(register, content.data),
    data: content.data,
    ended: content.endedReason !== undefined,
    ended_reason: content.endedReason ?? null,
    district_code: districtCode,
    enterprise_id: enterpriseId,
  }
}

/** Day from which a new row holds: what was asked, or the earliest of the register's start dates unless that lies ahead, or the day it is recorded. */
export function startDay(register: AnyRegister, data: Readonly<Record<string, unknown>>, asked: string | undefined, recordedAt: number): string {
  const today = dayOf(recordedAt)
  if (asked && asked !== 'start') return asked
  const starts = startCodes(register).map((code) => data[code] as string | undefined).filter((day) => day !== undefined)
  return [today, ...starts].reduce((earliest, day) => (day < earliest ? day : earliest))
}

const applied = (register: AnyRegister, base: Readonly<Record<string, unknown>>, data: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(register.codes.map((code) => [code, fields.includes(code) ? data[code] : base[code]]).filter(([, value]) => value !== undefined))

/** Versions that carry `data` from a day on over what is known: the fields that differ change in later contents too. Empty: nothing differs. */
export function versionsOfChange(register: AnyRegister, segments: readonly Segment[], change: { data: Record<string, unknown>; validFrom: string | undefined; recordedAt: number }): NewVersion[] {
  const { data, recordedAt } = change
  const first = segments[0]!
  const start = startDay(register, data, undefined, recordedAt)
  const day = change.validFrom === 'start' ? (start < first.valid_from ? start : first.valid_from) : (change.validFrom ?? dayOf(recordedAt))
  const living = segments.filter((each) => !each.ended)
  const base = living.findLast((each) => each.valid_from <= day) ?? living[0] ?? first
  // A correction is told against what people see now; a change from a day on against what held that day.
  const seen = change.validFrom === 'start' ? (living.findLast((each) => each.valid_from <= dayOf(recordedAt)) ?? base) : base
  const fields = differences(register, seen.data, data)
  const startsEarlier = day < first.valid_from
  if (fields.length === 0 && !startsEarlier) return []
  const version = (segment: Segment, validFrom: string) => versionOf(register, first.entity_id, { data: applied(register, segment.data, data, fields), validFrom, now: recordedAt })
  const later = living.filter((each) => each.valid_from > day && !(startsEarlier && fields.length === 0))
  return [version(base, day), ...later.map((each) => version(each, each.valid_from))]
}

function versionsOfEnd(register: AnyRegister, segments: readonly Segment[], end: { endedOn: string; reason: string; recordedAt: number }): NewVersion[] {
  const base = segments.findLast((each) => each.valid_from <= end.endedOn) ?? segments[0]!
  const days = [end.endedOn, ...segments.filter((each) => each.valid_from > end.endedOn).map((each) => each.valid_from)]
  return days.map((validFrom) => versionOf(register, base.entity_id, { data: base.data, validFrom, endedReason: end.reason, now: end.recordedAt }))
}

/** Writes versions and keeps `register_entity` true; a natural key another living entity holds throws `natural-key-taken` (409). */
export async function insertVersions(db: Db, register: AnyRegister, recording: Recording, versions: readonly NewVersion[]): Promise<void> {
  if (versions.length === 0) return
  const last = [...new Map(versions.map((each) => [each.entity_id, { entity_id: each.entity_id, natural_key: each.natural_key, alive: !each.ended }])).values()]
  try {
    await run(db, sql`insert into register_entity (city_code, register, entity_id, natural_key, alive)
      select ${recording.cityCode}, ${register.code}, entity_id, natural_key, alive from jsonb_to_recordset(${JSON.stringify(last)}::jsonb) as t(entity_id uuid, natural_key text, alive boolean)
      on conflict (city_code, register, entity_id) do update set natural_key = excluded.natural_key, alive = excluded.alive
      where register_entity.natural_key <> excluded.natural_key or register_entity.alive <> excluded.alive`)
  } catch (error) {
    if ((error as { code?: string; constraint?: string }).code !== '23505') throw error
    throw new ProblemError(problem('natural-key-taken', { value: last.length === 1 ? last[0]!.natural_key : '其中一条', title: naturalKeyTitle(register) }), 409)
  }
  await run(db, sql`insert into register_version (city_code, register, entity_id, valid_from, recorded_at, version_id, ended, ended_reason, district_code, enterprise_id, natural_key, data, source_kind, source_ref, author_id, author_name)
    select ${recording.cityCode}, ${register.code}, entity_id, valid_from, ${new Date(recording.recordedAt ?? recording.now)}, version_id, ended, ended_reason, district_code, enterprise_id, natural_key, data, ${recording.source.kind}, ${recording.source.ref}, ${recording.author.id}, ${recording.author.name}
    from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as t(entity_id uuid, valid_from date, version_id uuid, ended boolean, ended_reason text, district_code text, enterprise_id uuid, natural_key text, data jsonb)`)
}

/** Refuses references to entities that do not live in this city. */
async function checkReferences(db: Db, register: AnyRegister, cityCode: string, list: readonly Record<string, unknown>[]): Promise<void> {
  for (const code of register.codes) {
    const field = register.fields[code]!
    if (field.type !== 'reference') continue
    const ids = [...new Set(list.map((data) => data[code] as string | undefined).filter((id) => id !== undefined))]
    if (ids.length === 0) continue
    const found = new Set((await rows(db, sql<{ entity_id: string }>`select entity_id from register_entity where city_code = ${cityCode} and register = ${(field as ReferenceField).register} and alive and entity_id = any(${ids}::uuid[])`)).map((row) => row.entity_id))
    const missing = ids.find((id) => !found.has(id))
    if (missing) throw new ProblemError(problem('reference-not-found', { title: field.title, value: missing, register: (field as ReferenceField).registerTitle, keys: '记录编号', pointer: `/${code}` }), 422)
  }
}

function checkedChanges(register: AnyRegister, changes: readonly Change[], writing: Writing): Change[] {
  const context = checkContext(writing)
  const problems: Problem[] = []
  const list = changes.map((change, at) => {
    if (change.kind === 'end') {
      const isDay = /^\d{4}-\d{2}-\d{2}$/.test(change.endedOn) && addDays(change.endedOn, 0) === change.endedOn
      if (!isDay || startOfDay(change.endedOn) > writing.now) problems.push(problem('valid-from-malformed', { value: change.endedOn, pointer: '/endedOn' }))
      return change
    }
    const checked = checkData(register, change.data, context)
    if (hasError(checked.problems)) problems.push(...checked.problems.filter((each) => each.severity === 'error').map((each) => ({ ...each.problem, details: { ...each.problem.details, pointer: changes.length > 1 ? `/${at}/${each.field}` : `/${each.field}` } })))
    return { ...change, data: checked.data }
  })
  if (problems.length > 0) throw new ProblemError(problems, 422)
  return list
}

interface Batch {
  readonly recorded: RecordedVersion[]
  readonly versions: NewVersion[]
}

function plan(register: AnyRegister, change: Change, known: { byId: Map<string, Segment[]>; byKey: Map<string, Segment[]> }, recordedAt: number): { versions: NewVersion[]; outcome: RecordedVersion['outcome']; current?: Segment } {
  const existing = 'id' in change ? known.byId.get(change.id) : known.byKey.get(naturalKeyOf(register, change.data))
  const current = existing?.findLast((each) => each.valid_from <= dayOf(recordedAt)) ?? existing?.[0]
  if ('id' in change) {
    if (!existing || !current) throw notFound(`${register.title} ${change.id}`)
    if (existing.at(-1)!.ended) throw new ProblemError(problem('ended-already'), 409)
    if (change.expectVersionId !== undefined && change.expectVersionId !== current.version_id) throw versionConflict()
    const versions = change.kind === 'end' ? versionsOfEnd(register, existing, { ...change, recordedAt }) : versionsOfChange(register, existing, { data: change.data, validFrom: change.validFrom, recordedAt })
    return { versions, outcome: change.kind === 'end' ? 'ended' : versions.length > 0 ? 'changed' : 'unchanged', current }
  }
  if (existing && current) {
    if (change.kind === 'create') throw new ProblemError(problem('natural-key-taken', { value: current.natural_key, title: naturalKeyTitle(register) }), 409)
    const versions = versionsOfChange(register, existing, { data: change.data, validFrom: change.validFrom, recordedAt })
    return { versions, outcome: versions.length > 0 ? 'changed' : 'unchanged', current }
  }
  const id = newId<'entity'>(recordedAt)
  return { versions: [versionOf(register, id, { data: change.data, validFrom: startDay(register, change.data, change.validFrom, recordedAt), now: recordedAt })], outcome: 'created' }
}

async function recordBatch(db: Db, register: AnyRegister, changes: readonly Change[], writing: Writing): Promise<RecordedVersion[]> {
  const withData = changes.filter((change) => change.kind !== 'end')
  await checkReferences(db, register, writing.cityCode, withData.map((change) => change.data))
  const keys = changes.flatMap((change) => ('id' in change ? [] : [naturalKeyOf(register, change.data)]))
  const byId = await lockSegments(db, register, { cityCode: writing.cityCode, asOf: writing.recordedAt, keys, ids: changes.flatMap((change) => ('id' in change ? [change.id] : [])) })
  const recordedAt = writing.recordedAt ?? knownFrom(writing.now, byId)
  const byKey = new Map([...byId.values()].filter((segments) => segments.length > 0).map((segments) => [segments.at(-1)!.natural_key, segments]))
  const batch: Batch = { recorded: [], versions: [] }
  const seen = new Map<string, number>()
  for (const [at, change] of changes.entries()) {
    const key = 'id' in change ? change.id : naturalKeyOf(register, change.data)
    if (seen.has(key)) throw new ProblemError(problem('natural-key-repeated', { value: key, firstRow: seen.get(key)! + 1, title: naturalKeyTitle(register) }), 422)
    seen.set(key, at)
    const { versions, outcome, current } = plan(register, change, { byId, byKey }, recordedAt)
    batch.versions.push(...versions)
    const last = versions.findLast((each) => each.valid_from <= dayOf(recordedAt)) ?? versions[0]
    batch.recorded.push({ id: last?.entity_id ?? current!.entity_id, versionId: last?.version_id ?? current!.version_id, outcome })
  }
  await insertVersions(db, register, { ...writing, recordedAt }, batch.versions)
  return batch.recorded
}

/**
 * Records changes of one register, all or none (inside the caller's transaction when `db` is one). Data are in API form and
 * checked first. Throws ProblemError: 422 for bad data or references, 409 for a taken natural key, 412 when
 * `expectVersionId` is no longer current, 404 for an unknown id.
 */
export async function recordVersions<F extends Fields>(db: Db, register: Register<F>, changes: readonly Change<DataOf<F>>[], writing: Writing): Promise<RecordedVersion[]> {
  const general = register as unknown as AnyRegister
  const list = checkedChanges(general, changes as unknown as Change[], writing)
  const work = async (inside: Db): Promise<RecordedVersion[]> => {
    const recorded: RecordedVersion[] = []
    for (let from = 0; from < list.length; from += batchSize) recorded.push(...(await recordBatch(inside, general, list.slice(from, from + batchSize), writing)))
    return recorded
  }
  return db.isTransaction ? work(db) : transaction(db, work)
}
