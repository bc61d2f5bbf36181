import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRunningPostgres } from '../src/runtime/embedded-postgres.ts'
import { jt808, wallClockOf } from '../src/gateways/index.ts'
import { openDatabase, rows, sql } from '../src/runtime/database.ts'
import { wait } from '../src/runtime/clock.ts'
import { readSettings } from '../src/runtime/settings.ts'
import { Peer } from './gateway-peer.ts'
import { startPlatformProcess, type RunningPlatform } from './running-platform.ts'

const rounds = 10
const phone = '010099900039'
const terminal: jt808.TerminalIdentity = { phone, version: '2011/2013' }
const startedAt = Math.floor(Date.now() / 1000) * 1000 - 3_600_000

const positionAt = (observedAt: number): jt808.PositionBody => ({ alarm: 0, status: 3, latitude: 34_400_000, longitude: 121_000_000, altitude: 5, speed: 300, direction: 90, time: wallClockOf(observedAt) })

/** Sends positions of ever later seconds without waiting, until the connection breaks; collects the seconds that were acknowledged. */
async function sendUntilBroken(port: number, next: () => number, acknowledged: Set<number>): Promise<void> {
  const peer = await Peer.connect(port, new jt808.FrameSplitter())
  const sent = new Map<number, number>()
  let read = 0
  const readAnswers = (): void => {
    for (; read < peer.received.length; read++) {
      const answer = jt808.decodeAnswer(peer.received[read]!)
      const second = answer.kind === 'general' && answer.result === 0 ? sent.get(answer.ackSerial) : undefined
      if (second !== undefined) acknowledged.add(second)
    }
  }
  peer.send(jt808.registerFrame(terminal, 0, { province: 32, city: 700, manufacturerId: 'QGDEV', terminalModel: 'LP-100', terminalId: '0000039', plateColor: 94, plateNo: '' }))
  const [registered] = await peer.waitFor(1)
  const answer = jt808.decodeAnswer(registered!)
  if (answer.kind !== 'registration' || answer.authCode === undefined) throw new Error(`not registered: ${JSON.stringify(answer)}`)
  peer.send(jt808.authenticateFrame(terminal, 1, { authCode: answer.authCode }))
  await peer.waitFor(2)
  read = 2
  for (let serial = 2; !peer.socket.closed; serial = (serial + 1) % 65_536) {
    const second = next()
    sent.set(serial, second)
    peer.send(jt808.positionFrame(terminal, serial, positionAt(startedAt + second * 1000)))
    if (serial % 20 === 0) await wait(1)
    readAnswers()
  }
  await new Promise((resolve) => setImmediate(resolve))
  readAnswers()
  peer.end()
}

describe('kill -9 in the middle of ingest', () => {
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'lvpei-kill-'))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it(`loses no acknowledged frame in ${rounds} rounds, the database server killed as well in every second one`, async () => {
    const acknowledged = new Set<number>()
    let second = 0
    for (let round = 0; round < rounds; round++) {
      const platform: RunningPlatform = await startPlatformProcess({ dataDirectory: directory, parts: 'gateway' })
      const before = acknowledged.size
      const sending = sendUntilBroken(platform.jt808Port, () => second++, acknowledged)
      for (let tries = 0; acknowledged.size < before + 100; tries++) {
        if (tries > 2000) throw new Error(`round ${round}: only ${acknowledged.size - before} acknowledged`)
        await wait(5)
      }
      await wait(30 * round)
      if (round % 2 === 1) process.kill(postmasterOf(directory), 'SIGKILL')
      await platform.kill()
      await sending
    }
    const platform = await startPlatformProcess({ dataDirectory: directory, parts: 'gateway' })
    const database = await openDatabase({ ...readSettings({}), databaseUrl: findRunningPostgres(directory)! }, 1)
    const stored = new Set((await rows(database.db, sql<{ at: number }>`select observed_at as at from position_fact`)).map(({ at }) => (at - startedAt) / 1000))
    await database.close()
    expect([...acknowledged].filter((each) => !stored.has(each))).toEqual([])
    expect(await platform.stop(), 'the last one stops in order').toBe(0)
    process.stderr.write(`kill-nine: ${acknowledged.size} acknowledged, ${stored.size} stored, 0 lost\n`)
  }, 180_000)
})

/** Process id of the embedded server: line 1 of its own pid file. */
function postmasterOf(dataDirectory: string): number {
  const { directory } = JSON.parse(readFileSync(join(dataDirectory, 'postgres.json'), 'utf8')) as { directory: string }
  return Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])
}
