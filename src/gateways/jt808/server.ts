import type { FactSink } from '../../events/index.ts'
import { startFrameServer } from '../connection/index.ts'
import type { FrameServer } from '../connection/index.ts'
import type { TerminalDirectory } from '../directory.ts'
import { FaultCounts } from '../fault-counts.ts'
import { Jt808Conversation } from './conversation.ts'
import type { PartAcknowledgement } from './conversation.ts'
import { defaultReassemblyLimits } from './reassembler.ts'
import type { ReassemblyLimits } from './reassembler.ts'

export interface Jt808ServerOptions {
  readonly host?: string
  /** 7611 by contract; 0 lets the system choose */
  readonly port: number
  readonly directory: TerminalDirectory
  readonly sink: FactSink
  readonly clock: () => number
  /** trouble of ours, for the log */
  readonly onError: (error: unknown) => void
  /** every fault, stored or not, for metrics */
  readonly onFault?: (code: string) => void
  readonly idleSeconds?: number
  readonly window?: number
  readonly mostUnderWay?: number
  readonly maxConnections?: number
  readonly acknowledgeParts?: PartAcknowledgement
  readonly reassembly?: Partial<ReassemblyLimits>
}

/** Starts the JT/T 808 gateway. Three missed heartbeats of a minute and a half close a connection. */
export function startJt808Server(options: Jt808ServerOptions): Promise<FrameServer> {
  const { directory, sink, clock, onError } = options
  const faults = new FaultCounts(options.onFault)
  const around = {
    directory,
    sink,
    clock,
    faults,
    acknowledgeParts: options.acknowledgeParts ?? 'whole',
    reassembly: { ...defaultReassemblyLimits, ...options.reassembly },
    owners: new Map(),
  }
  return startFrameServer({
    host: options.host ?? '127.0.0.1',
    port: options.port,
    clock,
    faults,
    onError,
    idleSeconds: options.idleSeconds ?? 270,
    window: options.window ?? 512,
    mostUnderWay: options.mostUnderWay ?? 8192,
    maxConnections: options.maxConnections ?? 50_000,
    converse: (end) => new Jt808Conversation(around, end),
  })
}
