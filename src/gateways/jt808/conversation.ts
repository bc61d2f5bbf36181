import { msFromMinutes } from '../../base/units.ts'
import type { FactSink, FrameEvents, VehicleEvent } from '../../events/index.ts'
import type { Conversation, Handled } from '../connection/index.ts'
import { canonicalPhone } from '../directory.ts'
import type { TerminalDirectory } from '../directory.ts'
import type { FaultCounts } from '../fault-counts.ts'
import type { Fault } from '../observed-at.ts'
import { DecodeFailure } from '../wire/index.ts'
import { askForParts, generalAnswer, registerResults, registrationAnswer, results } from './answers.ts'
import type { Result } from './answers.ts'
import { idText, readBody } from './describe-frame.ts'
import { FrameSplitter } from './frame-splitter.ts'
import type { SplitResult } from './frame-splitter.ts'
import { decodeFrame } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Header } from './header.ts'
import type { RegisterBody } from './messages/0100-register.ts'
import type { AuthenticateBody } from './messages/0102-authenticate.ts'
import { isSupported, keptAsBytes, meaningOf } from './meaning.ts'
import type { Meaning } from './meaning.ts'
import { Reassembler } from './reassembler.ts'
import type { ReassemblyLimits } from './reassembler.ts'

/** When a part of a sub-packaged message is acknowledged: with its whole, or by itself once its bytes are durable. */
export type PartAcknowledgement = 'whole' | 'each'

export interface Jt808Surroundings {
  readonly directory: TerminalDirectory
  readonly sink: FactSink
  readonly clock: () => number
  readonly faults: FaultCounts
  readonly acknowledgeParts: PartAcknowledgement
  readonly reassembly: ReassemblyLimits
  /** The connections by the phone that authenticated on them; a new one takes the phone over. */
  readonly owners: Map<string, { release(phone: string): void }>
}

/** A terminal that speaks on this connection. Several may share one, each with its own authentication. */
interface Session {
  readonly phone: string
  readonly nextSerial: () => number
  vehicleId: string
  plate: string
  checkedAt: number
  authenticated: boolean
}

/** The frame being handled: its bytes as they came (all parts of a whole), and the serials to acknowledge. */
interface Incoming {
  readonly frame: Frame
  readonly bytes: Uint8Array
  readonly acknowledge: readonly Header[]
}

const recheckMs = msFromMinutes(1)
const mostSessions = 4096
/** Faults stored for a peer nobody knows; after these they are only counted, so that a stranger cannot fill the disk. */
const storedFaultsOfStrangers = 20

const nothing: Handled = { durable: null, answer: null, refusal: null }

/** Ids that change what we know of a terminal. */
const registerId = 0x0100
const authenticateId = 0x0102
const logoutId = 0x0003

/** JT/T 808 over one connection: register, authenticate, positions, batches, sub-packages, answers. */
export class Jt808Conversation implements Conversation<SplitResult> {
  readonly #around: Jt808Surroundings
  readonly #end: () => void
  readonly #splitter = new FrameSplitter()
  readonly #parts: Reassembler
  readonly #sessions = new Map<string, Session>()
  #lastPhone = ''
  #strangersFaults = 0
  #strangersSerial = 0

  constructor(around: Jt808Surroundings, end: () => void) {
    this.#around = around
    this.#end = end
    this.#parts = new Reassembler(around.reassembly)
  }

  get droppedBytes(): number {
    return this.#splitter.droppedBytes
  }

  get isTrusted(): boolean {
    return this.#sessions.size > 0
  }

  split(chunk: Uint8Array): readonly SplitResult[] {
    return this.#splitter.push(chunk)
  }

  handle(piece: SplitResult): Handled | Promise<Handled> {
    if (piece.kind === 'too-long') return this.#keepFault(piece.bytes, { code: 'frame-too-long', message: 'no closing 7e within the longest legal frame' })
    try {
      const frame = decodeFrame(piece.bytes)
      this.#lastPhone = frame.header.phone
      const session = this.#sessions.get(frame.header.phone)
      const isFresh = session !== undefined && this.#around.clock() - session.checkedAt < recheckMs
      // The common case stays synchronous: a device we know, asked about within the last minute.
      if (isFresh && frame.header.msgId !== registerId && frame.header.msgId !== authenticateId) return this.#take(session, frame, piece.bytes)
      return this.#meet(frame, piece.bytes)
    } catch (failure) {
      if (failure instanceof DecodeFailure) return this.#keepFault(piece.bytes, { code: failure.code, message: failure.message })
      throw failure
    }
  }

