// Builds web/ into web/dist when its sources changed since the last build; prints one line. Used by start and by the tests.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const mode = 'production'
const root = fileURLToPath(new URL('..', import.meta.url))

/** SHA-256 over every file that goes into the build. */
function digest() {
  const hash = createHash('sha256').update(mode)
  const take = (path) => hash.update(path.slice(root.length)).update(readFileSync(path))
  const walk = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === 'dist' || entry.name === 'node_modules') continue
      const path = join(directory, entry.name)
      if (entry.isDirectory()) walk(path)
      else take(path)
    }
  }
  walk(join(root, 'web'))
  take(join(root, 'package-lock.json'))
  return hash.digest('hex')
}

const stamp = join(root, 'web', 'dist', '.built')
const wanted = digest()
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) process.exit(0)
const started = Date.now()
process.stderr.write('lvpei: building the web …\n')
const run = spawnSync(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
  // started from a test runner, its NODE_ENV would build React's development version, and the next start would serve it
  env: { ...process.env, NODE_ENV: mode },
})
if (run.status !== 0) {
  process.stderr.write('web-build-failed: the web could not be built (see the lines above; fix them and run the command again)\n')
  process.exit(1)
}
writeFileSync(stamp, wanted)
process.stderr.write(`lvpei: building the web: done in ${((Date.now() - started) / 1000).toFixed(0)} s\n`)
