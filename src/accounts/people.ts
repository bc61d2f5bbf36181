import { newId } from '../base/ids.ts'
import { ProblemError } from '../base/problems.ts'
import { msFromHours } from '../base/units.ts'
import type { Db } from '../runtime/database.ts'
import type { DataScope, PersonRole } from './actor.ts'
import { hashPassword, newOneTimePassword, oneTimePasswordHours } from './passwords.ts'
import { accountsProblem } from './problems.ts'
import { normalAccount } from './sign-in.ts'
import { insertPerson, type PersonRow } from './store-people.ts'

export interface NewPerson {
  readonly account: string
  readonly name: string
  readonly role: PersonRole
  readonly scope: DataScope
  readonly phone?: string | null
}

/** Problems of a role that does not go with its scope. */
export function checkRoleScope(role: PersonRole, scope: DataScope): string | undefined {
  if (role === 'enterprise' && scope.enterpriseId === null) return '企业调度员须指定企业'
  if (role !== 'enterprise' && scope.enterpriseId !== null) return '只有企业调度员可以指定企业'
  if (role === 'liaison' && scope.unitCode === null) return '联络员须指定成员单位'
  if (role !== 'liaison' && scope.unitCode !== null) return '只有联络员可以指定成员单位'
  if (role === 'auditor' && scope.districtCode !== null) return '审计员的范围是全市，不能限于区县'
  return undefined
}

/** A one-time password with its hash and end. */
export async function makeOneTimePassword(now: number): Promise<{ password: string; hash: string; setAt: number; oneTimeUntil: number }> {
  const password = newOneTimePassword()
  return { password, hash: await hashPassword(password), setAt: now, oneTimeUntil: now + msFromHours(oneTimePasswordHours) }
}

/** Adds a person with a given password hash; throws when the name is taken or the scope does not fit the role. */
export async function addPerson(db: Db, person: NewPerson, password: { hash: string; setAt: number; oneTimeUntil: number | null }): Promise<PersonRow> {
  const reason = checkRoleScope(person.role, person.scope)
  if (reason) throw new ProblemError(accountsProblem('person-invalid', { reason }), 422)
  const row: PersonRow = {
    personId: newId<'person'>(password.setAt),
    account: normalAccount(person.account),
    name: person.name,
    role: person.role,
    cityCode: person.scope.cityCode,
    districtCode: person.scope.districtCode,
    unitCode: person.scope.unitCode,
    enterpriseId: person.scope.enterpriseId,
    phone: person.phone ?? null,
    passwordHash: password.hash,
    passwordSetAt: password.setAt,
    oneTimeUntil: password.oneTimeUntil,
    disabledAt: null,
    createdAt: password.setAt,
  }
  if (!(await insertPerson(db, row))) throw new ProblemError(accountsProblem('account-taken', { account: row.account }), 409)
  return row
}
