import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { msFromSeconds } from '../../base/units.ts'
import type { FaultCounts } from '../fault-counts.ts'
import { Budget } from './budget.ts'
import type { Conversation } from './conversation.ts'
import { Line } from './line.ts'
import { isStranger } from './strangers.ts'

export interface FrameServerOptions<Piece> {
  readonly host: string
  /** 0 lets the system choose */
  readonly port: number
  readonly clock: () => number
  /** A connection without a byte in either direction for this long is closed. */
  readonly idleSeconds: number
  /** Frames of one connection being made durable at a time. */
  readonly window: number
  /** Frames of all connections together being made durable at a time. */
  readonly mostUnderWay: number
  readonly maxConnections: number
  /** Begins the conversation of a new connection; `end` closes that connection after its answers have left. */
  readonly converse: (end: () => void) => Conversation<Piece>
  /** Filled by the conversations, shown on the server. */
  readonly faults: FaultCounts
  /** Trouble of ours, never a peer's bytes. */
  readonly onError: (error: unknown) => void
}

/** A listening port with its connections. */
export interface FrameServer {
  readonly host: string
  readonly port: number
  readonly connections: number
  /** How often each fault came, stored or not. */
  readonly faults: FaultCounts
  /** Peers turned away because they spoke another protocol. */
  readonly strangers: number
  /** Frames of all connections that wait or are being made durable. */
  readonly underWay: number
  /** Stops listening, answers what is under way (at most five seconds), closes. */
  close(): Promise<void>
}

const junkBytes = 65_536
const graceMs = msFromSeconds(5)
const tickMs = msFromSeconds(1)

/** Serves one protocol on one port. What a peer sends ends at most its own connection. */
export async function startFrameServer<Piece>(options: FrameServerOptions<Piece>): Promise<FrameServer> {
  const lines = new Set<Line<Piece>>()
  const budget = new Budget(options.mostUnderWay)
  let strangers = 0
  const server = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) =>
    attend(socket, options, {
      lines,
      budget,
      countStranger: () => {
        strangers++
      },
    }),
  )
  server.maxConnections = options.maxConnections
  server.on('error', options.onError)
  const sweep = setInterval(() => {
    const now = options.clock()
    for (const line of lines) line.tick(now)
  }, tickMs)
  sweep.unref()
  await listen(server, options)
  const { address, port } = server.address() as AddressInfo
  return {
    host: address,
    port,
    faults: options.faults,
    get connections() {
      return lines.size
    },
    get strangers() {
      return strangers
    },
    get underWay() {
      let sum = 0
      for (const line of lines) sum += line.underWay
      return sum
    },
    close: async () => {
      clearInterval(sweep)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const line of lines) line.finish()
      const tooLong = setTimeout(() => {
        for (const line of lines) line.socket.destroy()
      }, graceMs)
      await closed
      clearTimeout(tooLong)
    },
  }
}

const listen = (server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

interface Attendance<Piece> {
  readonly lines: Set<Line<Piece>>
  readonly budget: Budget
  readonly countStranger: () => void
}

function attend<Piece>(socket: Socket, options: FrameServerOptions<Piece>, { lines, budget, countStranger }: Attendance<Piece>): void {
  // Resets and broken pipes are the peer's way of leaving; 'close' follows.
  socket.on('error', () => socket.destroy())
  socket.setTimeout(msFromSeconds(options.idleSeconds), () => socket.destroy())
  // A peer that leaves without a word; one that has spoken is answered first.
  socket.once('end', () => {
    if (socket.bytesRead === 0) socket.end()
  })
  socket.once('data', (first: Buffer) => {
    if (isStranger(first)) {
      countStranger()
      socket.destroy()
      return
    }
    const line: Line<Piece> = new Line(socket, options.converse(() => line.finish()), { limits: { window: options.window, junkBytes }, budget, onError: options.onError })
    lines.add(line)
    socket.on('close', () => {
      lines.delete(line)
      line.close()
    })
    socket.on('end', () => line.drain())
    socket.on('data', (chunk: Buffer) => line.receive(chunk))
    line.receive(first)
  })
}
