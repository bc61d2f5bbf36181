import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { demoPassword } from '../../src/accounts/index.ts'
import type { RuleSet } from '../../src/city/access/index.ts'
import { formatInstant } from '../../src/base/time.ts'
import { insertVersion, lockRules } from '../../src/city/access/store.ts'
import { systemClock, wait } from '../../src/runtime/clock.ts'
import { openDatabase, transaction } from '../../src/runtime/database.ts'
import { readSettings } from '../../src/runtime/settings.ts'
import type { BenchLine } from './decode.ts'

interface Server {
  readonly web: string
  readonly databaseUrl: string
  readonly child: ChildProcess
}

const flags = ['--disable-warning=ExperimentalWarning']

async function startServer(environment: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'rules-server.ts')], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => Promise.reject(new Error('a server ended before it listened')))])) as [Buffer]
  return { ...(JSON.parse(line.toString()) as { web: string; databaseUrl: string }), child }
}

async function stopServer({ child }: Server): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

const city = '999900'
const probe = { lon: 120.9, lat: 34.7 }
const square = (lon: number, lat: number): number[][][] => [[[lon - 0.01, lat - 0.01], [lon + 0.01, lat - 0.01], [lon + 0.01, lat + 0.01], [lon - 0.01, lat + 0.01], [lon - 0.01, lat - 0.01]]]

/** The demo rules with one more zone, closed all day to electric tricycles. */
const withZone = (ruleSet: RuleSet, coordinates: number[][][]): RuleSet => ({
  ...ruleSet,
  zones: [...ruleSet.zones.filter((zone) => zone.code !== 'bench'), { code: 'bench', title: '试验区', geometry: { type: 'Polygon', coordinates }, openQuestions: [] }],
  rules: [...ruleSet.rules.filter((rule) => rule.code !== 'bench'), {
    ...ruleSet.rules[0]!, code: 'bench', title: '试验区禁行', zones: ['bench'], times: [{ from: '00:00', to: '24:00' }], vehicles: [{ category: ['e-tricycle'] }],
    examples: [{ title: '正午', vehicle: 'e-tricycle', at: '2026-03-10T12:00:00+08:00', zone: 'bench', expect: { allowed: false } }],
  }],
})

