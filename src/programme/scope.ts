import { mayReadPlan, mayWritePlan, type Actor } from '../accounts/index.ts'
import type { Profile } from '../profiles/index.ts'
import { notFound } from '../runtime/http.ts'

/** The profile a request is about: the named one, or the actor's own; 404 outside the scope. */
export function profileFor(profiles: readonly Profile[], actor: Pick<Actor, 'scope'>, { city, write = false }: { city?: string | undefined; write?: boolean }): Profile {
  const own = profiles.find((each) => each.code === actor.scope.districtCode) ?? profiles.find((each) => each.code === actor.scope.cityCode)
  const profile = city === undefined ? own : profiles.find((each) => each.code === city)
  if (!profile || !(write ? mayWritePlan : mayReadPlan)(actor, profile)) throw notFound(`城市 ${city ?? actor.scope.cityCode} 的方案`)
  return profile
}
