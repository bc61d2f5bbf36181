import { dayOf } from '../../src/base/time.ts'
import { gb32960Dialect, jt808Dialect, type Dialect } from '../clients/index.ts'
import type { Reading } from '../fleet/index.ts'
import { randomOf } from '../random.ts'
import { fleet, type FleetVehicle } from '../world/index.ts'
import { LoadLine, type LoadCounts } from './load-line.ts'

export interface LoadOptions {
  readonly host: string
  readonly jt808Port?: number | undefined
  readonly gb32960Port?: number | undefined
  readonly terminals: number
  /** frames a second over all terminals; ignored with `burst` */
  readonly rate: number
  /** as fast as answers make room */
  readonly burst: boolean
  readonly seconds: number
  readonly seed: number
  /** positions a frame on JT/T 808: 1 sends 0x0200, more 0x0704 */
  readonly batch: number
  /** epoch ms */
  readonly clock: () => number
  /** monotonic ms */
  readonly now: () => number
}

export interface LoadReport {
  readonly terminals: number
  readonly connected: number
  readonly seconds: number
  readonly sent: number
  readonly acknowledged: number
  readonly refused: number
  readonly unanswered: number
  readonly turnedAway: number
  readonly brokenLines: number
  readonly positionsAcknowledged: number
  readonly acknowledgedPerSecond: number
  readonly positionsPerSecond: number
  readonly latencyMs: { readonly p50: number | null; readonly p95: number | null; readonly p99: number | null; readonly max: number | null }
}

const windowOf = { burst: 64, paced: 1024 } as const
const pauseMs = 5
const lastAnswersMs = 10_000

interface Speaker {
  readonly line: LoadLine
  next(): void
}

/** Real devices send made-up positions to real ports for a while; what came back, and how fast. */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const counts: LoadCounts = { sent: 0, acknowledged: 0, refused: 0, turnedAway: 0, broken: 0, positions: 0, latenciesMs: [] }
  const speakers = speakersOf(options, counts)
  const open = await Promise.all(speakers.map(({ line }) => line.open()))
  const ready = speakers.filter((_, at) => open[at])
  const startedAt = options.now()
  if (ready.length > 0) await (options.burst ? sendBurst(ready, options) : sendPaced(ready, options))
  const until = options.now() + lastAnswersMs
  const unanswered = (): number => ready.reduce((sum, { line }) => sum + line.unanswered, 0)
  while (unanswered() > 0 && ready.some(({ line }) => line.hasRoom || line.unanswered > 0) && options.now() < until) await wait(pauseMs)
  const seconds = (options.now() - startedAt) / 1000
  for (const { line } of speakers) line.close()
  return reportOf({ options, counts, connected: ready.length, seconds, unanswered: unanswered() })
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Keeps every line full for the time given. */
async function sendBurst(speakers: readonly Speaker[], { seconds, now }: LoadOptions): Promise<void> {
  const until = now() + seconds * 1000
  while (now() < until) {
    for (const speaker of speakers) while (speaker.line.hasRoom) speaker.next()
    // Answers come in between; a full line is filled again on the next turn.
    await new Promise((resolve) => setImmediate(resolve))
    if (!speakers.some(({ line }) => line.hasRoom)) await wait(1)
  }
}

/** Spreads `rate` frames a second evenly over time and terminals. */
async function sendPaced(speakers: readonly Speaker[], { seconds, rate, now }: LoadOptions): Promise<void> {
  const startedAt = now()
  let given = 0
  let turn = 0
  while (now() - startedAt < seconds * 1000) {
    const due = Math.floor(((now() - startedAt) / 1000) * rate)
    for (; given < due; given++) {
      const speaker = speakers[turn++ % speakers.length]!
      if (speaker.line.hasRoom) speaker.next()
    }
    await wait(pauseMs)
  }
}