  tick(now: number): Uint8Array | null {
    const { ask, givenUp } = this.#parts.check(now)
    for (const { header, parts, missing } of givenUp) {
      const fault = { code: 'parts-missing', message: `${missing.length} of ${header.packageTotal} parts of ${idText(header.msgId)} never came` }
      this.#around.faults.count(fault.code)
      void this.#record(header.phone, joinBytes(parts.map((part) => part.bytes)), [], fault).catch(() => undefined)
    }
    const requests = ask.map(({ header, firstSerial, missing }) => askForParts(header, this.#serialsOf(header.phone), firstSerial, missing))
    return requests.length > 0 ? joinBytes(requests) : null
  }

  close(): void {
    for (const phone of this.#sessions.keys()) if (this.#around.owners.get(canonicalPhone(phone)) === this) this.#around.owners.delete(canonicalPhone(phone))
    this.#sessions.clear()
  }

  /** Another connection has authenticated as `phone`: it is not ours any more. */
  release(phone: string): void {
    for (const known of this.#sessions.keys()) if (canonicalPhone(known) === phone) this.#sessions.delete(known)
    if (this.#sessions.size === 0) this.#end()
  }

  /** Asks the directory about the phone, then goes on as usual. */
  async #meet(frame: Frame, bytes: Uint8Array): Promise<Handled> {
    const { phone } = frame.header
    const { directory, clock } = this.#around
    const vehicle = (await directory.find('jt808', phone)) ?? (await directory.find('jt808', canonicalPhone(phone)))
    const known = this.#sessions.get(phone)
    if (!vehicle || (!known && this.#sessions.size >= mostSessions)) {
      this.#sessions.delete(phone)
      return this.#refuse(frame, bytes, vehicle ? { code: 'too-many-terminals', message: `more than ${mostSessions} on one connection` } : { code: 'unknown-terminal', message: `no vehicle has the terminal ${phone}` })
    }
    const session = known ?? { phone, nextSerial: serialCounter(), authenticated: false, vehicleId: '', plate: '', checkedAt: 0 }
    Object.assign(session, { ...vehicle, checkedAt: clock() })
    this.#sessions.set(phone, session)
    return this.#take(session, frame, bytes)
  }

  #take(session: Session, frame: Frame, bytes: Uint8Array): Handled | Promise<Handled> {
    if (frame.header.msgId === registerId) return this.#register(session, frame, bytes)
    if (frame.header.msgId === authenticateId) return this.#authenticate(session, frame, bytes)
    if (!session.authenticated) return this.#refuse(frame, bytes, { code: 'not-authenticated', message: `${idText(frame.header.msgId)} before authentication` })
    if (frame.header.packageTotal !== undefined) return this.#takePart(session, frame, bytes)
    return this.#finish(session, { frame, bytes, acknowledge: [frame.header] }, this.#interpret(session, frame))
  }

  async #register(session: Session, frame: Frame, bytes: Uint8Array): Promise<Handled> {
    const { body, bodyProblem } = readBody(frame)
    const fault = bodyProblem ?? null
    const authCode = await this.#around.directory.issueAuthCode(session.phone)
    const { plateNo, terminalModel } = (body ?? {}) as Partial<RegisterBody>
    const events = fault ? [] : [this.#sessionEvent('registered', `${plateNo ?? ''} ${terminalModel ?? ''}`.trim())]
    const answer = registrationAnswer(frame.header, session.nextSerial, fault ? { result: registerResults.vehicleUnknown } : { result: registerResults.ok, authCode })
    // There is no registration result for "try again": without an answer the terminal does just that.
    return { durable: this.#record(session.phone, bytes, events, fault, session.vehicleId), answer, refusal: null }
  }

  async #authenticate(session: Session, frame: Frame, bytes: Uint8Array): Promise<Handled> {
    const { body, bodyProblem } = readBody(frame)
    const code = (body as AuthenticateBody | undefined)?.authCode ?? ''
    const isRight = !bodyProblem && (await this.#around.directory.checkAuthCode(session.phone, code))
    if (!isRight) return this.#refuse(frame, bytes, bodyProblem ?? { code: 'auth-code-wrong', message: 'the authentication code is not the one we gave' })
    const phone = canonicalPhone(session.phone)
    const owner = this.#around.owners.get(phone)
    if (owner !== this) owner?.release(phone)
    this.#around.owners.set(phone, this)
    session.authenticated = true
    const events = [this.#sessionEvent('authenticated', (body as AuthenticateBody).softwareVersion ?? '')]
    return this.#finish(session, { frame, bytes, acknowledge: [frame.header] }, { ...keptAsBytes, events })
  }

  /** A part waits for the others. In the mode `each` its bytes are kept and acknowledged by themselves. */
  #takePart(session: Session, frame: Frame, bytes: Uint8Array): Handled {
    const { header, body } = frame
    const now = this.#around.clock()
    if (!isSupported(header.msgId)) return this.#finish(session, { frame, bytes, acknowledge: [header] }, this.#interpret(session, frame))
    const verdict = this.#parts.add({ header, body, bytes }, now)
    if (verdict.kind === 'refused') return this.#refuse(frame, bytes, { code: 'part-refused', message: verdict.reason })
    const one = { frame, bytes, acknowledge: [header] }
    if (verdict.kind === 'repeated') return this.#answerAfter(verdict.durable, session, one.acknowledge)
    const isEach = this.#around.acknowledgeParts === 'each'
    if (verdict.kind === 'kept') return isEach ? this.#finish(session, one, keptAsBytes) : nothing
    const { packageTotal: _total, packageNo: _number, ...wholeHeader } = header
    const whole: Frame = { header: wholeHeader, body: joinBytes(verdict.parts.map((part) => part.body)) }
    const all = { frame: whole, bytes: joinBytes(verdict.parts.map((part) => part.bytes)), acknowledge: isEach ? [header] : verdict.parts.map((part) => part.header) }
    const handled = this.#finish(session, all, this.#interpret(session, whole))
    if (handled.durable) {
      this.#parts.settle(header, now, handled.durable)
      handled.durable.catch(() => this.#parts.unsettle(header))
    }
    return handled
  }

  #interpret(session: Session, frame: Frame): Meaning {
    const meaning = meaningOf(frame, this.#around.clock())
    if (frame.header.msgId === logoutId) session.authenticated = false
    return meaning
  }

  /** Hands the facts over and says what is sent back when they are durable. */
  #finish(session: Session, { bytes, acknowledge }: Incoming, { events, fault, result, isAnswered, isKept }: Meaning): Handled {
    if (fault) this.#around.faults.count(fault.code)
    const answers = (given: Result) => (isAnswered ? joinBytes(acknowledge.map((header) => generalAnswer(header, session.nextSerial, given))) : null)
    if (!isKept) return { durable: null, answer: answers(result), refusal: null }
    const durable = this.#record(session.phone, bytes, events, fault, session.vehicleId)
    return { durable, answer: answers(result), refusal: () => answers(results.failed) }
  }

  #answerAfter(durable: Promise<void>, session: Session, headers: readonly Header[]): Handled {
    const answers = (result: Result) => joinBytes(headers.map((header) => generalAnswer(header, session.nextSerial, result)))
    return { durable, answer: answers(results.ok), refusal: () => answers(results.failed) }
  }

  /** A frame we can read and do not accept: kept as a fault, answered with a refusal. */
  #refuse(frame: Frame, bytes: Uint8Array, fault: Fault): Handled {
    const { header } = frame
    const serials = this.#serialsOf(header.phone)
    const isRegistration = header.msgId === registerId
    const answer = isRegistration ? registrationAnswer(header, serials, { result: registerResults.terminalUnknown }) : generalAnswer(header, serials, results.failed)
    const { durable } = this.#keepFault(bytes, fault)
    return { durable, answer, refusal: () => answer }
  }

  /** A frame we cannot read is not answered: nothing in it can be trusted, not even its serial. */
  #keepFault(bytes: Uint8Array, fault: Fault): Handled {
    this.#around.faults.count(fault.code)
    const session = this.#sessions.get(this.#lastPhone)
    if (!session?.authenticated && this.#strangersFaults++ >= storedFaultsOfStrangers) return nothing
    return { durable: this.#record(this.#lastPhone, bytes, [], fault, session?.vehicleId ?? null), answer: null, refusal: null }
  }

  #record(terminal: string, bytes: Uint8Array, events: readonly VehicleEvent[], fault: Fault | null, vehicleId?: string | null): Promise<void> {
    const frame: FrameEvents = {
      protocol: 'jt808', terminal, bytes, receivedAt: this.#around.clock(), vehicleId: vehicleId ?? this.#sessions.get(terminal)?.vehicleId ?? null, events, fault,
    }
    return this.#around.sink.record(frame)
  }

  #sessionEvent(change: 'registered' | 'authenticated', detail: string): VehicleEvent {
    return { kind: 'terminal-session', observedAt: this.#around.clock(), change, detail }
  }

  #serialsOf(phone: string): () => number {
    return this.#sessions.get(phone)?.nextSerial ?? (() => this.#strangersSerial++ & 0xffff)
  }
}

const serialCounter = (): (() => number) => {
  let serial = 0
  return () => serial++ & 0xffff
}

const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => (parts.length === 1 ? parts[0]! : Buffer.concat(parts))
