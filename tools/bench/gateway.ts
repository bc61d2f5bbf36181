import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newId } from '../../src/base/ids.ts'
import { createFactSink } from '../../src/events/index.ts'
import { createHmacAuthCodes, jt808, startJt808Server, wallClockOf } from '../../src/gateways/index.ts'
import { migrate, openDatabase } from '../../src/runtime/database.ts'
import { readSettings } from '../../src/runtime/settings.ts'
import type { BenchLine } from './decode.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const terminals = 32
const framesATerminal = 2500
/** frames a terminal may have unacknowledged, like a device that re-sends its backlog */
const windowSize = 128
const startedAt = Date.UTC(2026, 2, 1)

const phoneOf = (at: number): string => `0139${String(at).padStart(8, '0')}`
const terminalOf = (at: number): jt808.TerminalIdentity => ({ phone: phoneOf(at), version: '2011/2013' })
const framesOf = (at: number): Uint8Array[] =>
  Array.from({ length: framesATerminal }, (_, n) => jt808.positionFrame(terminalOf(at), (n + 2) & 0xffff, {
    alarm: 0, status: 3, latitude: 34_400_000 + n, longitude: 121_000_000 + at, altitude: 5, speed: 300, direction: 90, time: wallClockOf(startedAt + n * 10_000),
  }))

/** Sends frames with a window, counting frames that come back; resolves when as many came as were sent. */
function exchange(socket: Socket, frames: readonly Uint8Array[], splitter: { push(chunk: Uint8Array): readonly unknown[] }): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0
    let answered = 0
    const send = (): void => {
      const until = Math.min(frames.length, answered + windowSize)
      if (until > sent) socket.write(Buffer.concat(frames.slice(sent, until)))
      sent = until
    }
    const take = (chunk: Buffer): void => {
      answered += splitter.push(chunk).length
      if (answered >= frames.length) {
        socket.off('data', take)
        resolve()
      } else send()
    }
    socket.on('data', take)
    socket.once('error', reject)
    send()
  })
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })

/** The same frames against a socket that only cuts them apart and answers each with the same bytes. */
async function bareFramesPerSecond(batches: readonly (readonly Uint8Array[])[]): Promise<number> {
  const answer = Buffer.from('7e8001000501390000000100000001020000b97e', 'hex')
  const server = createServer((socket) => {
    const splitter = new jt808.FrameSplitter()
    socket.on('data', (chunk) => {
      const count = splitter.push(chunk).length
      if (count > 0) socket.write(Buffer.concat(Array.from({ length: count }, () => answer)))
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const sockets = await Promise.all(batches.map(() => open(port)))
  const from = performance.now()
  await Promise.all(sockets.map((socket, at) => exchange(socket, batches[at]!, new jt808.FrameSplitter())))
  const seconds = (performance.now() - from) / 1000
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  return (batches.length * framesATerminal) / seconds
}

/** `gateway.durable`: frames/s acknowledged after their commit on the embedded database, against a bare answering socket in the same run. */
export async function* benchGateway(): AsyncGenerator<BenchLine> {
  const directory = mkdtempSync(join(tmpdir(), 'lvpei-bench-'))
  const database = await openDatabase({ ...readSettings({}), dataDirectory: directory })
  try {
    await migrate(database.db, join(root, 'migrations'))
    const codes = createHmacAuthCodes('a secret for the benchmark only')
    const vehicles = new Map(Array.from({ length: terminals }, (_, at) => [phoneOf(at).replace(/^0+/, ''), newId<'vehicle'>(startedAt)]))
    const server = await startJt808Server({
      port: 0, sink: createFactSink(database.db), clock: () => startedAt + 365 * 86_400_000, onError: (error) => process.stderr.write(`${String(error)}\n`),
      directory: { ...codes, find: async (_, terminal) => ({ vehicleId: vehicles.get(terminal.replace(/^0+/, ''))!, plate: '' }) },
    })
    const batches = Array.from({ length: terminals }, (_, at) => framesOf(at))
    const bare = await bareFramesPerSecond(batches)
    const sockets = await Promise.all(batches.map(() => open(server.port)))
    await Promise.all(sockets.map(async (socket, at) => exchange(socket, [jt808.authenticateFrame(terminalOf(at), 1, { authCode: await codes.issueAuthCode(phoneOf(at)) })], new jt808.FrameSplitter())))
    const from = performance.now()
    await Promise.all(sockets.map((socket, at) => exchange(socket, batches[at]!, new jt808.FrameSplitter())))
    const durable = (terminals * framesATerminal) / ((performance.now() - from) / 1000)
    for (const socket of sockets) socket.destroy()
    await server.close()
    yield { name: 'gateway.durable', value: Math.round(durable), unit: 'frames/s', against: `bare answering socket ${Math.round(bare)} frames/s`, ratio: Number((durable / bare).toFixed(3)) }
  } finally {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}
