// `npm test`: everything CI runs, in the order in which a failure is cheapest; the test runner's own summary comes last.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = process.env.LVPEI_ROOT ?? process.cwd()
const bin = (path) => join(root, 'node_modules', path)
const node = process.execPath
const rest = process.argv.slice(2)

const steps = [
  { what: 'types of the server', command: [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'] },
  { what: 'types of the web', command: [bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json'] },
  { what: 'lint', command: [bin('oxlint/bin/oxlint'), '--quiet'] },
  { what: 'the web, built once for the browser tests', command: ['tools/build-web.mjs'] },
]

for (const { what, command } of rest.length > 0 ? [] : steps) {
  const started = Date.now()
  process.stderr.write(`lvpei: checking ${what} …\n`)
  const run = spawnSync(node, command, { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) {
    process.stderr.write(`lvpei: ${what} failed\n`)
    process.exit(1)
  }
  process.stderr.write(`lvpei: ${what}: good after ${((Date.now() - started) / 1000).toFixed(0)} s\n`)
}
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
if (!chromium) process.stderr.write('lvpei: no Chromium on this machine: the browser tests are skipped (install Debian\'s chromium and fonts-noto-cjk to run them)\n')
const run = spawnSync(node, [bin('vitest/vitest.mjs'), 'run', ...rest], { cwd: root, stdio: 'inherit' })
process.exit(run.status ?? 1)
