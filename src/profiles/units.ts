import { nearestName } from './nearest-name.ts'
import type { Profile } from './schema.ts'
import type { ProfileUnit } from './schema-governance.ts'

/** Spaces, full stops and the punctuation that tables leave at the ends of names. */
const cleaned = (text: string) => text.replace(/[\s\u00a0]/g, '').replace(/^[、，,；;：:。（(]+|[、，,；;：:。]+$/g, '')

/** The unit a text names: by code, official name, short name or alias. */
export function unitByName(profile: Pick<Profile, 'units'>, text: string): ProfileUnit | undefined {
  const name = cleaned(text)
  return profile.units.find((unit) => unit.code === name || unit.name === name || unit.shortName === name || unit.aliases.includes(name))
}

/** Units of a cell such as `市公安局、市商务局`, and what could not be recognised with the nearest name. */
export function unitsInText(profile: Pick<Profile, 'units'>, text: string): { units: ProfileUnit[]; unknown: { text: string; nearest: string | undefined }[] } {
  const units: ProfileUnit[] = []
  const unknown: { text: string; nearest: string | undefined }[] = []
  const whole = unitByName(profile, text)
  const parts = whole ? [text] : text.split(/[、，,；;\n]/)
  for (const part of parts.map(cleaned).filter((each) => each !== '')) {
    const unit = unitByName(profile, part)
    if (unit) units.push(unit)
    else unknown.push({ text: part, nearest: nearestName(part, profile.units.flatMap((each) => [each.name, each.shortName, ...each.aliases])) })
  }
  return { units, unknown }
}

export const findUnit = (profile: Pick<Profile, 'units'>, code: string): ProfileUnit | undefined => profile.units.find((each) => each.code === code)

/** Official name of a unit code; the code itself when it is not registered. */
export const unitName = (profile: Pick<Profile, 'units'>, code: string): string => findUnit(profile, code)?.name ?? code

/** Whether a unit has a seat in the leading group; undefined when the document gives no roster. */
export const isGroupMember = (profile: Profile, code: string): boolean | undefined => profile.governance.leadingGroup?.seats.some((seat) => seat.unit === code)
