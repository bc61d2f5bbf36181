import { msFromMinutes } from '../../base/units.ts'
import type { FactSink, VehicleEvent } from '../../events/index.ts'
import type { Conversation, Handled } from '../connection/index.ts'
import type { TerminalDirectory } from '../directory.ts'
import type { FaultCounts } from '../fault-counts.ts'
import type { Fault } from '../observed-at.ts'
import { binaryTime, ByteReader, ByteWriter, DecodeFailure, wallClockOf } from '../wire/index.ts'
import { answerTo, flags } from './answers.ts'
import { platformLogin } from './commands/index.ts'
import { FrameSplitter } from './frame-splitter.ts'
import type { SplitResult } from './frame-splitter.ts'
import { commandFlag, decodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'
import { commands, meaningOf } from './meaning.ts'

/** Name and password with which another platform logs in. */
export interface PlatformLogin {
  readonly username: string
  readonly password: string
}

export interface Gb32960Surroundings {
  readonly directory: Pick<TerminalDirectory, 'find'>
  readonly sink: FactSink
  readonly clock: () => number
  readonly faults: FaultCounts
  readonly checkPlatformLogin: (login: PlatformLogin) => Promise<boolean>
}

/** A vehicle on this connection; a platform carries many. */
interface Vehicle {
  readonly vehicleId: string
  readonly checkedAt: number
}

const recheckMs = msFromMinutes(1)
const mostVehicles = 20_000
/** Faults stored for a peer nobody knows; after these they are only counted. */
const storedFaultsOfStrangers = 20

const nothing: Handled = { durable: null, answer: null, refusal: null }

/** Commands about the connection, answered without a vehicle. */
const isAboutTheLine = (command: number): boolean => command >= commands.platformLogin && command <= commands.timeSync

/** GB/T 32960 over one connection: login, real-time, re-issued data, logout, for one vehicle or for a platform's. */
export class Gb32960Conversation implements Conversation<SplitResult> {
  readonly #around: Gb32960Surroundings
  readonly #splitter = new FrameSplitter()
  readonly #vehicles = new Map<string, Vehicle>()
  #lastVin = ''
  #strangersFaults = 0
  #isPlatform = false

  constructor(around: Gb32960Surroundings) {
    this.#around = around
  }

  get droppedBytes(): number {
    return this.#splitter.droppedBytes
  }

  get isTrusted(): boolean {
    return this.#isPlatform || this.#vehicles.size > 0
  }

  split(chunk: Uint8Array): readonly SplitResult[] {
    return this.#splitter.push(chunk)
  }

  handle(piece: SplitResult): Handled | Promise<Handled> {
    try {
      const frame = decodeFrame(piece.bytes)
      // Answers of a vehicle to our commands: we send none.
      if (frame.ack !== commandFlag) return nothing
      if (isAboutTheLine(frame.command)) return this.#takeLineCommand(frame, piece.bytes)
      this.#lastVin = frame.vin
      const known = this.#vehicles.get(frame.vin)
      // The common case stays synchronous: a vehicle we know, asked about within the last minute.
      if (known && this.#around.clock() - known.checkedAt < recheckMs && frame.command !== commands.login) return this.#take(known, frame, piece.bytes)
      return this.#meet(frame, piece.bytes)
    } catch (failure) {
      // A frame with a bad check is not answered; the vehicle repeats what is not answered.
      if (failure instanceof DecodeFailure) return this.#keepFault(this.#lastVin, piece.bytes, { code: failure.code, message: failure.message })
      throw failure
    }
  }

  tick(): null {
    return null
  }

  close(): void {
    this.#vehicles.clear()
  }

  /** Asks the directory about the VIN, then goes on as usual. */
  async #meet(frame: Frame, bytes: Uint8Array): Promise<Handled> {
    const found = await this.#around.directory.find('gb32960', frame.vin)
    const hasRoom = this.#vehicles.has(frame.vin) || this.#vehicles.size < mostVehicles
    if (!found || !hasRoom) {
      this.#vehicles.delete(frame.vin)
      const fault = found ? { code: 'too-many-terminals', message: `more than ${mostVehicles} on one connection` } : { code: 'unknown-terminal', message: `no vehicle has the VIN ${frame.vin}` }
      const { durable } = this.#keepFault(frame.vin, bytes, fault)
      const answer = answerTo(frame, flags.vinUnknown)
      return { durable, answer, refusal: () => answer }
    }
    const vehicle = { vehicleId: found.vehicleId, checkedAt: this.#around.clock() }
    this.#vehicles.set(frame.vin, vehicle)
    return this.#take(vehicle, frame, bytes)
  }

  /** A request about a vehicle: kept, then answered by its flag. */
  #take(vehicle: Vehicle, frame: Frame, bytes: Uint8Array): Handled {
    const { events, fault, flag } = meaningOf(frame, this.#around.clock())
    if (fault) this.#around.faults.count(fault.code)
    const durable = this.#record(frame.vin, bytes, { events, fault, vehicleId: vehicle.vehicleId })
    return { durable, answer: answerTo(frame, flag), refusal: () => answerTo(frame, flags.failed) }
  }

  /** Heartbeat and time have nothing to keep; a platform's login is checked. */
  #takeLineCommand(frame: Frame, bytes: Uint8Array): Handled | Promise<Handled> {
    if (frame.command === commands.platformLogin) return this.#takePlatformLogin(frame, bytes)
    if (frame.command === commands.platformLogout) this.#isPlatform = false
    const answer = frame.command === commands.timeSync ? answerTo(frame, flags.ok, timeBytesOf(this.#around.clock())) : answerTo(frame, flags.ok)
    return { durable: null, answer, refusal: null }
  }

  async #takePlatformLogin(frame: Frame, bytes: Uint8Array): Promise<Handled> {
    const login = platformLogin.read(new ByteReader(frame.data), frame.version)
    this.#isPlatform = await this.#around.checkPlatformLogin({ username: login.username, password: login.password })
    if (this.#isPlatform) return { durable: null, answer: answerTo(frame, flags.ok), refusal: null }
    // The frame holds a password: only the fact of the refusal is kept.
    const { durable } = this.#keepFault(frame.vin, bytes.subarray(0, 0), { code: 'platform-login-refused', message: `user ${login.username}` })
    const answer = answerTo(frame, flags.failed)
    return { durable, answer, refusal: () => answer }
  }

  #keepFault(vin: string, bytes: Uint8Array, fault: Fault): Handled {
    this.#around.faults.count(fault.code)
    if (!this.isTrusted && this.#strangersFaults++ >= storedFaultsOfStrangers) return nothing
    return { durable: this.#record(vin, bytes, { events: [], fault, vehicleId: this.#vehicles.get(vin)?.vehicleId ?? null }), answer: null, refusal: null }
  }

  #record(vin: string, bytes: Uint8Array, given: { readonly events: readonly VehicleEvent[]; readonly fault: Fault | null; readonly vehicleId: string | null }): Promise<void> {
    return this.#around.sink.record({ protocol: 'gb32960', terminal: vin, bytes, receivedAt: this.#around.clock(), ...given })
  }
}

function timeBytesOf(now: number): Uint8Array {
  const writer = new ByteWriter(6)
  binaryTime.write(writer, wallClockOf(now), '')
  return writer.toBytes()
}
