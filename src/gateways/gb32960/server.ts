import type { FactSink } from '../../events/index.ts'
import { startFrameServer } from '../connection/index.ts'
import type { FrameServer } from '../connection/index.ts'
import type { TerminalDirectory } from '../directory.ts'
import { FaultCounts } from '../fault-counts.ts'
import { Gb32960Conversation } from './conversation.ts'
import type { PlatformLogin } from './conversation.ts'

export interface Gb32960ServerOptions {
  readonly host?: string
  /** 7612 by contract; 0 lets the system choose */
  readonly port: number
  readonly directory: Pick<TerminalDirectory, 'find'>
  readonly sink: FactSink
  readonly clock: () => number
  /** trouble of ours, for the log */
  readonly onError: (error: unknown) => void
  /** every fault, stored or not, for metrics */
  readonly onFault?: (code: string) => void
  /** whether another platform may log in; none may unless this says so */
  readonly checkPlatformLogin?: (login: PlatformLogin) => Promise<boolean>
  readonly idleSeconds?: number
  readonly window?: number
  readonly mostUnderWay?: number
  readonly maxConnections?: number
}

/** Starts the GB/T 32960 gateway. A vehicle reports at least every 30 seconds (2016 §7.2.1); ten missed reports close a connection. */
export function startGb32960Server(options: Gb32960ServerOptions): Promise<FrameServer> {
  const { directory, sink, clock, onError } = options
  const faults = new FaultCounts(options.onFault)
  const around = { directory, sink, clock, faults, checkPlatformLogin: options.checkPlatformLogin ?? (async () => false) }
  return startFrameServer({
    host: options.host ?? '127.0.0.1',
    port: options.port,
    clock,
    faults,
    onError,
    idleSeconds: options.idleSeconds ?? 300,
    window: options.window ?? 512,
    mostUnderWay: options.mostUnderWay ?? 8192,
    maxConnections: options.maxConnections ?? 50_000,
    converse: () => new Gb32960Conversation(around),
  })
}
