import type { Codec } from '../../wire/index.ts'
import { realtime } from './realtime.ts'
import { activation, activationAnswer, keyExchange, logout, nothing, platformLogin } from './sessions.ts'
import { vehicleLogin } from './vehicle-login.ts'

export type { RealtimePayload } from './realtime.ts'
export type { VehicleLoginPayload } from './vehicle-login.ts'
export { logout, platformLogin, realtime, vehicleLogin }

/** One command: its name and the data of its request. */
export interface Command {
  readonly name: string
  readonly data: Codec<unknown>
}

const command = (name: string, data: Codec<unknown>): Command => ({ name, data })

/** GB/T 32960.3 table 3. */
const commands: Readonly<Record<number, Command>> = {
  0x01: command('vehicleLogin', vehicleLogin),
  0x02: command('realtime', realtime),
  0x03: command('reissue', realtime),
  0x04: command('vehicleLogout', logout),
  0x05: command('platformLogin', platformLogin),
  0x06: command('platformLogout', logout),
  0x07: command('heartbeat', nothing),
  0x08: command('timeSync', nothing),
  0x09: command('activation', activation),
  0x0a: command('activationAnswer', activationAnswer),
  0x0b: command('keyExchange', keyExchange),
}

export const findCommand = (code: number): Command | undefined => commands[code]
