import type { Log } from '../runtime/log.ts'

/** Repeats `work` with a pause between the end of one run and the start of the next; trouble is logged, never fatal. Returns how to stop. */
export function repeat({ log, everyMs, what, work }: { log: Pick<Log, 'error'>; everyMs: number; what: string; work: () => Promise<unknown> }): () => Promise<void> {
  let stopping = false
  let wake = (): void => undefined
  const loop = async (): Promise<void> => {
    while (!stopping) {
      await work().catch((error: unknown) => log.error({ err: error }, `${what} failed; trying again later`))
      if (stopping) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  const done = loop()
  return async () => {
    stopping = true
    wake()
    await done
  }
}
