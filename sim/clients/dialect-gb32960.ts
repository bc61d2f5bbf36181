import { gb32960 } from '../../src/gateways/index.ts'
import type { FleetVehicle } from '../world/index.ts'
import { TurnedAway, type Dialect, type Letter, type Verdict } from './dialect.ts'
import { realtimePayloadOf } from './encode-reading.ts'

export interface Gb32960DialectOptions {
  readonly vehicle: FleetVehicle & { readonly vin: string; readonly gb32960: NonNullable<FleetVehicle['gb32960']> }
  readonly clock: () => number
}

const commands = { login: 1, realtime: 2, reissue: 3, logout: 4, heartbeat: 7 } as const
/** Answer flags: 1 done, 2 error, 3 VIN twice, 4 VIN unknown; above: what we sent was wrong. */
const verdictOf = (flag: number): Verdict => (flag === 1 ? 'taken' : flag === 2 ? 'again' : 'refused')
const mostLogins = 65_531

/** GB/T 32960.3 of 2016 or 2025; one reading a frame. */
export function gb32960Dialect({ vehicle, clock }: Gb32960DialectOptions): Dialect {
  const identity = { vin: vehicle.vin, version: vehicle.gb32960 }
  let loginSerial = 0
  let loggedInAt = 0
  const second = (at: number): number => Math.floor(at / 1000) * 1000
  const keyOf = (command: number, at: number | undefined): string => (at === undefined ? `${command}` : `${command} ${second(at)}`)
  const loginLetter = (): Letter => {
    loggedInAt = clock()
    // Counted up through the day; the seconds of the day do that across restarts.
    loginSerial = 1 + (Math.floor(loggedInAt / 1000) % mostLogins)
    const pack = `SIMPACK${String(vehicle.number).padStart(17, '0')}`
    const more = identity.version === '2025' ? { subsystemCount: 1, packsPerSubsystem: [1], codes: [[pack]] } : { subsystemCount: 1, codeLength: pack.length, codes: [pack] }
    const bytes = gb32960.loginFrame(identity, { time: gb32960.payloadTime(loggedInAt), loginSerial, iccid: `9999900000${String(vehicle.number).padStart(10, '0')}`, ...more })
    return { key: keyOf(commands.login, loggedInAt), bytes }
  }
  return {
    mostReadings: 1,
    window: 48,
    async greet(ask) {
      if ((await ask(loginLetter())).verdict !== 'taken') throw new TurnedAway(`login of ${identity.vin} refused`)
    },
    letterOf({ readings }, isFresh) {
      const [reading] = readings
      const payload = realtimePayloadOf(vehicle, reading!)
      const command = isFresh ? commands.realtime : commands.reissue
      return { key: keyOf(command, reading!.at), bytes: isFresh ? gb32960.realtimeFrame(identity, payload) : gb32960.reissueFrame(identity, payload) }
    },
    heartbeat: () => ({ key: keyOf(commands.heartbeat, undefined), bytes: gb32960.encodeRequest(identity, commands.heartbeat, {}) }),
    farewell: () => ({ key: keyOf(commands.logout, loggedInAt), bytes: gb32960.logoutFrame(identity, { time: gb32960.payloadTime(clock()), loginSerial }) }),
    newSplitter: () => new gb32960.FrameSplitter(),
    readAnswer(bytes) {
      const { command, flag, time } = gb32960.decodeAnswer(bytes)
      return { key: command === commands.heartbeat ? keyOf(command, undefined) : keyOf(command, time), verdict: verdictOf(flag) }
    },
  }
}
