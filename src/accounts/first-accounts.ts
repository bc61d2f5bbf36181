import { transaction, type Db } from '../runtime/database.ts'
import type { DataScope, PersonRole } from './actor.ts'
import { recordAudit } from './audit.ts'
import { systemActor } from './audit-actor.ts'
import { hashPassword } from './passwords.ts'
import { addPerson, makeOneTimePassword } from './people.ts'
import { countPeople, findByAccount } from './store-people.ts'

export interface PrintedAccount {
  readonly account: string
  readonly name: string
  readonly role: PersonRole
  /** in clear, to be printed once */
  readonly password: string
}

/** Known to everybody who reads this line, therefore only ever given to accounts of a made-up city. */
export const demoPassword = 'Lvpei-demo-2025'

export interface DemoCity {
  readonly code: string
  /** from the profile; anything but a made-up city is refused */
  readonly madeUp: boolean
  readonly districtCode: string
  /** member unit whose liaison the demo shows */
  readonly liaisonUnitCode: string
  readonly enterpriseId: string
}

const demoPeople = ({ code, districtCode, liaisonUnitCode, enterpriseId }: DemoCity): { account: string; name: string; role: PersonRole; scope: DataScope }[] => {
  const city: DataScope = { cityCode: code, districtCode: null, unitCode: null, enterpriseId: null }
  return [
    { account: 'clerk', name: '林晓青（办公室经办）', role: 'office-clerk', scope: city },
    { account: 'liaison', name: '周海宁（联络员）', role: 'liaison', scope: { ...city, unitCode: liaisonUnitCode } },
    { account: 'firm', name: '陈立（企业调度）', role: 'enterprise', scope: { ...city, enterpriseId } },
    { account: 'district', name: '吴敏（区县经办）', role: 'office-clerk', scope: { ...city, districtCode } },
    { account: 'inspector', name: '郑远（督查）', role: 'inspector', scope: city },
    { account: 'administrator', name: '系统管理员', role: 'administrator', scope: city },
    { account: 'auditor', name: '安全审计员', role: 'auditor', scope: city },
  ]
}

/** The demo city's accounts, made once; returns all of them with the demo password for printing at every start. */
export async function seedDemoAccounts(db: Db, city: DemoCity, now: number): Promise<PrintedAccount[]> {
  if (!city.madeUp) throw new Error(`demo accounts are refused for ${city.code}: it is a real city`)
  const people = demoPeople(city)
  const known = await Promise.all(people.map((person) => findByAccount(db, person.account)))
  const missing = people.filter((_, index) => known[index] === undefined)
  if (missing.length > 0) {
    const hash = await hashPassword(demoPassword)
    await transaction(db, async (inside) => {
      for (const person of missing) await addPerson(inside, person, { hash, setAt: now, oneTimeUntil: null })
      const detail = { accounts: missing.map((each) => each.account) }
      await recordAudit(inside, { actor: systemActor('start', city.code), action: 'accounts.seed-demo', object: `city/${city.code}`, detail })
    })
  }
  return people.map(({ account, name, role }) => ({ account, name, role, password: demoPassword }))
}

/**
 * The first administrator and the first auditor of an installation without people, each with a one-time password to be printed
 * once and handed to two persons. Empty when there are people already.
 */
export async function createFirstAccounts(db: Db, cityCode: string, now: number): Promise<PrintedAccount[]> {
  if ((await countPeople(db)) > 0) return []
  const scope: DataScope = { cityCode, districtCode: null, unitCode: null, enterpriseId: null }
  const first = [
    { account: 'administrator', name: '系统管理员', role: 'administrator' as const },
    { account: 'auditor', name: '安全审计员', role: 'auditor' as const },
  ]
  const made = await Promise.all(first.map(async (each) => ({ ...each, secret: await makeOneTimePassword(now) })))
  await transaction(db, async (inside) => {
    for (const { secret, ...person } of made) await addPerson(inside, { ...person, scope }, secret)
    const detail = { accounts: first.map((each) => each.account) }
    await recordAudit(inside, { actor: systemActor('start', cityCode), action: 'accounts.create-first', object: `city/${cityCode}`, detail })
  })
  return made.map(({ secret, ...person }) => ({ ...person, password: secret.password }))
}
