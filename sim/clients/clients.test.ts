import { mkdtempSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startOfDay } from '../../src/base/time.ts'
import type { FrameEvents, PositionEvent } from '../../src/events/index.ts'
import { createHmacAuthCodes, gb32960, jt808, startGb32960Server, startJt808Server } from '../../src/gateways/index.ts'
import { FleetHistory, openRoads, type Reading } from '../fleet/index.ts'
import { citySeed, fleet } from '../world/index.ts'
import { channelsOf } from './channels.ts'
import { mostItems, positionBodyOf } from './encode-reading.ts'
import { FleetClients, type FleetClientsOptions } from './fleet-clients.ts'

/** Evening of a working day; the tests' clock stands still unless moved. */
const evening = startOfDay('2026-10-14') + 20 * 3_600_000
let history: FleetHistory
beforeAll(() => void (history = new FleetHistory(citySeed, openRoads())))

const vehicles = [fleet.find((each) => each.model === 'bev-light' && each.jt808 === '2019' && each.shift === 'day')!, fleet.find((each) => each.jt808 === undefined)!, fleet.find((each) => each.model === 'tricycle')!, fleet.find((each) => each.retiredOn === '2026-08-31')!]

/** The real gateways with a store in memory that can be told to fail. */
async function gateways(): Promise<{ frames: FrameEvents[]; jt808Port: number; gb32960Port: number; fail(times: number): void; close(): Promise<void> }> {
  const frames: FrameEvents[] = []
  let failing = 0
  const common = {
    host: '127.0.0.1', port: 0, clock: () => evening,
    directory: {
      ...createHmacAuthCodes(Buffer.alloc(32, 7)),
      find: async (_protocol: string, terminal: string) => {
        const vehicle = vehicles.find((each) => [each.terminalPhone, each.vin].includes(terminal.replace(/^0+(?=1)/, '')) || each.vin === terminal)
        return vehicle ? { vehicleId: vehicle.plate, plate: vehicle.plate } : null
      },
    },
    sink: {
      record: async (frame: FrameEvents) => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (failing > 0 && frame.events.some((event) => event.kind === 'position')) {
          failing--
          throw new Error('disk full')
        }
        frames.push({ ...frame, bytes: Uint8Array.from(frame.bytes) })
      },
    },
    onError: () => undefined,
  }
  const [a, b] = [await startJt808Server(common), await startGb32960Server(common)]
  return { frames, jt808Port: a.port, gb32960Port: b.port, fail: (times) => void (failing = times), close: async () => void (await Promise.all([a.close(), b.close()])) }
}

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function clients(ports: { jt808Port: number; gb32960Port: number }, more: Partial<FleetClientsOptions> = {}): FleetClients {
  const made = new FleetClients({
    host: '127.0.0.1', ...ports, history, vehicles, clock: () => evening, realClock: () => performance.timeOrigin + performance.now(),
    statePath: join(mkdtempSync(join(tmpdir(), 'sim-')), 'simulation.json'), stateKey: 'test', recentDays: 3, olderMonths: 0.2, ...more,
  })
  closers.push(() => made.stop())
  return made
}

async function until(isSo: () => boolean, ms = 60_000): Promise<void> {
  const end = performance.now() + ms
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What each channel should have delivered by `now`: the readings of all its days that could be sent. */
function wanted(from: string, now: number, isWanted: (reading: Reading) => boolean = () => true): string[] {
  return channelsOf(vehicles, history).flatMap((channel) => {
    const days = Array.from({ length: 14 }, (_, at) => new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10))
    return days.flatMap((day) => channel.source.readingsOf(day)).filter((reading) => reading.sendAt <= now && isWanted(reading)).map((reading) => `${channel.protocol} ${channel.vehicle.plate} ${reading.at}`)
  }).sort()
}
const positionsOf = (frames: readonly FrameEvents[]): string[] =>
  frames.flatMap((frame) => frame.events.filter((event): event is PositionEvent => event.kind === 'position').map((event) => `${frame.protocol} ${frame.vehicleId} ${event.observedAt}`)).sort()