/** An officer at one server: drafts, saves and publishes at once; answers when the publication was sent and how long it took. */
async function signIn(web: string): Promise<(change: (ruleSet: RuleSet) => RuleSet) => Promise<{ sentAt: number; written: number }>> {
  const headers = { origin: web, 'content-type': 'application/json' }
  const session = await fetch(`${web}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ account: 'clerk', password: demoPassword }) })
  const cookie = session.headers.getSetCookie()[0]!.split(';')[0]!
  const call = async (method: string, path: string, body: unknown, revision?: number): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${web}/api/v1/access/${path}`, { method, headers: { ...headers, cookie, ...(revision !== undefined && { 'if-match': `"${revision}"` }) }, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }
  return async (change) => {
    const { draftId, document } = (await call('POST', 'drafts', { title: '试验' })) as { draftId: string; document: RuleSet }
    await call('PUT', `drafts/${draftId}`, { document: change(document) }, 1)
    const sentAt = performance.now()
    await call('POST', `drafts/${draftId}/publish`, { noticeNumber: '试验' }, 2)
    return { sentAt, written: (performance.now() - sentAt) / 1000 }
  }
}

const ask = async (web: string): Promise<{ allowed: boolean; revision: number }> => (await fetch(`${web}/api/v1/rule-checks?city=${city}&vehicle=e-tricycle&point=${probe.lon},${probe.lat}`)).json() as Promise<{ allowed: boolean; revision: number }>
const isAllowed = async (web: string): Promise<boolean> => (await ask(web)).allowed

/** `./lvpei may` as a third process: its exit code is its answer. */
const mayInAnotherProcess = (databaseUrl: string): Promise<boolean> =>
  promisify(execFile)(process.execPath, [...flags, join(import.meta.dirname, '../../src/main.ts'), 'may', '--city', city, '--vehicle', 'e-tricycle', '--at', formatInstant(systemClock()), '--point', `${probe.lon},${probe.lat}`], { env: { ...process.env, DATABASE_URL: databaseUrl } })
    .then(() => true, ({ code }: { code: number }) => code !== 1)

const rounds = 5

interface Timed {
  /** seconds until everybody answers by it, and until it was written */
  readonly everywhere: number
  readonly written: number
}

const lineOf = (name: string, { everywhere, written }: Timed, unit: string): BenchLine => ({ name, value: Number(everywhere.toFixed(2)), unit, against: 'publishing it alone, s', ratio: Number((everywhere / written).toPrecision(3)) })

/** Writes a large set into the database and waits until every server answers by it. */
async function publishLarge(document: RuleSet, servers: readonly Server[]): Promise<Timed> {
  const database = await openDatabase({ ...readSettings(), databaseUrl: servers[0]!.databaseUrl }, 2)
  try {
    const { revision } = await ask(servers[0]!.web)
    const started = performance.now()
    await transaction(database.db, async (inside) => {
      await lockRules(inside, city)
      await insertVersion(inside, { cityCode: city, title: '试验', document: { ...document, vehicleClasses: [{ ...document.vehicleClasses[0]!, code: 'e-tricycle' }] }, noticeNumber: '试验', effectiveFrom: systemClock(), author: { id: null, name: 'bench' }, now: systemClock() })
    })
    const written = (performance.now() - started) / 1000
    for (const { web } of servers) while ((await ask(web)).revision === revision) await wait(10)
    return { everywhere: (performance.now() - started) / 1000, written }
  } finally {
    await database.close()
  }
}

/**
 * `rules.publish.processes`: from sending the publication of a moved zone to one server until two servers on one database both
 * answer by it, the longest of some rounds; the command line in a process of its own must answer by it too. `rules.publish.large`: the
 * same for a large set, from its writing on.
 */
export async function* benchPublish(large: RuleSet): AsyncGenerator<BenchLine> {
  const directory = mkdtempSync(join(tmpdir(), 'lvpei-bench-'))
  const servers: Server[] = []
  try {
    servers.push(await startServer({ LVPEI_DATA: directory, DATABASE_URL: '' }))
    servers.push(await startServer({ DATABASE_URL: servers[0]!.databaseUrl }))
    const publish = await signIn(servers[0]!.web)
    const took: Timed[] = []
    for (let round = 0; round < rounds; round++) {
      const isClosing = round % 2 === 0
      for (const { web } of servers) if ((await isAllowed(web)) !== isClosing) throw new Error('the round before is not over')
      const { sentAt, written } = await publish((ruleSet) => withZone(ruleSet, isClosing ? square(probe.lon, probe.lat) : square(probe.lon - 0.1, probe.lat)))
      const asked = mayInAnotherProcess(servers[0]!.databaseUrl)
      const seen = await Promise.all(servers.map(async ({ web }) => {
        while ((await isAllowed(web)) === isClosing) await wait(10)
        return performance.now() - sentAt
      }))
      took.push({ everywhere: Math.max(...seen) / 1000, written })
      if ((await asked) === isClosing) throw new Error('the command line answered by rules that were no longer in force when it was called')
    }
    yield lineOf('rules.publish.processes', took.toSorted((a, b) => b.everywhere - a.everywhere)[0]!, `s until two servers and the command line answer by a moved zone, the longest of ${rounds}`)
    yield lineOf('rules.publish.large', await publishLarge(large, servers), `s until two servers answer by a set of ${large.zones.length} zones and ${large.rules.length} rules`)
  } finally {
    for (const server of servers.reverse()) await stopServer(server)
    rmSync(directory, { recursive: true, force: true })
  }
}