function speakersOf(options: LoadOptions, counts: LoadCounts): Speaker[] {
  const { host, jt808Port, gb32960Port, terminals, burst } = options
  const common = { host, counts, now: options.now, window: burst ? windowOf.burst : windowOf.paced }
  // Registered already: the server knows them when it serves the demo city.
  const registered = fleet.filter((each) => each.registeredOn < dayOf(options.clock()))
  const kinds = [
    ...(jt808Port === undefined ? [] : [{ port: jt808Port, dialectOf: jt808DialectOf, list: registered.filter((each) => each.jt808) }]),
    ...(gb32960Port === undefined ? [] : [{ port: gb32960Port, dialectOf: (vehicle: FleetVehicle) => gb32960DialectOf(vehicle, options.clock), list: registered.filter((each) => each.gb32960) }]),
  ]
  return Array.from({ length: terminals }, (_, at) => {
    const { port, dialectOf, list } = kinds[at % kinds.length]!
    const number = Math.floor(at / kinds.length)
    const vehicle = number < list.length ? list[number]! : strangerOf(list[number % list.length]!, number)
    const dialect = dialectOf(vehicle)
    const line = new LoadLine({ ...common, port, dialect })
    const parcels = parcelsOf(options, dialect, at)
    const next = (): void => {
      const readings = parcels()
      line.send(dialect.letterOf({ readings, isLate: false }, dialect.mostReadings === 1 || options.batch === 1), readings.length)
    }
    return { line, next }
  })
}

const jt808DialectOf = (vehicle: FleetVehicle): Dialect => jt808Dialect({ vehicle: { ...vehicle, jt808: vehicle.jt808! }, authCode: { read: () => undefined, write: () => undefined } })
const gb32960DialectOf = (vehicle: FleetVehicle, clock: () => number): Dialect => gb32960Dialect({ vehicle: { ...vehicle, vin: vehicle.vin!, gb32960: vehicle.gb32960! }, clock })

/** Terminals beyond the demo fleet have numbers of their own; a server that does not know them turns them away. */
const strangerOf = (like: FleetVehicle, number: number): FleetVehicle => ({ ...like, number: 10_000 + number, terminalPhone: `1009980${String(number).padStart(4, '0')}`, vin: `0DMLOAD00${String(number).padStart(8, '0')}` })

/** Positions of a walk round a point in the demo city, one for each second before now, newest first: no two alike. */
function parcelsOf({ seed, batch, clock }: LoadOptions, dialect: Dialect, terminal: number): () => Reading[] {
  const random = randomOf(seed, 'load', terminal)
  const count = Math.min(batch, dialect.mostReadings)
  let at = Math.floor(clock() / 1000) * 1000
  let [lon, lat] = [120.8 + random.between(-0.05, 0.05), 34.65 + random.between(-0.04, 0.04)]
  const next = (): Reading => {
    at -= 1000
    lon += random.between(-0.0001, 0.0001)
    lat += random.between(-0.0001, 0.0001)
    return { at, sendAt: at, lon, lat, speedKmh: random.between(10, 50), directionDegrees: random.integer(0, 359), odometerMetres: 1e7 + (at % 1e9) / 100, ignitionOn: true, fixValid: true, load: 1, alarm: 0, socPercent: 60, charging: 3 }
  }
  return () => Array.from({ length: count }, next)
}

function reportOf({ options, counts, connected, seconds, unanswered }: { options: LoadOptions; counts: LoadCounts; connected: number; seconds: number; unanswered: number }): LoadReport {
  const sorted = Float64Array.from(counts.latenciesMs).sort()
  const at = (share: number): number | null => (sorted.length === 0 ? null : Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]! * 100) / 100)
  const round = (value: number): number => Math.round(value * 10) / 10
  return {
    terminals: options.terminals, connected, seconds: round(seconds), sent: counts.sent, acknowledged: counts.acknowledged, refused: counts.refused, unanswered,
    turnedAway: counts.turnedAway, brokenLines: counts.broken, positionsAcknowledged: counts.positions,
    acknowledgedPerSecond: round(counts.acknowledged / seconds), positionsPerSecond: round(counts.positions / seconds),
    latencyMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
  }
}
