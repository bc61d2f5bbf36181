import type { Actor } from '../accounts/actor.ts'
import { formatInstant } from '../base/time.ts'
import type { AnyRegister } from './define.ts'
import type { Entity, Version } from './entity.ts'

const masks = {
  name: (text: string) => `${text.slice(0, 1)}${'*'.repeat(Math.max(1, text.length - 1))}`,
  phone: (text: string) => (text.length < 7 ? '*'.repeat(text.length) : `${text.slice(0, 3)}${'*'.repeat(text.length - 7)}${text.slice(-4)}`),
} as const

/** The office sees contacts of its city, a firm those of its own rows; everybody else a mask. */
export const seesPersonal = (actor: Actor, entity: Pick<Entity, 'enterpriseId'>): boolean => actor.role === 'office-clerk' || (actor.scope.enterpriseId !== null && actor.scope.enterpriseId === entity.enterpriseId)

/** A row's data as this person may see them. */
export function visibleData(register: AnyRegister, entity: Pick<Entity, 'enterpriseId' | 'data'>, actor: Actor): Record<string, unknown> {
  if (seesPersonal(actor, entity)) return entity.data
  const data = { ...entity.data }
  for (const code of register.codes) {
    const kind = register.fields[code]!.personal
    if (kind && typeof data[code] === 'string') data[code] = masks[kind](data[code])
  }
  return data
}

/** A masked value that comes back unchanged means the value behind it. */
export function unmasked(register: AnyRegister, incoming: Readonly<Record<string, unknown>>, known: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const data = { ...incoming }
  for (const code of register.codes) {
    const kind = register.fields[code]!.personal
    const before = known[code]
    if (kind && typeof before === 'string' && data[code] === masks[kind](before)) data[code] = before
  }
  return data
}

/** An entity on the wire. */
export const presentEntity = (register: AnyRegister, entity: Entity, actor: Actor) => ({
  id: entity.id,
  versionId: entity.versionId,
  naturalKey: entity.naturalKey,
  districtCode: entity.districtCode,
  enterpriseId: entity.enterpriseId,
  data: visibleData(register, entity, actor),
  validFrom: entity.validFrom,
  recordedAt: formatInstant(entity.recordedAt),
  source: entity.source,
})

/** A version in a history on the wire, with the fields that differ from the version recorded before it. */
export const presentVersion = (register: AnyRegister, version: Version, actor: Actor, changed: readonly string[]) => ({
  ...presentEntity(register, version, actor),
  ended: version.ended,
  endedReason: version.endedReason,
  retractedAt: version.retractedAt === null ? null : formatInstant(version.retractedAt),
  changed,
})
