import { z } from 'zod'
import { formatInstant } from '../base/time.ts'
import { notFound, type App, type Routes } from '../runtime/http.ts'
import { personRoles, roleNames, type PersonRole } from './actor.ts'
import { createPersonFor, patchPersonFor, resetPasswordFor, type Issued, type PeopleDeps } from './administer.ts'
import { maskPhone } from './mask.ts'
import { findPerson, listPeople, type PersonRow } from './store-people.ts'

const administrable = personRoles.filter((role): role is Exclude<PersonRole, 'auditor'> => role !== 'auditor')

const personShape = z.strictObject({
  personId: z.string(),
  account: z.string(),
  name: z.string(),
  role: z.enum(personRoles),
  roleName: z.string(),
  cityCode: z.string(),
  districtCode: z.string().nullable(),
  unitCode: z.string().nullable(),
  enterpriseId: z.string().nullable(),
  /** masked */
  phone: z.string().nullable(),
  disabled: z.boolean(),
  passwordMustChange: z.boolean(),
  createdAt: z.string(),
})

const present = (person: PersonRow): z.infer<typeof personShape> => ({
  personId: person.personId,
  account: person.account,
  name: person.name,
  role: person.role,
  roleName: roleNames[person.role],
  cityCode: person.cityCode,
  districtCode: person.districtCode,
  unitCode: person.unitCode,
  enterpriseId: person.enterpriseId,
  phone: person.phone === null ? null : maskPhone(person.phone),
  disabled: person.disabledAt !== null,
  passwordMustChange: person.oneTimeUntil !== null,
  createdAt: formatInstant(person.createdAt),
})

const fields = {
  name: z.string().trim().min(1).max(40),
  role: z.enum(administrable),
  districtCode: z.string().regex(/^\d{6}$/).nullable(),
  unitCode: z.string().min(1).max(60).nullable(),
  enterpriseId: z.uuid().nullable(),
  phone: z.string().regex(/^[+\d][\d-]{5,19}$/).nullable(),
}
const optional = {
  districtCode: fields.districtCode.default(null),
  unitCode: fields.unitCode.default(null),
  enterpriseId: fields.enterpriseId.default(null),
  phone: fields.phone.default(null),
}
const newPerson = z.strictObject({ ...fields, ...optional, account: z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/) })
const personPatch = z.strictObject({ ...fields, disabled: z.boolean() }).partial()
const byId = z.strictObject({ personId: z.uuid() })
const oneTime = z.strictObject({ person: personShape, oneTimePassword: z.string(), validUntil: z.string() })

const listQuery = z.strictObject({
  after: z.string().max(40).default(''),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  search: z.string().max(40).default(''),
})
const pageShape = z.strictObject({ items: z.array(personShape), next: z.string().nullable() })

const named = z.strictObject({ code: z.string(), name: z.string() })
const choicesShape = z.strictObject({
  roles: z.array(named),
  districts: z.array(named),
  units: z.array(named),
  enterprises: z.array(z.strictObject({ id: z.string(), name: z.string() })),
})

const presentOnce = ({ person, password }: Issued): z.infer<typeof oneTime> => ({
  person: present(person),
  oneTimePassword: password,
  validUntil: formatInstant(person.oneTimeUntil!),
})

/** What an administrator does with people of their own city (or district). */
export function peopleRoutes(deps: PeopleDeps): Routes {
  const config = { access: 'accounts:administer' } as const
  const describe = (summary: string) => ({ summary, tags: ['accounts'] })
  return async (app: App) => {
    app.get('/api/v1/people', { config, schema: { ...describe('账号列表'), querystring: listQuery, response: { 200: pageShape } } }, async (request) => {
      const people = await listPeople(deps.db, request.actor.scope, { ...request.query, limit: request.query.limit + 1 })
      const items = people.slice(0, request.query.limit)
      return { items: items.map(present), next: people.length > items.length ? items.at(-1)!.account : null }
    })
    const choices = { ...describe('账号可选的角色、区县、单位和企业'), response: { 200: choicesShape } }
    app.get('/api/v1/people/choices', { config, schema: choices }, async (request) => {
      const { cityCode } = request.actor.scope
      const { districts, units } = deps.findCity(cityCode) ?? { districts: [], units: [] }
      return {
        roles: administrable.map((code) => ({ code, name: roleNames[code] })),
        districts: districts.map(({ code, name }) => ({ code, name })),
        units: units.map(({ code, name }) => ({ code, name })),
        enterprises: (await deps.listEnterprises(cityCode)).map(({ id, name }) => ({ id, name })),
      }
    })
    app.get('/api/v1/people/:personId', { config, schema: { ...describe('一个账号'), params: byId, response: { 200: personShape } } }, async (request) => {
      const person = await findPerson(deps.db, request.actor.scope, request.params.personId)
      if (!person) throw notFound('该账号')
      return present(person)
    })
    const create = { ...describe('新建账号，返回一次性密码'), body: newPerson, response: { 201: oneTime } }
    app.post('/api/v1/people', { config, schema: create }, async (request, reply) => {
      const made = await createPersonFor(deps, request.actor, request.body)
      return reply.code(201).header('cache-control', 'no-store').send(presentOnce(made))
    })
    const change = { ...describe('修改或停用账号'), params: byId, body: personPatch, response: { 200: personShape } }
    app.patch('/api/v1/people/:personId', { config, schema: change }, async (request) =>
      present(await patchPersonFor(deps, request.actor, request.params.personId, request.body)))
    const reset = { ...describe('重置密码，返回一次性密码'), params: byId, response: { 200: oneTime } }
    app.post('/api/v1/people/:personId/password', { config, schema: reset }, async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return presentOnce(await resetPasswordFor(deps, request.actor, request.params.personId))
    })
  }
}
