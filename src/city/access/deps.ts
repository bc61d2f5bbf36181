import type { Actor } from '../../accounts/index.ts'
import { covers, may } from '../../accounts/index.ts'
import type { Point } from '../../base/geo.ts'
import { ProblemError } from '../../base/problems.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Db } from '../../runtime/database.ts'
import type { Asking } from './ask.ts'
import { problem } from './problems.ts'
import type { Rules, RulesInForce } from './rules-in-force.ts'

export interface AccessDeps {
  readonly db: Db
  readonly clock: Clock
  readonly rules: Rules
  /** a way along the city's streets; undefined: none known */
  readonly findPath?: (cityCode: string, from: Point, to: Point) => readonly Point[] | undefined
  /** questions an address that is not signed in may ask in a minute; a batch counts its questions */
  readonly questionsPerMinute?: number
}

/** Rules are made by the city; people of a district read them. */
export function requireCity({ scope }: Actor): void {
  if (!covers({ ...scope, enterpriseId: null }, { cityCode: scope.cityCode, districtCode: null })) throw new ProblemError(problem('access-city-only'), 403)
}

/** Asks on behalf of a person: plates only where they may read the register, and only within their scope. */
export const askingOf = ({ db, clock, findPath }: AccessDeps, rules: RulesInForce, { actor, cityCode }: { actor: Actor; cityCode: string }): Asking => ({
  db, rules, now: clock(),
  scope: may(actor, 'registers:read') && actor.scope.cityCode === cityCode ? actor.scope : null,
  ...(findPath && { findPath: (from, to) => findPath(cityCode, from, to) }),
})
