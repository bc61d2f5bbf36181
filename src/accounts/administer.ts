import { ProblemError } from '../base/problems.ts'
import type { Clock } from '../runtime/clock.ts'
import { transaction, type Db } from '../runtime/database.ts'
import { notFound } from '../runtime/http.ts'
import type { Actor, DataScope, PersonRole } from './actor.ts'
import { recordAudit } from './audit.ts'
import { addPerson, checkRoleScope, makeOneTimePassword, type NewPerson } from './people.ts'
import { accountsProblem } from './problems.ts'
import { nameHashOf } from './sign-in.ts'
import { lockPerson, updatePassword, updatePerson, type PersonRow } from './store-people.ts'
import { clearAttempts, deleteSessionsOf } from './store-sessions.ts'

interface Named {
  readonly code: string
  readonly name: string
}

/** What accounts must know of other rooms; `main.ts` hands it in. */
export interface PeopleDeps {
  readonly db: Db
  readonly clock: Clock
  /** districts and member units of a city, from its profile */
  readonly findCity: (cityCode: string) => { readonly districts: readonly Named[]; readonly units: readonly Named[] } | undefined
  /** firms an account can be bound to */
  readonly listEnterprises: (cityCode: string) => Promise<readonly { id: string; name: string }[]>
}

/** A person with the one-time password in clear, to be shown once. */
export interface Issued {
  readonly person: PersonRow
  readonly password: string
}

export interface PersonFields {
  readonly name: string
  readonly role: PersonRole
  readonly districtCode: string | null
  readonly unitCode: string | null
  readonly enterpriseId: string | null
  readonly phone: string | null
}

/** Throws unless role and scope fit each other, name things that exist, and lie within the administrator's own scope. */
async function checkPlace(deps: PeopleDeps, administrator: Actor, fields: PersonFields): Promise<DataScope> {
  const { cityCode, districtCode } = administrator.scope
  const city = deps.findCity(cityCode)
  const scope = { cityCode, districtCode: fields.districtCode, unitCode: fields.unitCode, enterpriseId: fields.enterpriseId }
  const reason =
    fields.role === 'auditor' ? '审计员不在此处设立'
    : districtCode !== null && fields.districtCode !== districtCode ? '只能设立本区县的账号'
    : fields.districtCode !== null && !city?.districts.some((each) => each.code === fields.districtCode) ? '区县不在本市'
    : fields.unitCode !== null && !city?.units.some((each) => each.code === fields.unitCode) ? '单位不在本市方案中'
    : fields.enterpriseId !== null && !(await deps.listEnterprises(cityCode)).some((each) => each.id === fields.enterpriseId) ? '企业不在本市登记册中'
    : checkRoleScope(fields.role, scope)
  if (reason) throw new ProblemError(accountsProblem('person-invalid', { reason }), 422)
  return scope
}

export async function createPersonFor(deps: PeopleDeps, administrator: Actor, { account, ...fields }: PersonFields & { account: string }): Promise<Issued> {
  const scope = await checkPlace(deps, administrator, fields)
  const secret = await makeOneTimePassword(deps.clock())
  const person = await transaction(deps.db, async (inside) => {
    const wanted: NewPerson = { account, name: fields.name, role: fields.role, phone: fields.phone, scope }
    const added = await addPerson(inside, wanted, secret)
    const detail = { account: added.account, role: added.role, scope }
    await recordAudit(inside, { actor: administrator, action: 'accounts.create', object: `person/${added.personId}`, detail })
    return added
  })
  return { person, password: secret.password }
}

/** The person to be changed, held; 404 outside the scope, 403 for auditors. */
async function takePerson(inside: Db, administrator: Actor, personId: string): Promise<PersonRow> {
  const person = await lockPerson(inside, administrator.scope, personId)
  if (!person) throw notFound('该账号')
  if (person.role === 'auditor') throw new ProblemError(accountsProblem('auditor-apart'), 403)
  return person
}

const watched = ['name', 'role', 'districtCode', 'unitCode', 'enterpriseId'] as const

export type PersonPatch = { readonly [Field in keyof PersonFields]?: PersonFields[Field] | undefined } & { readonly disabled?: boolean | undefined }

/** Changes the given fields. A changed role or scope, or disabling, ends the person's sessions. */
export async function patchPersonFor(deps: PeopleDeps, administrator: Actor, personId: string, { disabled, ...patch }: PersonPatch): Promise<PersonRow> {
  return transaction(deps.db, async (inside) => {
    const before = await takePerson(inside, administrator, personId)
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<PersonFields>
    const wasDisabled = before.disabledAt !== null
    const after: PersonRow = { ...before, ...given, disabledAt: (disabled ?? wasDisabled) ? (before.disabledAt ?? deps.clock()) : null }
    const changed = watched.filter((field) => before[field] !== after[field])
    const isPowerChanged = changed.some((field) => field !== 'name') || (after.disabledAt !== null) !== wasDisabled
    if (isPowerChanged && personId === administrator.personId) throw new ProblemError(accountsProblem('own-account'), 403)
    if (isPowerChanged) await checkPlace(deps, administrator, after)
    await updatePerson(inside, after)
    if (isPowerChanged) await deleteSessionsOf(inside, personId)
    const detail = {
      changed: Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }])),
      phoneChanged: before.phone !== after.phone,
      disabled: after.disabledAt !== null,
    }
    await recordAudit(inside, { actor: administrator, action: 'accounts.change', object: `person/${personId}`, detail })
    return after
  })
}

/** Gives a person a new one-time password, ends their sessions and lifts a lock. */
export async function resetPasswordFor(deps: PeopleDeps, administrator: Actor, personId: string): Promise<Issued> {
  const secret = await makeOneTimePassword(deps.clock())
  const person = await transaction(deps.db, async (inside) => {
    const before = await takePerson(inside, administrator, personId)
    await updatePassword(inside, personId, secret)
    await deleteSessionsOf(inside, personId)
    await clearAttempts(inside, nameHashOf(before.account))
    await recordAudit(inside, { actor: administrator, action: 'accounts.reset-password', object: `person/${personId}` })
    return { ...before, oneTimeUntil: secret.oneTimeUntil }
  })
  return { person, password: secret.password }
}
