import { fork, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { dayMs } from '../src/base/time.ts'
import type { FrameEvents } from '../src/events/index.ts'
import { createHmacAuthCodes, startGb32960Server, startJt808Server } from '../src/gateways/index.ts'
import { startSimulation, type Progress } from './index.ts'
import { simClock } from './sim-clock.ts'

const clock = (): number => performance.timeOrigin + performance.now()

async function gateways(): Promise<{ frames: FrameEvents[]; jt808Port: number; gb32960Port: number; close(): Promise<void> }> {
  const frames: FrameEvents[] = []
  const common = {
    host: '127.0.0.1', port: 0, clock, onError: () => undefined,
    directory: { ...createHmacAuthCodes(Buffer.alloc(32, 1)), find: async (_: string, terminal: string) => ({ vehicleId: terminal, plate: terminal }) },
    sink: { record: async (frame: FrameEvents) => void frames.push(frame) },
  }
  const [a, b] = [await startJt808Server(common), await startGb32960Server(common)]
  return { frames, jt808Port: a.port, gb32960Port: b.port, close: async () => void (await Promise.all([a.close(), b.close()])) }
}

async function until(isSo: () => boolean, ms = 60_000): Promise<void> {
  const end = performance.now() + ms
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('runs in a process of its own, reports progress, stops in good order and remembers', async () => {
  const server = await gateways()
  const dataDirectory = mkdtempSync(join(tmpdir(), 'simulation-'))
  const told: Progress[] = []
  const simulation = startSimulation({ host: '127.0.0.1', ...server, dataDirectory, recentDays: 1, olderMonths: 0, onProgress: (progress) => void told.push(progress) })
  await until(() => told.at(-1)?.phase === 'live')
  expect(told.at(-1)).toMatchObject({ share: 1, refused: 0 })
  expect(new Set(server.frames.map((frame) => frame.terminal)).size).toBeGreaterThan(40)
  await simulation.stop()
  expect(isAlive(simulation.pid!)).toBe(false)
  const state = JSON.parse(readFileSync(join(dataDirectory, 'simulation.json'), 'utf8')) as { channels: Record<string, unknown> }
  expect(Object.keys(state.channels).length).toBeGreaterThan(60)
  await server.close()
  rmSync(dataDirectory, { recursive: true })
})

test('ends when its parent is killed', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'simulation-'))
  const parentFile = join(dataDirectory, 'parent.ts')
  const index = fileURLToPath(new URL('index.ts', import.meta.url))
  writeFileSync(parentFile, `import { startSimulation } from '${index}'\nconst s = startSimulation({ host: '127.0.0.1', jt808Port: 1, gb32960Port: 1, dataDirectory: '${dataDirectory}' })\nconsole.log(s.pid)\nsetInterval(() => undefined, 1000)\n`)
  const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', parentFile], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  parent.stdout.on('data', (chunk) => void (output += String(chunk)))
  await until(() => /\d+\n/.test(output) && existsSync(join(dataDirectory, 'simulation.json')))
  const pid = Number(output.trim())
  expect(isAlive(pid)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !isAlive(pid), 10_000)
  rmSync(dataDirectory, { recursive: true })
})

test('a child that dies is started again, and not after stop', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'simulation-'))
  const ends: (number | null)[] = []
  const simulation = startSimulation({ host: '127.0.0.1', jt808Port: 1, gb32960Port: 1, dataDirectory, onEnd: (code) => void ends.push(code) })
  const first = simulation.pid!
  process.kill(first, 'SIGKILL')
  await until(() => simulation.pid !== first && existsSync(join(dataDirectory, 'simulation.json')))
  await simulation.stop()
  expect(isAlive(simulation.pid!)).toBe(false)
  expect(ends).toEqual([null, 0])
  rmSync(dataDirectory, { recursive: true })
})

test('main.ts does nothing without a parent that talks to it', async () => {
  const alone = fork(fileURLToPath(new URL('main.ts', import.meta.url)), [], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: 'ignore' })
  alone.disconnect()
  await until(() => alone.exitCode !== null, 15_000)
  expect(alone.exitCode).toBe(0)
})

test('the clock of a faster city begins a day behind, runs, and never passes the real one', () => {
  let now = 10 * dayMs
  const at = simClock({ realClock: () => now, speed: 60, startedAt: now })
  expect(at()).toBe(9 * dayMs)
  now += 60_000
  expect(at()).toBe(9 * dayMs + 3_600_000)
  now += dayMs
  expect(at()).toBe(now)
  expect(simClock({ realClock: () => now, speed: 1, startedAt: 0 })()).toBe(now)
})