describe('against the real gateways', () => {
  test('lays down history without holes or repetition, then goes live; what was read in a dead spot comes late', async () => {
    const server = await gateways()
    closers.push(server.close)
    let now = evening
    const fleetClients = clients(server, { clock: () => now })
    fleetClients.start()
    await until(() => fleetClients.progress.phase === 'live')
    expect(positionsOf(server.frames)).toEqual(wanted('2026-10-05', now))
    expect(server.frames.filter((frame) => frame.fault)).toEqual([])
    expect(fleetClients.progress).toMatchObject({ refused: 0, share: 1 })

    const laid = server.frames.length
    now += 20 * 60_000
    const all = wanted('2026-10-05', now)
    await until(() => server.frames.length > laid && positionsOf(server.frames).length === all.length)
    expect(positionsOf(server.frames)).toEqual(all)
    const late = positionsOf(server.frames.filter((frame) => frame.protocol === 'jt808' && frame.events.some((event) => event.kind === 'position' && event.backfilled)))
    expect(late).toEqual(wanted('2026-10-05', now, (reading) => reading.sendAt > reading.at).filter((each) => each.startsWith('jt808')))
    expect(late.length).toBeGreaterThan(0)
  })

  test('a full batch fits one frame, and what was encoded reads back as it was', async () => {
    const readings = history.track(vehicles[0]!, '2026-10-14').slice(100, 100 + mostItems)
    const bytes = jt808.positionBatchFrame({ phone: vehicles[0]!.terminalPhone, version: '2019' }, 1, { type: 0, items: readings.map(positionBodyOf) })
    const frame = jt808.decodeFrame(bytes)
    expect(frame.body.length).toBeLessThanOrEqual(1023)
    expect(frame.body.length + 44).toBeGreaterThan(1023)
    const items = (jt808.readBody(frame).body as { items: readonly { time: string; latitude: number; extras: Record<string, unknown> }[] }).items
    expect(items).toHaveLength(mostItems)
    readings.forEach((reading, at) => {
      expect(items[at]!.latitude).toBe(Math.round(reading.lat * 1e6))
      expect(items[at]!.extras['01']).toBe(Math.round(reading.odometerMetres / 100))
    })
  })

  test('a failing store makes the device go back and send again: nothing is lost', async () => {
    const server = await gateways()
    closers.push(server.close)
    server.fail(3)
    const fleetClients = clients(server, { olderMonths: 0, recentDays: 2 })
    fleetClients.start()
    await until(() => fleetClients.progress.phase === 'live')
    expect(fleetClients.progress.reconnects).toBeGreaterThan(0)
    expect([...new Set(positionsOf(server.frames))]).toEqual(wanted('2026-10-12', evening))
  })

  test('after a restart it goes on where it stopped, with the code it was given', async () => {
    const server = await gateways()
    closers.push(server.close)
    const statePath = join(mkdtempSync(join(tmpdir(), 'sim-')), 'simulation.json')
    const first = clients(server, { statePath })
    first.start()
    await until(() => first.progress.readings > 400)
    await first.stop()
    const registrations = (): number => server.frames.flatMap((frame) => frame.events).filter((event) => event.kind === 'terminal-session' && event.change === 'registered').length
    const [registered, laid] = [registrations(), server.frames.length]
    const second = clients(server, { statePath })
    second.start()
    await until(() => second.progress.phase === 'live')
    expect(server.frames.length).toBeGreaterThan(laid)
    expect(positionsOf(server.frames)).toEqual(wanted('2026-10-05', evening))
    // A vehicle that was out of service in the recent days registers only when its older history is due.
    expect(registrations() - registered).toBeLessThan(vehicles.length - 1)
    const other = clients(server, { statePath, stateKey: 'another database' })
    expect(other.progress.share).toBe(0)
  })

  test('GB/T 32960 vehicles log in and out', async () => {
    const server = await gateways()
    closers.push(server.close)
    const fleetClients = clients(server, { olderMonths: 0, recentDays: 1 })
    fleetClients.start()
    await until(() => fleetClients.progress.phase === 'live')
    await fleetClients.stop()
    await until(() => server.frames.some((frame) => frame.events.some((event) => event.kind === 'terminal-session' && event.change === 'logged-out')))
    expect(server.frames.some((frame) => frame.events.some((event) => event.kind === 'vehicle-state' && event.socPercent !== null && event.socPercent > 10))).toBe(true)
  })
})

