import { afterEach, expect, test } from 'vitest'
import type { FrameEvents } from '../../src/events/index.ts'
import { createHmacAuthCodes, startGb32960Server, startJt808Server } from '../../src/gateways/index.ts'
import { runLoad, type LoadOptions } from './index.ts'

const clock = (): number => performance.timeOrigin + performance.now()
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function gateways({ knows = () => true, refuses = () => false }: { knows?: (terminal: string) => boolean; refuses?: (frame: FrameEvents) => boolean } = {}): Promise<{ frames: FrameEvents[]; ports: { jt808Port: number; gb32960Port: number } }> {
  const frames: FrameEvents[] = []
  const common = {
    host: '127.0.0.1', port: 0, clock, onError: () => undefined,
    directory: { ...createHmacAuthCodes(Buffer.alloc(32, 1)), find: async (_: string, terminal: string) => (knows(terminal) ? { vehicleId: terminal, plate: terminal } : null) },
    sink: {
      record: async (frame: FrameEvents) => {
        if (refuses(frame)) throw new Error('disk full')
        frames.push(frame)
      },
    },
  }
  const [a, b] = [await startJt808Server(common), await startGb32960Server(common)]
  closers.push(async () => void (await Promise.all([a.close(), b.close()])))
  return { frames, ports: { jt808Port: a.port, gb32960Port: b.port } }
}

const options = (more: Partial<LoadOptions>): LoadOptions => ({ host: '127.0.0.1', terminals: 6, rate: 100, burst: false, seconds: 1, seed: 1, batch: 1, clock, now: () => performance.now(), ...more })
const positions = (frames: readonly FrameEvents[]): string[] => frames.flatMap((frame) => frame.events.flatMap((event) => (event.kind === 'position' ? [`${frame.vehicleId} ${event.observedAt}`] : [])))

test('paced over both protocols: everything sent is acknowledged, timed, and no two positions are alike', async () => {
  const { frames, ports } = await gateways()
  const report = await runLoad(options(ports))
  expect(report).toMatchObject({ connected: 6, refused: 0, unanswered: 0, turnedAway: 0 })
  expect(report.acknowledged).toBe(report.sent)
  expect(report.sent).toBeGreaterThan(60)
  expect(report.sent).toBeLessThanOrEqual(100)
  const { p50, p99, max } = report.latencyMs
  expect(p50! <= p99! && p99! <= max!).toBe(true)
  expect(new Set(positions(frames)).size).toBe(report.positionsAcknowledged)
})

test('a burst of batches keeps every line full', async () => {
  const { frames, ports } = await gateways()
  const report = await runLoad(options({ jt808Port: ports.jt808Port, burst: true, batch: 24, terminals: 3 }))
  expect(report.acknowledged).toBeGreaterThan(150)
  expect(report.positionsAcknowledged).toBe(report.acknowledged * 24)
  expect(new Set(positions(frames)).size).toBe(report.positionsAcknowledged)
})

test('strangers are turned away, refusals are counted', async () => {
  const strict = await gateways({ knows: (terminal) => !terminal.includes('0001') })
  expect(await runLoad(options({ jt808Port: strict.ports.jt808Port, terminals: 2 }))).toMatchObject({ connected: 1, turnedAway: 1 })
  const full = await gateways({ refuses: (frame) => frame.events.some((event) => event.kind === 'position') })
  const report = await runLoad(options({ jt808Port: full.ports.jt808Port, terminals: 1, rate: 20 }))
  expect(report).toMatchObject({ acknowledged: 0, latencyMs: { p50: null } })
  expect(report.refused + report.unanswered).toBe(report.sent)
})

test('nobody listens', async () => {
  expect(await runLoad(options({ jt808Port: 1, terminals: 2 }))).toMatchObject({ connected: 0, sent: 0, turnedAway: 2 })
})
