import { addDays, startOfDay } from '../base/time.ts'
import type { Db } from '../runtime/database.ts'
import type { AuditRecord } from './audit-actor.ts'
import { chainStart, checkLink, contentDigest, genesisHash, type Anchor, type Break, type ChainRow, type ChainState } from './derive-audit.ts'
import { findChainEnd, findSeal, insertAnchor, insertAudit, listAnchors, listChain } from './store-audit.ts'

/** Texts as PostgreSQL can keep them: no NUL, no lone surrogates. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed()

const storableJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_key, member: unknown) => {
  if (typeof member === 'string') return storable(member)
  if (member === null || typeof member !== 'object' || Array.isArray(member)) return member
  return Object.fromEntries(Object.entries(member).map(([key, each]) => [storable(key), each as unknown]))
}))

/**
 * Appends an entry to the audit chain; returns its number. Inside a transaction it commits or vanishes with it. From this call
 * to the commit other writers of the chain wait, so make it the transaction's last statement.
 */
export function recordAudit(db: Db, { actor, action, object, detail = {} }: AuditRecord): Promise<number> {
  const content = {
    cityCode: actor.scope.cityCode,
    actorId: actor.personId,
    actorName: storable(actor.name),
    actorRole: actor.role,
    action: storable(action),
    object: storable(object),
    detail: storableJson(detail),
  }
  return insertAudit(db, content, contentDigest(content))
}

export interface AuditVerdict {
  readonly ok: boolean
  /** entries that hold, counted from the first */
  readonly entries: number
  readonly firstBroken: Break | null
  /** hex hash of the last entry that holds */
  readonly hash: string
  readonly anchorsChecked: number
}

const pageSize = 2000

/**
 * Recomputes the whole chain from its rows: contents, links, numbering, the seal's count and end, and every anchor, those of the
 * database and those handed in (kept outside of it). Finds any change, insertion or removal of rows. A chain rewritten from the
 * first changed row on, seal and stored anchors included, is found only by an anchor kept outside the database.
 */
export const verifyAudit = (db: Db, outsideAnchors: readonly Anchor[] = []): Promise<AuditVerdict> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(async (snapshot) => {
    const anchors = [...(await listAnchors(snapshot)), ...outsideAnchors].sort((a, b) => a.entries - b.entries)
    return verifySnapshot(snapshot, anchors)
  })

/** The walk itself; `anchors` in the order of the chain. */
async function verifySnapshot(db: Db, anchors: readonly Anchor[]): Promise<AuditVerdict> {
  let state = chainStart
  let anchorsChecked = 0
  const verdict = (firstBroken: Break | null): AuditVerdict => ({ ok: firstBroken === null, entries: state.entries, firstBroken, hash: state.hash.toString('hex'), anchorsChecked })
  const holdsAnchors = (): boolean => {
    for (let next = anchors[anchorsChecked]; next?.entries === state.entries; next = anchors[anchorsChecked]) {
      if (next.hash !== state.hash.toString('hex')) return false
      anchorsChecked++
    }
    return true
  }
  if (!holdsAnchors()) return verdict({ seq: 0, reason: 'anchor' })
  for await (const row of walkChain(db)) {
    const next = checkLink(state, row)
    if ('reason' in next) return verdict(next)
    state = next
    if (!holdsAnchors()) return verdict({ seq: state.entries, reason: 'anchor' })
  }
  return verdict(checkEnd(state, await findSeal(db), anchors.length - anchorsChecked))
}

/** Every row in order, a page at a time. */
async function* walkChain(db: Db): AsyncGenerator<ChainRow> {
  for (let lastSeq = Number.MIN_SAFE_INTEGER; ; ) {
    const page = await listChain(db, lastSeq, pageSize)
    yield* page
    if (page.length < pageSize) return
    lastSeq = page[page.length - 1]!.seq
  }
}

function checkEnd(state: ChainState, seal: ChainState | undefined, anchorsLeft: number): Break | null {
  if (!seal || seal.entries > state.entries) return { seq: state.entries + 1, reason: 'tail-missing' }
  if (seal.entries < state.entries || !seal.hash.equals(state.hash)) return { seq: seal.entries + 1, reason: 'beyond-seal' }
  return anchorsLeft > 0 ? { seq: state.entries + 1, reason: 'anchor' } : null
}

/**
 * The chain's end at the end of a calendar day (Asia/Shanghai), to be made once the day is over; the first
 * anchor made for a day stays. It needs no key: whoever holds a copy of the line can prove later that nothing before it was changed.
 */
export async function auditAnchor(db: Db, day: string): Promise<Anchor> {
  const end = await findChainEnd(db, startOfDay(addDays(day, 1)))
  return insertAnchor(db, { day, entries: end?.entries ?? 0, hash: end?.hash ?? genesisHash.toString('hex') })
}
