import { addDays, dayOf } from '../../src/base/time.ts'
import type { FleetHistory } from '../fleet/index.ts'
import type { FleetVehicle } from '../world/index.ts'
import { channelsOf, type Channel } from './channels.ts'
import { Device, type DeviceCounts } from './device.ts'
import type { Dialect } from './dialect.ts'
import { gb32960Dialect } from './dialect-gb32960.ts'
import { jt808Dialect } from './dialect-jt808.ts'
import { Feed } from './feed.ts'
import { readState, writeState, type SimulationState } from './state-file.ts'
import { Stream } from './stream.ts'

export interface FleetClientsOptions {
  readonly host: string
  readonly jt808Port: number
  readonly gb32960Port: number
  readonly history: FleetHistory
  readonly vehicles: readonly FleetVehicle[]
  /** simulated time, epoch ms */
  readonly clock: () => number
  readonly realClock: () => number
  readonly statePath: string
  /** what the state belongs to; another key begins anew */
  readonly stateKey: string
  /** days laid down before anything else, and months laid down behind them afterwards */
  readonly recentDays?: number
  readonly olderMonths?: number
}

export interface Progress {
  /** `month`: the last month is laid down; `older`: live, the months before follow; `live`: all is there */
  readonly phase: 'month' | 'older' | 'live'
  /** of the phase, 0–1 */
  readonly share: number
  readonly frames: number
  readonly readings: number
  readonly refused: number
  readonly reconnects: number
  readonly connected: number
  readonly devices: number
}

interface Member {
  readonly channel: Channel
  readonly feed: Feed
  readonly device: Device
}

/** All devices of the fleet: history first, then live, going on after a restart where they stopped. */
export class FleetClients {
  readonly #options: FleetClientsOptions
  readonly #state: SimulationState
  readonly #members: Member[]
  readonly #counts: DeviceCounts = { frames: 0, readings: 0, refused: 0, reconnects: 0 }
  #isRecentLaid = false
  #isAllLaid = false
  #savedAt = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: FleetClientsOptions) {
    this.#options = options
    this.#state = readState(options.statePath, options.stateKey) ?? this.#firstState()
    this.#members = channelsOf(options.vehicles, options.history).map((channel) => this.#memberOf(channel))
  }

  start(): void {
    this.#timer = setInterval(() => this.#tick(), 250)
    this.#tick()
  }

  get progress(): Progress {
    const today = dayOf(this.#options.clock())
    const mean = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
    const phase = this.#isAllLaid ? 'live' : this.#isRecentLaid ? 'older' : 'month'
    const share = phase === 'live' ? 1 : mean(this.#members.map(({ feed }) => (phase === 'month' ? feed.recent.shareDone(today) : (feed.older?.shareDone(today) ?? 1))))
    return { phase, share, ...this.#counts, connected: this.#members.filter(({ device }) => device.isReady).length, devices: this.#members.length }
  }

  /** Ends all connections in good order and writes down where they stand. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#members.map(({ device }) => device.stop()))
    this.#save()
  }

  #firstState(): SimulationState {
    const { clock, stateKey, recentDays = 31, olderMonths = 5 } = this.#options
    const recentFrom = addDays(dayOf(clock()), -recentDays)
    return { version: 1, key: stateKey, recentFrom, olderFrom: addDays(recentFrom, -Math.round(olderMonths * 30.44)), channels: {} }
  }

  #memberOf(channel: Channel): Member {
    const { host, jt808Port, gb32960Port, clock, realClock, history } = this.#options
    const { recentFrom, olderFrom, channels } = this.#state
    const state = (channels[channel.id] ??= { recent: { day: recentFrom, index: 0 }, older: { day: olderFrom, index: 0 } })
    const older = state.older && new Stream({ source: channel.source, from: state.older, firstDay: olderFrom, endDay: recentFrom })
    const feed = new Feed({
      recent: new Stream({ source: channel.source, from: state.recent, firstDay: recentFrom }),
      older,
      clock,
      mayLayOlder: () => this.#isRecentLaid,
      isInUse: (now) => history.isInUse(channel.vehicle, dayOf(now)),
    })
    const authCode = { read: () => state.authCode, write: (code: string | undefined) => (code === undefined ? void delete state.authCode : void (state.authCode = code)) }
    const dialect = this.#dialectOf(channel, authCode)
    const port = channel.protocol === 'jt808' ? jt808Port : gb32960Port
    return { channel, feed, device: new Device({ host, port, dialect, source: feed, realClock, counts: this.#counts }) }
  }

  #dialectOf({ protocol, vehicle }: Channel, authCode: Parameters<typeof jt808Dialect>[0]['authCode']): Dialect {
    return protocol === 'jt808'
      ? jt808Dialect({ vehicle: { ...vehicle, jt808: vehicle.jt808! }, authCode })
      : gb32960Dialect({ vehicle: { ...vehicle, vin: vehicle.vin!, gb32960: vehicle.gb32960! }, clock: this.#options.clock })
  }

  #tick(): void {
    const now = this.#options.clock()
    this.#isRecentLaid ||= this.#members.every(({ feed }) => feed.recent.isCaughtUp(now))
    this.#isAllLaid ||= this.#isRecentLaid && this.#members.every(({ feed }) => feed.older?.isFinished ?? true)
    for (const { device } of this.#members) device.pump()
    if (this.#options.realClock() - this.#savedAt > 2000) this.#save()
  }

  #save(): void {
    this.#savedAt = this.#options.realClock()
    for (const { channel, feed } of this.#members) {
      const state = this.#state.channels[channel.id]!
      state.recent = feed.recent.confirmed
      if (feed.older && !feed.older.isFinished) state.older = feed.older.confirmed
      else delete state.older
    }
    writeState(this.#options.statePath, this.#state)
  }
}
