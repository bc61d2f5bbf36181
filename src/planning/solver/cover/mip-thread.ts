import { workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { loadMip, solveModel, type CoverModel } from './mip.ts'

/** What a set partitioning thread answers: the chosen columns, null when there is no solution, and the seconds the thread has run so far. */
export interface MipReply {
  readonly chosen: Uint8Array | null
  readonly ranSeconds: number
}

const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array }
const mip = loadMip()
port.on('message', (model: CoverModel) => {
  void mip.then((loaded) => {
    const chosen = solveModel(loaded, model)
    const { user, system } = process.threadCpuUsage()
    port.postMessage({ chosen, ranSeconds: (user + system) / 1e6 } satisfies MipReply)
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
  })
})
