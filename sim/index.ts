import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../src/runtime/clock.ts'
import type { Progress } from './clients/index.ts'
import type { SimulationOrder } from './main.ts'
import { citySeed } from './world/index.ts'

export type { Progress } from './clients/index.ts'

export interface SimulationOptions {
  readonly host: string
  readonly jt808Port: number
  readonly gb32960Port: number
  /** default: the seed the demo city was made from */
  readonly seed?: number
  readonly clock?: () => number
  /** simulated seconds a real second; above 1 the city begins a day behind and catches up */
  readonly speed?: number
  /** where `simulation.json` is kept */
  readonly dataDirectory: string
  /** what the data directory's state belongs to, e.g. the database; another key lays the history down anew */
  readonly stateKey?: string
  /** days before everything else (31), and months behind them in the background (5) */
  readonly recentDays?: number
  readonly olderMonths?: number
  readonly onProgress?: (progress: Progress) => void
  /** the child ended; with anything but 0 it is started again */
  readonly onEnd?: (exitCode: number | null) => void
}

const stopMs = 8000
const restartMs = 2000
/** What lives is about 50 MB; without a limit the collector waits until it is 400. */
const execArgv = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=192']

/** Starts the demo city's vehicles in a process of their own and keeps it running; `stop` ends it after the last answers. */
export function startSimulation(options: SimulationOptions): { readonly pid: number | undefined; stop(): Promise<void> } {
  let isStopping = false
  let again: NodeJS.Timeout | undefined
  let child: ChildProcess
  const launch = (): void => {
    child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), [], { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.send(orderOf(options))
    child.on('message', (progress) => options.onProgress?.(progress as Progress))
    child.once('exit', (code) => {
      options.onEnd?.(code)
      // It goes on where its last acknowledged frames were.
      if (!isStopping && code !== 0) again = setTimeout(launch, restartMs)
    })
  }
  launch()
  return {
    get pid() {
      return child.pid
    },
    async stop() {
      isStopping = true
      clearTimeout(again)
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.connected) child.send('stop')
      const tooLong = setTimeout(() => child.kill('SIGKILL'), stopMs)
      await ended
      clearTimeout(tooLong)
    },
  }
}

const orderOf = (options: SimulationOptions): SimulationOrder => ({
  host: options.host,
  jt808Port: options.jt808Port,
  gb32960Port: options.gb32960Port,
  seed: options.seed ?? citySeed,
  speed: options.speed ?? 1,
  clockOffsetMs: options.clock ? options.clock() - systemClock() : 0,
  statePath: join(options.dataDirectory, 'simulation.json'),
  stateKey: `${options.stateKey ?? ''} ${options.seed ?? citySeed}`,
  recentDays: options.recentDays ?? 31,
  olderMonths: options.olderMonths ?? 5,
})
