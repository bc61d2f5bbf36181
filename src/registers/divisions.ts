import type { Division } from '../base/identifiers.ts'
import type { Profile } from '../profiles/index.ts'

/** Divisions a register of this city accepts: the profile's districts and the division itself (市本级, or a district without further levels). */
export const divisionsOf = (profile: Pick<Profile, 'code' | 'name' | 'districts'>): readonly Division[] => [...profile.districts, { code: profile.code, name: profile.name }]
