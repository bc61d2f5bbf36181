import { createHmacAuthCodes, startGb32960Server, startJt808Server, type TerminalDirectory } from '../gateways/index.ts'
import type { Core } from './core.ts'
import { installationSecret } from './secrets.ts'

export interface Gateways {
  readonly ports: { readonly jt808: number; readonly gb32960: number }
  readonly addresses: { readonly jt808: string; readonly gb32960: string }
  stop(): Promise<void>
}

/** Opens the device ports; frames go to the fact store, terminals are looked up in the vehicle register. */
export async function startGateways({ settings, clock, log, sink, metrics, vehicles }: Core, ports: { readonly jt808: number; readonly gb32960: number }): Promise<Gateways> {
  const directory: TerminalDirectory = {
    ...createHmacAuthCodes(installationSecret(settings.dataDirectory, 'terminal-auth')),
    find: (_protocol, terminal) => vehicles.findTerminal(terminal),
  }
  const common = (protocol: 'jt808' | 'gb32960') => ({
    host: settings.host,
    directory,
    sink,
    clock,
    onError: (error: unknown) => log.error({ err: error, protocol }, 'gateway trouble'),
    onFault: (code: string) => metrics.faults.inc({ protocol, code }),
  })
  const jt808 = await startJt808Server({ ...common('jt808'), port: ports.jt808 })
  const gb32960 = await startGb32960Server({ ...common('gb32960'), port: ports.gb32960 })
  return {
    ports: { jt808: jt808.port, gb32960: gb32960.port },
    addresses: { jt808: `${settings.host}:${jt808.port}`, gb32960: `${settings.host}:${gb32960.port}` },
    async stop() {
      await Promise.all([jt808.close(), gb32960.close()])
      await sink.settled()
    },
  }
}