/** A platform of our own making for what the real one does not do: cut lines, refuse, keep silent. */
function oddPlatform(answer: (frame: ReturnType<typeof jt808.decodeFrame>, socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    const splitter = new jt808.FrameSplitter()
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      for (const piece of splitter.push(chunk)) if (piece.kind === 'frame') answer(jt808.decodeFrame(Uint8Array.from(piece.bytes)), socket)
    })
  })
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const reply = ({ header }: ReturnType<typeof jt808.decodeFrame>, result: number): Uint8Array =>
  header.msgId === 0x0100
    ? jt808.encodeFrame({ msgId: 0x8100, version: header.version, encryption: 0, phone: header.phone, serial: 0 }, Uint8Array.from([header.serial >>> 8, header.serial & 255, result, ...(result === 0 ? Buffer.from('code') : [])]))
    : jt808.encodeFrame({ msgId: 0x8001, version: header.version, encryption: 0, phone: header.phone, serial: 0 }, Uint8Array.from([header.serial >>> 8, header.serial & 255, header.msgId >>> 8, header.msgId & 255, result]))

describe('against an odd platform', () => {
  const only808 = [vehicles[2]!]
  const portOf = (server: Server): { jt808Port: number; gb32960Port: number } => ({ jt808Port: (server.address() as { port: number }).port, gb32960Port: 1 })

  test('frames it calls malformed are counted and not sent for ever', async () => {
    let batches = 0
    const server = await oddPlatform((frame, socket) => void socket.write(reply(frame, frame.header.msgId === 0x0704 && batches++ === 2 ? 2 : 0)))
    const fleetClients = clients(portOf(server), { vehicles: only808, olderMonths: 0, recentDays: 1 })
    fleetClients.start()
    await until(() => fleetClients.progress.phase === 'live')
    expect(fleetClients.progress).toMatchObject({ refused: 1, reconnects: 0 })
  })

  test('a line cut in the middle is opened again and the unanswered are sent again', async () => {
    const seen = new Map<string, number>()
    let answered = 0
    const server = await oddPlatform((frame, socket) => {
      if (frame.header.msgId === 0x0704) {
        const key = Buffer.from(frame.body.subarray(0, 60)).toString('hex')
        seen.set(key, (seen.get(key) ?? 0) + 1)
        if (++answered === 5) return void socket.destroy()
      }
      socket.write(reply(frame, 0))
    })
    const fleetClients = clients(portOf(server), { vehicles: only808, olderMonths: 0, recentDays: 1 })
    fleetClients.start()
    await until(() => fleetClients.progress.phase === 'live')
    expect(fleetClients.progress.reconnects).toBeGreaterThanOrEqual(1)
    expect(Math.max(...seen.values())).toBeGreaterThan(1)
    const readings = ['2026-10-13', '2026-10-14'].flatMap((day): readonly Reading[] => history.track(only808[0]!, day)).filter((reading) => reading.sendAt <= evening)
    expect(fleetClients.progress.readings).toBe(readings.length)
  })

  test('a peer that answers nonsense breaks its line and nothing else', async () => {
    let lines = 0
    const server = await oddPlatform((_frame, socket) => {
      lines++
      socket.write(Uint8Array.from([0x7e, 1, 2, 3, 4, 5, 0x7e]))
    })
    const fleetClients = clients(portOf(server), { vehicles: only808, olderMonths: 0, recentDays: 1 })
    fleetClients.start()
    await until(() => lines > 1)
    expect(fleetClients.progress).toMatchObject({ readings: 0, connected: 0 })
  })

  test('a refused registration is not hammered', async () => {
    let asked = 0
    const server = await oddPlatform((frame, socket) => {
      asked++
      socket.write(reply(frame, 2))
    })
    const fleetClients = clients(portOf(server), { vehicles: only808, olderMonths: 0, recentDays: 1 })
    fleetClients.start()
    await until(() => fleetClients.progress.refused === 1)
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(asked).toBe(1)
  })
})

test('the same seed gives the same bytes', () => {
  const frames = (seed: number): string => {
    const other = new FleetHistory(seed, openRoads())
    const body = other.track(vehicles[0]!, '2026-10-14').slice(0, mostItems).map(positionBodyOf)
    return Buffer.from(jt808.positionBatchFrame({ phone: '1', version: '2011/2013' }, 0, { type: 0, items: body })).toString('hex')
  }
  expect(frames(citySeed)).toBe(frames(citySeed))
  expect(frames(citySeed)).not.toBe(frames(citySeed + 1))
  expect(gb32960.payloadTime(evening)).toBe('2026-10-14T20:00:00+08:00')
})
