import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Says `ready`, and `stopped` when it is stopped in order. */
const program = "process.on('SIGTERM', () => { console.log('stopped'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')"

/** Starts the program as npm does, through a shell that does not pass signals on. */
function startThroughShell({ isNpm }: { isNpm: boolean }) {
  const { npm_lifecycle_event: _, ...environment } = process.env
  const env = { ...environment, PROGRAM: program, ...(isNpm ? { npm_lifecycle_event: 'start' } : {}) }
  const shell = spawn('sh', ['-c', 'node tools/run.mjs exec node -e "$PROGRAM"; exit $?'], { cwd: root, detached: true, stdio: ['ignore', 'pipe', 'inherit'], env })
  onTestFinished(() => {
    try {
      process.kill(-shell.pid!, 'SIGKILL')
    } catch {
      // the group has ended, as it should
    }
  })
  let said = ''
  shell.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return { shell, said: () => said, ended: once(shell.stdout, 'end') }
}

test.skipIf(process.platform === 'win32')('a signal that reaches only npm and its shell still stops what they started, in order', async () => {
  const { shell, said, ended } = startThroughShell({ isNpm: true })
  await expect.poll(said, { timeout: 20_000 }).toContain('ready')
  shell.kill('SIGTERM')
  // the output ends when the last process that holds it has ended
  await ended
  expect(said()).toContain('stopped')
})

test.skipIf(process.platform === 'win32')('what was started without npm outlives the shell it was started from', async () => {
  const { shell, said, ended } = startThroughShell({ isNpm: false })
  await expect.poll(said, { timeout: 20_000 }).toContain('ready')
  shell.kill('SIGTERM')
  await once(shell, 'exit')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(said()).not.toContain('stopped')
  // its own process group: the launcher passes the signal on
  process.kill(-shell.pid!, 'SIGTERM')
  await ended
  expect(said()).toContain('stopped')
})
