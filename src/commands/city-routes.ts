import { z } from 'zod'
import { roleNames, type PrintedAccount } from '../accounts/index.ts'
import { notFound, type Routes } from '../runtime/http.ts'
import type { Cities } from './cities.ts'

const named = z.strictObject({ code: z.string(), name: z.string() })
const cityShape = z.strictObject({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  level: z.enum(['city', 'district']),
  parent: named.nullable(),
  /** figures of a made-up city are labelled as such wherever they are shown */
  madeUp: z.boolean(),
  districts: z.array(named),
  units: z.array(z.strictObject({ code: z.string(), name: z.string(), shortName: z.string(), kind: z.string() })),
  /** the city's own words: 牵头单位, 责任单位, 创建期 … */
  words: z.record(z.string(), z.string()),
  document: z.strictObject({ title: z.string(), number: z.string().nullable(), status: z.string() }),
  period: z.strictObject({ text: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
})
const demoAccount = z.strictObject({ account: z.string(), name: z.string(), roleName: z.string(), password: z.string() })

/** What every page needs of the city one looks at, and — in a made-up city only — the accounts to try. */
export function cityRoutes({ cities, demoAccounts }: { cities: Pick<Cities, 'find'>; demoAccounts: readonly PrintedAccount[] }): Routes {
  return async (app) => {
    app.get('/api/v1/city', { config: { access: 'public' }, schema: { tags: ['city'], summary: '当前城市：名称、区县、单位、用语', response: { 200: cityShape } } }, async (request) => {
      const profile = cities.find(request.actor.scope.cityCode)
      if (!profile) throw notFound('该城市的方案')
      const { code, name, shortName, level, parent, madeUp, districts, words, document, period } = profile
      return {
        code, name, shortName, level, parent, madeUp, districts, words,
        units: profile.units.map((unit) => ({ code: unit.code, name: unit.name, shortName: unit.shortName, kind: unit.kind })),
        document: { title: document.title, number: document.number, status: document.status },
        period: { text: period.text, from: period.from, to: period.to },
      }
    })
    app.get('/api/v1/demo-accounts', { config: { access: 'public' }, schema: { tags: ['accounts'], summary: '演示账号（仅虚构城市有）', response: { 200: z.strictObject({ items: z.array(demoAccount) }) } } }, async () => ({
      items: demoAccounts.map(({ account, name, role, password }) => ({ account, name, roleName: roleNames[role], password })),
    }))
  }
}
