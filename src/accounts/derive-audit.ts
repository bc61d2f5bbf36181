import { createHash } from 'node:crypto'
import { canonicalJson } from '../base/canonical-json.ts'

/** The chain, recomputed from the rows alone. `audit_append` in migrations/0005-accounts.sql is the writing half. */
export interface AuditContent {
  readonly cityCode: string | null
  readonly actorId: string | null
  readonly actorName: string
  readonly actorRole: string
  readonly action: string
  readonly object: string
  readonly detail: unknown
}

export interface ChainRow extends AuditContent {
  readonly seq: number
  /** microseconds since 1970: the database keeps more than a `Date` holds, and each of them is sealed */
  readonly atMicroseconds: number
  readonly previousHash: Buffer
  readonly hash: Buffer
}

export interface Anchor {
  /** calendar day, Asia/Shanghai; the anchor is the chain's end at the end of it */
  readonly day: string
  readonly entries: number
  /** lower-case hex */
  readonly hash: string
}

export const breakReasons = {
  content: '内容被改动，或摘要与内容不符',
  link: '与前一条的摘要不衔接',
  gap: '前面缺少记录',
  'tail-missing': '末尾的记录被删除',
  'beyond-seal': '末尾多出未经封存的记录',
  anchor: '与当日锚点不符：链被截断或整体重写',
} as const
export type BreakReason = keyof typeof breakReasons

export interface Break {
  /** the entry at which trust ends */
  readonly seq: number
  readonly reason: BreakReason
}

export const genesisHash = createHash('sha256').update('lvpei audit chain').digest()

/** SHA-256 over the canonical JSON of what an entry says. */
export const contentDigest = ({ cityCode, actorId, actorName, actorRole, action, object, detail }: AuditContent): Buffer =>
  createHash('sha256').update(canonicalJson({ cityCode, actorId, actorName, actorRole, action, object, detail })).digest()

const eightBytes = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

export const linkHash = (row: Pick<ChainRow, 'seq' | 'atMicroseconds' | 'previousHash'>, content: Buffer): Buffer =>
  createHash('sha256').update(eightBytes(row.seq)).update(eightBytes(row.atMicroseconds)).update(row.previousHash).update(content).digest()

/** What is known of the chain up to some entry. */
export interface ChainState {
  readonly entries: number
  readonly hash: Buffer
}

export const chainStart: ChainState = { entries: 0, hash: genesisHash }

/** Takes the chain one row further, or says what is wrong with the row. */
export function checkLink(state: ChainState, row: ChainRow): ChainState | Break {
  const seq = state.entries + 1
  if (row.seq !== seq) return { seq, reason: 'gap' }
  if (!row.previousHash.equals(state.hash)) return { seq, reason: 'link' }
  if (!row.hash.equals(linkHash(row, contentDigest(row)))) return { seq, reason: 'content' }
  return { entries: seq, hash: row.hash }
}
