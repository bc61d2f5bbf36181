import type { Db } from '../../runtime/database.ts'
import type { RuleSet } from './engine/rule-set.ts'
import type { Rules } from './rules-in-force.ts'
import { findVersion, type RuleDraft } from './store.ts'

/** The set a draft was begun from: a published version, or the city's own file; null when there is none. */
export const readBase = async ({ db, rules }: { db: Db; rules: Pick<Rules, 'fileOf'> }, cityCode: string, { baseVersionId }: RuleDraft): Promise<RuleSet | null> =>
  baseVersionId === null ? rules.fileOf(cityCode) : ((await findVersion(db, cityCode, baseVersionId))?.document ?? null)
