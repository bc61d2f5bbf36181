import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemKinds } from '../base/problems.ts'
import { profileJsonSchema } from '../profiles/index.ts'
import type { Access, App } from '../runtime/http.ts'
import { createHttp } from '../runtime/http.ts'
import { createLog } from '../runtime/log.ts'
import { readSettings, settingTable } from '../runtime/settings.ts'
import { permissions, roleNames } from '../accounts/index.ts'
import type { Command } from './command.ts'
import type { Core } from './core.ts'

const head = (title: string, sentence: string): string => `<!-- made by ./lvpei docs; do not edit -->\n\n# ${title}\n\n${sentence}\n\n`
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`| ${columns.join(' | ')} |`, `|${columns.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`), ''].join('\n')

const settingsPage = (): string =>
  head('Settings', 'Read from the environment by `src/runtime/settings.ts`, the only place that does.') +
  table(['name', 'default', 'what it does'], settingTable.map(({ name, default: standard, sentence }) => [`\`${name}\``, standard === '' ? '–' : `\`${standard}\``, sentence]))

const problemsPage = (): string => {
  const sorted = [...problemKinds].sort(([a], [b]) => (a < b ? -1 : 1))
  return head('Problems', 'Everything a person can be told to act on: code, what is wrong, why, what to do. `{…}` is filled from the details.') +
    sorted.map(([code, { room, message, cause, action }]) => `<a id="${code}"></a>\n### ${code}\n\n${message}。原因：${cause}。处理：${action}。 _(${room})_\n`).join('\n')
}

const commandsPage = (commands: readonly Command[]): string =>
  head('Commands', 'Exit codes: 0 done · 1 the answer is no or some input had problems · 2 wrong use. Problems go to stderr as `code: message (cause; action)`.') +
  table(['command', 'does', 'options'], commands.map(({ usage, summary, options }) => [`\`./lvpei ${usage}\``, summary, Object.keys(options).map((name) => `\`--${name}\``).join(' ')]))

interface Endpoint {
  readonly method: string
  readonly url: string
  readonly access: Access
  readonly summary: string
}

const endpointsPage = (endpoints: readonly Endpoint[]): string => {
  const who = (access: Access): string => (access === 'public' ? 'everybody' : access === 'signed-in' ? 'anyone signed in' : (permissions[access as keyof typeof permissions] as readonly (keyof typeof roleNames)[]).map((role) => roleNames[role]).join('、'))
  const sorted = [...endpoints].sort((a, b) => (a.url + a.method < b.url + b.method ? -1 : 1))
  return head('Endpoints', 'Every route of the API, its access rule, and the roles that have it. Data outside a person\'s scope answers 404.') +
    table(['method', 'path', 'does', 'access', 'who'], sorted.map(({ method, url, summary, access }) => [method, `\`${url}\``, summary, `\`${access}\``, who(access)]))
}

/** Routes with their access rules, without a database: handlers are registered, never called. */
async function listEndpoints(): Promise<Endpoint[]> {
  const { roomRoutes } = await import('./room-routes.ts')
  const { accountsPlugin } = await import('../accounts/index.ts')
  const { loadCities } = await import('./cities.ts')
  const { cityRoutes } = await import('./city-routes.ts')
  const settings = readSettings({})
  const cities = loadCities(settings.citiesDirectory)
  const unused = new Proxy({}, { get: () => () => { throw new Error('no database while documenting') } })
  const core = { settings, cities, clock: () => 0, log: createLog('silent'), database: { db: unused }, vehicles: unused, demo: { progress: null } } as unknown as Core
  const endpoints: Endpoint[] = []
  const app: App = await createHttp({ log: createLog('silent'), requestId: () => '0' })
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    for (const each of [method].flat()) if (url.startsWith('/api/') && each !== 'HEAD' && each !== 'OPTIONS') endpoints.push({ method: each, url, access: config!.access!, summary: (schema as { summary?: string } | undefined)?.summary ?? '' })
  })
  await app.register(accountsPlugin({ db: core.database.db, clock: core.clock, settings, defaultCity: cities.standard.code, findCity: (code) => cities.find(code), listEnterprises: async () => [] }))
  for (const routes of roomRoutes(core)) await app.register(routes)
  await app.register(cityRoutes({ cities, demoAccounts: [] }))
  await app.ready()
  await app.close()
  return endpoints
}

/** The generated pages by file name. Importing every room declares its problem kinds. */
export async function generatePages(commands: readonly Command[]): Promise<ReadonlyMap<string, string>> {
  const endpoints = await listEndpoints()
  await Promise.all([import('./platform.ts'), import('../reports/index.ts'), import('../gateways/index.ts')])
  return new Map([
    ['settings.md', settingsPage()],
    ['problems.md', problemsPage()],
    ['commands.md', commandsPage(commands)],
    ['endpoints.md', endpointsPage(endpoints)],
    ['profile.schema.json', `${JSON.stringify(profileJsonSchema(), null, 2)}\n`],
  ])
}

/** `./lvpei docs`: writes docs/generated anew; `--check` compares and says what is stale. */
export const docs: Command = {
  name: 'docs',
  summary: 'writes the generated pages; --check says which are stale',
  usage: 'docs [--check]',
  options: { check: { type: 'boolean' } },
  async run({ values }) {
    const { commands } = await import('./index.ts')
    const directory = join(readSettings().root, 'docs', 'generated')
    mkdirSync(directory, { recursive: true })
    let stale = 0
    for (const [name, text] of await generatePages(commands)) {
      const file = join(directory, name)
      if (values['check']) {
        if (readText(file) === text) continue
        stale++
        process.stderr.write(`stale: docs/generated/${name} (run ./lvpei docs)\n`)
      } else writeFileSync(file, text)
    }
    return stale > 0 ? 1 : 0
  },
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
