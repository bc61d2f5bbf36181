import { systemClock } from '../src/runtime/clock.ts'
import { FleetClients } from './clients/index.ts'
import { FleetHistory, openRoads } from './fleet/index.ts'
import { simClock } from './sim-clock.ts'
import { fleet } from './world/index.ts'

/** What the parent tells the child once. */
export interface SimulationOrder {
  readonly host: string
  readonly jt808Port: number
  readonly gb32960Port: number
  readonly seed: number
  readonly speed: number
  /** ms to add to this machine's clock to get the parent's */
  readonly clockOffsetMs: number
  readonly statePath: string
  readonly stateKey: string
  readonly recentDays: number
  readonly olderMonths: number
}

/** The child process: obeys one order, reports progress, ends with its parent. */
function run(order: SimulationOrder): void {
  const realClock = (): number => systemClock() + order.clockOffsetMs
  const clients = new FleetClients({
    ...order,
    history: new FleetHistory(order.seed, openRoads()),
    vehicles: fleet,
    clock: simClock({ realClock, speed: order.speed, startedAt: realClock() }),
    realClock,
  })
  clients.start()
  const report = setInterval(() => process.send?.(clients.progress), 500)
  let isStopping = false
  const stop = async (): Promise<void> => {
    if (isStopping) return
    isStopping = true
    clearInterval(report)
    await clients.stop()
    process.exit(0)
  }
  process.on('message', (message) => void (message === 'stop' && stop()))
  // The parent is gone, however it went: nobody is left to simulate for.
  process.on('disconnect', () => void stop())
  // A signal from the terminal reaches the whole group; the parent decides when to stop.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => void stop())
}

if (process.send) process.once('message', (order) => run(order as SimulationOrder))
