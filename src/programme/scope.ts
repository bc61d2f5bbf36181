import type { Actor } from '../accounts/index.ts'
import type { Profile } from '../profiles/index.ts'
import { notFound } from '../runtime/http.ts'

/**
 * Whether a person may read a city's programme: everybody of the city reads the city's, and a district's plan is read by its own
 * people and by the city above it. What is outside does not exist for them.
 */
export function mayRead({ scope }: Pick<Actor, 'scope'>, profile: Pick<Profile, 'code' | 'parent'>): boolean {
  if (profile.code === scope.cityCode) return true
  return profile.parent?.code === scope.cityCode && (scope.districtCode === null || scope.districtCode === profile.code)
}

/** Only people of a whole city write the city's documents; a district's are written by its own people or by the city. */
export function mayWrite(actor: Pick<Actor, 'scope'>, profile: Pick<Profile, 'code' | 'parent'>): boolean {
  return mayRead(actor, profile) && (actor.scope.districtCode === null || actor.scope.districtCode === profile.code)
}

/** The profile a request is about: the named one, or the actor's own; 404 outside the scope. */
export function profileFor(profiles: readonly Profile[], actor: Pick<Actor, 'scope'>, { city, write = false }: { city?: string | undefined; write?: boolean }): Profile {
  const own = profiles.find((each) => each.code === actor.scope.districtCode) ?? profiles.find((each) => each.code === actor.scope.cityCode)
  const profile = city === undefined ? own : profiles.find((each) => each.code === city)
  if (!profile || !(write ? mayWrite : mayRead)(actor, profile)) throw notFound(`城市 ${city ?? actor.scope.cityCode} 的方案`)
  return profile
}
