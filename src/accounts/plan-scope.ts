import type { Profile } from '../profiles/index.ts'
import type { Actor } from './actor.ts'

type Place = Pick<Profile, 'code' | 'parent'>

/** A city's plan and figures are read by everybody of the city, a district's by its own people and by the city above it. */
export function mayReadPlan({ scope }: Pick<Actor, 'scope'>, place: Place): boolean {
  if (place.code === scope.cityCode) return true
  return place.parent?.code === scope.cityCode && (scope.districtCode === null || scope.districtCode === place.code)
}

/** Only people of a whole city write the city's documents; a district's are written by its own people or by the city. */
export const mayWritePlan = (actor: Pick<Actor, 'scope'>, place: Place): boolean => mayReadPlan(actor, place) && (actor.scope.districtCode === null || actor.scope.districtCode === place.code)
