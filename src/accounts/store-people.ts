import { findRow, rows, run, sql, type Db } from '../runtime/database.ts'
import type { DataScope, PersonRole } from './actor.ts'

const instant = (ms: number | null) => sql`to_timestamp(${ms}::float8 / 1000)`

export interface PersonRow {
  readonly personId: string
  readonly account: string
  readonly name: string
  readonly role: PersonRole
  readonly cityCode: string
  readonly districtCode: string | null
  readonly unitCode: string | null
  readonly enterpriseId: string | null
  readonly phone: string | null
  readonly passwordHash: string
  readonly passwordSetAt: number
  readonly oneTimeUntil: number | null
  readonly disabledAt: number | null
  readonly createdAt: number
}

const columns = sql`person_id as "personId", account, name, role, city_code as "cityCode", district_code as "districtCode", unit_code as "unitCode", enterprise_id as "enterpriseId", phone,
  password_hash as "passwordHash", password_set_at as "passwordSetAt", one_time_until as "oneTimeUntil", disabled_at as "disabledAt", created_at as "createdAt"`

/** What an administrator's scope lets them see: people of the city, and of the district when narrowed to one. */
const within = ({ cityCode, districtCode }: DataScope) => sql`city_code = ${cityCode} and (${districtCode}::text is null or district_code = ${districtCode})`

/** False when the account name is taken. */
export async function insertPerson(db: Db, person: PersonRow): Promise<boolean> {
  const inserted = await run(db, sql`insert into person (person_id, account, name, role, city_code, district_code, unit_code, enterprise_id, phone, password_hash, password_set_at, one_time_until, created_at)
    values (${person.personId}, ${person.account}, ${person.name}, ${person.role}, ${person.cityCode}, ${person.districtCode}, ${person.unitCode}, ${person.enterpriseId}, ${person.phone},
      ${person.passwordHash}, ${instant(person.passwordSetAt)}, ${instant(person.oneTimeUntil)}, ${instant(person.createdAt)}) on conflict (account) do nothing`)
  return inserted === 1
}

export const findByAccount = (db: Db, account: string): Promise<PersonRow | undefined> => findRow(db, sql<PersonRow>`select ${columns} from person where account = ${account}`)

export const findPerson = (db: Db, scope: DataScope, personId: string): Promise<PersonRow | undefined> =>
  findRow(db, sql<PersonRow>`select ${columns} from person where person_id = ${personId} and ${within(scope)}`)

/** The same, held until the end of the transaction. */
export const lockPerson = (db: Db, scope: DataScope, personId: string): Promise<PersonRow | undefined> =>
  findRow(db, sql<PersonRow>`select ${columns} from person where person_id = ${personId} and ${within(scope)} for update`)

/** By account name, after the cursor. `search` is looked for in account and name. */
export const listPeople = (db: Db, scope: DataScope, page: { after: string; limit: number; search: string }): Promise<PersonRow[]> =>
  rows(db, sql<PersonRow>`select ${columns} from person where ${within(scope)} and account > ${page.after}
    and (strpos(account, ${page.search}) > 0 or strpos(name, ${page.search}) > 0) order by account limit ${page.limit}`)

/** Changes what an administrator may change; the password is apart. */
export async function updatePerson(db: Db, person: PersonRow): Promise<void> {
  await sql`update person set name = ${person.name}, role = ${person.role}, district_code = ${person.districtCode}, unit_code = ${person.unitCode}, enterprise_id = ${person.enterpriseId},
    phone = ${person.phone}, disabled_at = ${instant(person.disabledAt)} where person_id = ${person.personId}`.execute(db)
}

export async function updatePassword(db: Db, personId: string, password: { hash: string; setAt: number; oneTimeUntil: number | null }): Promise<void> {
  await sql`update person set password_hash = ${password.hash}, password_set_at = ${instant(password.setAt)}, one_time_until = ${instant(password.oneTimeUntil)} where person_id = ${personId}`.execute(db)
}

export const countPeople = async (db: Db): Promise<number> => (await findRow(db, sql<{ people: number }>`select count(*) as people from person`))!.people
