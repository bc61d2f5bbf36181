import { jt808 } from '../../src/gateways/index.ts'
import type { FleetVehicle } from '../world/index.ts'
import { modelOf } from '../world/index.ts'
import { TurnedAway, type Answer, type Dialect, type Letter, type Verdict } from './dialect.ts'
import { mostItems, positionBodyOf } from './encode-reading.ts'

export interface Jt808DialectOptions {
  readonly vehicle: Pick<FleetVehicle, 'terminalPhone' | 'plate' | 'model' | 'number'> & { readonly jt808: NonNullable<FleetVehicle['jt808']> }
  /** the code of an earlier registration, and where a new one is kept */
  readonly authCode: { read(): string | undefined; write(code: string | undefined): void }
}

const registration = 'registration'
/** Results of 0x8001: 0 done, 1 failed, 2 malformed, 3 not supported, 4 alarm confirmed. */
const verdicts: Readonly<Record<number, Verdict>> = { 0: 'taken', 1: 'again', 2: 'refused', 3: 'refused', 4: 'taken' }

/** JT/T 808 of 2013 or 2019. */
export function jt808Dialect({ vehicle, authCode }: Jt808DialectOptions): Dialect {
  const terminal = { phone: vehicle.terminalPhone, version: vehicle.jt808 }
  const edition = vehicle.jt808 === '2019' ? '19' : '13'
  let serial = 0
  const letter = (encode: (serial: number) => Uint8Array): Letter => {
    const used = serial
    serial = (serial + 1) & 0xffff
    return { key: String(used), bytes: encode(used) }
  }
  const register = async (ask: (letter: Letter) => Promise<Answer>): Promise<string> => {
    const body = {
      province: 99, city: 9900, manufacturerId: 'QGSIM', terminalModel: `SIM-${edition}`, terminalId: `S${String(vehicle.number).padStart(6, '0')}`,
      plateColor: Number(modelOf(vehicle.model).plateColour ?? 9), plateNo: vehicle.plate,
    }
    const { bytes } = letter((used) => jt808.registerFrame(terminal, used, body))
    const answer = await ask({ key: registration, bytes })
    if (answer.verdict !== 'taken' || answer.authCode === undefined) throw new TurnedAway(`registration of ${vehicle.terminalPhone} refused`)
    return answer.authCode
  }
  const authenticate = (ask: (letter: Letter) => Promise<Answer>, code: string): Promise<Answer> =>
    ask(letter((used) => jt808.authenticateFrame(terminal, used, { authCode: code, terminalIMEI: `0009999${String(vehicle.number).padStart(8, '0')}`, softwareVersion: `sim-${edition}` })))
  return {
    mostReadings: mostItems,
    window: 10,
    async greet(ask) {
      const known = authCode.read()
      if (known !== undefined && (await authenticate(ask, known)).verdict === 'taken') return
      const given = await register(ask)
      authCode.write(given)
      if ((await authenticate(ask, given)).verdict === 'taken') return
      authCode.write(undefined)
      throw new TurnedAway(`authentication of ${vehicle.terminalPhone} refused`)
    },
    letterOf({ readings, isLate }, isFresh) {
      const items = readings.map(positionBodyOf)
      if (isFresh && items.length === 1) return letter((used) => jt808.positionFrame(terminal, used, items[0]!))
      return letter((used) => jt808.positionBatchFrame(terminal, used, { type: isLate ? 1 : 0, items }))
    },
    heartbeat: () => letter((used) => jt808.heartbeatFrame(terminal, used)),
    farewell: () => undefined,
    newSplitter: () => new jt808.FrameSplitter(),
    readAnswer(bytes) {
      const answer = jt808.decodeAnswer(bytes)
      if (answer.kind === 'registration') return { key: registration, verdict: answer.result === 0 ? 'taken' : 'refused', ...(answer.authCode !== undefined && { authCode: answer.authCode }) }
      return answer.kind === 'general' ? { key: String(answer.ackSerial), verdict: verdicts[answer.result] ?? 'refused' } : undefined
    },
  }
}
