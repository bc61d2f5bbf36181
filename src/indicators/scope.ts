import { mayReadPlan, type Actor } from '../accounts/index.ts'
import type { Profile } from '../profiles/index.ts'
import { notFound } from '../runtime/http.ts'
import type { ProfileDirectory } from './facts.ts'
import type { MeasuredRow } from './types.ts'

export const mayRead = mayReadPlan

/** The profile a request is about: the named one or the actor's own; 404 outside the scope. */
export function profileFor({ profiles, find }: ProfileDirectory, actor: Pick<Actor, 'scope'>, city: string | undefined): Profile {
  const own = profiles.find((each) => each.code === actor.scope.districtCode) ?? find(actor.scope.cityCode)
  const profile = city === undefined ? own : find(city)
  if (!profile || !mayRead(actor, profile)) throw notFound(`城市 ${city ?? actor.scope.cityCode} 的指标`)
  return profile
}

/** Kinds whose rows a firm sees only when they are its own, as in the registers. */
const ownersOnly = new Set(['vehicle', 'enterprise', 'vehicle-days'])

/** Whether a row of a figure may be shown; the figure itself is the whole city's. */
export function mayReadRow({ scope }: Pick<Actor, 'scope'>, row: MeasuredRow): boolean {
  if (row.kind === 'baseline' || row.kind === 'indicator') return true
  if (scope.districtCode !== null && scope.districtCode !== row.districtCode && scope.districtCode !== scope.cityCode) return false
  return scope.enterpriseId === null || !ownersOnly.has(row.kind) || scope.enterpriseId === row.enterpriseId
}
