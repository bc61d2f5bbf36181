import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fresh-database.ts'
import type { DataScope } from '../accounts/actor.ts'
import { usccCheckDigit } from '../base/identifiers.ts'
import type { ProblemError } from '../base/problems.ts'
import { startOfDay } from '../base/time.ts'
import type { Database } from '../runtime/database.ts'
import type { RecordedVersion } from './entity.ts'
import { countEntities, findEntity, getEntity, historyOf, listEntities, readAll, recordVersions } from './index.ts'
import { sampleCity, sampleFirm, sampleTruck, writingAt } from './sample-register.ts'

let database: Database
let firmId: string
let otherFirmId: string
const city: DataScope = { cityCode: sampleCity, districtCode: null, unitCode: null, enterpriseId: null }
const at = (day: string, hour = 12) => startOfDay(day) + hour * 3_600_000
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing thrown', (error: unknown) => (error as ProblemError).problems[0]!.code)
const truck = (plate: string, more: object = {}) => ({ plate, firm: firmId, energy: 'bev' as const, registeredOn: '2024-03-01', district: '990101', ...more })

beforeAll(async () => {
  database = await freshDatabase()
  const first17 = '91990100MA0000001'
  const firms = await recordVersions(
    database.db,
    sampleFirm,
    [
      { kind: 'create', data: { uscc: '91350100M000100Y43', name: '甲配送', district: '990101' } },
      { kind: 'create', data: { uscc: first17 + usccCheckDigit(first17), name: '乙配送', district: '990102' } },
    ],
    writingAt(at('2024-01-01')),
  )
  firmId = firms[0]!.id
  otherFirmId = firms[1]!.id
})
afterAll(async () => database.close())

describe('as-of reads', () => {
  it('show what was known then and valid then', async () => {
    const { db } = database
    const [created] = await recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00001') }], writingAt(at('2025-01-10')))
    await recordVersions(db, sampleTruck, [{ kind: 'change', id: created!.id, data: truck('苏GD00001', { loadKg: 1500 }), validFrom: '2025-03-01' }], writingAt(at('2025-04-10')))
    const load = async (asOf: number, validAt?: number) => (await findEntity(db, sampleTruck, { scope: city, key: { id: created!.id }, asOf, ...(validAt === undefined ? {} : { validAt }) }))?.data.loadKg ?? 'none'
    expect(await findEntity(db, sampleTruck, { scope: city, key: { id: created!.id }, asOf: at('2025-01-09') })).toBeUndefined()
    // Known since 10 January, true since its registration in March 2024.
    expect((await findEntity(db, sampleTruck, { scope: city, key: { id: created!.id }, asOf: at('2025-01-11'), validAt: at('2024-03-02') }))?.validFrom).toBe('2024-03-01')
    expect(await findEntity(db, sampleTruck, { scope: city, key: { id: created!.id }, asOf: at('2025-01-11'), validAt: startOfDay('2024-03-01') })).toBeUndefined()
    expect(await load(at('2025-04-01'))).toBe('none')
    expect(await load(at('2025-04-11'))).toBe(1500)
    expect(await load(at('2025-04-11'), startOfDay('2025-03-01'))).toBe('none')
    expect(await load(at('2025-04-11'), startOfDay('2025-03-02'))).toBe(1500)
  })

  it('a correction holds from the start, a change from its day, and later contents keep their own changes', async () => {
    const { db } = database
    const [{ id }] = (await recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00002', { note: '误' }) }], writingAt(at('2025-01-10')))) as RecordedVersion[] & [RecordedVersion]
    await recordVersions(db, sampleTruck, [{ kind: 'change', id, data: truck('苏GD00002', { note: '误', operating: true }), validFrom: '2025-02-01' }], writingAt(at('2025-02-01')))
    await recordVersions(db, sampleTruck, [{ kind: 'change', id, data: truck('苏GD00002', { note: '正', operating: true, registeredOn: '2023-05-01' }), validFrom: 'start' }], writingAt(at('2025-06-01')))
    const read = async (validAt: string) => (await findEntity(db, sampleTruck, { scope: city, key: { id }, asOf: at('2025-06-02'), validAt: at(validAt) }))?.data
    expect(await read('2025-01-15')).toMatchObject({ note: '正' })
    expect(await read('2025-01-15')).not.toHaveProperty('operating')
    expect(await read('2025-03-01')).toMatchObject({ note: '正', operating: true })
    expect(await read('2023-06-01')).toMatchObject({ note: '正', registeredOn: '2023-05-01' })
  })

  it('an end is a version; the key is free again and the past stays', async () => {
    const { db } = database
    const [{ id }] = (await recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00003') }], writingAt(at('2025-01-10')))) as RecordedVersion[] & [RecordedVersion]
    await recordVersions(db, sampleTruck, [{ kind: 'change', id, data: truck('苏GD00003', { loadKg: 900 }), validFrom: '2025-03-01' }], writingAt(at('2025-03-01')))
    await recordVersions(db, sampleTruck, [{ kind: 'end', id, endedOn: '2025-02-01', reason: '转出' }], writingAt(at('2025-04-01')))
    const find = (asOf: string, validAt = asOf) => findEntity(db, sampleTruck, { scope: city, key: { id }, asOf: at(asOf), validAt: at(validAt) })
    expect(await find('2025-04-02')).toBeUndefined()
    expect(await find('2025-04-02', '2025-01-20')).toBeDefined()
    expect(await find('2025-03-05')).toBeDefined()
    const [again] = await recordVersions(db, sampleTruck, [{ kind: 'put', data: truck('苏GD00003') }], writingAt(at('2025-04-03')))
    expect(again).toMatchObject({ outcome: 'created' })
    expect(again!.id).not.toBe(id)
    const history = await historyOf(db, sampleTruck, { scope: city, id, asOf: at('2025-05-01') })
    expect(history.map((each) => [each.validFrom, each.ended])).toEqual([['2025-03-01', true], ['2025-03-01', false], ['2025-02-01', true], ['2024-03-01', false]])
    expect(await codeOf(recordVersions(db, sampleTruck, [{ kind: 'end', id, endedOn: '2025-02-01', reason: '再注销' }], writingAt(at('2025-05-01'))))).toBe('ended-already')
  })

  it('putting the same content records nothing', async () => {
    const { db } = database
    const put = () => recordVersions(db, sampleTruck, [{ kind: 'put', data: truck('苏GD00004', { point: { system: 'GCJ-02', declaredLon: 119.221, declaredLat: 34.596 } as never }) }], writingAt(at('2025-01-10')))
    const [first] = await put()
    const [second] = await put()
    expect(second).toEqual({ ...first!, outcome: 'unchanged' })
  })
})

describe('writing', () => {
  it('refuses bad rows, foreign references and taken keys with their problem', async () => {
    const { db } = database
    const writing = writingAt(at('2025-01-10'))
    expect(await codeOf(recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GI0001') }], writing))).toBe('plate-malformed')
    expect(await codeOf(recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00010', { firm: '00000000-0000-7000-8000-000000000000' }) }], writing))).toBe('reference-not-found')
    expect(await codeOf(recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00010', { district: '110101' }) }], writing))).toBe('division-unknown')
    await recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00010') }], writing)
    expect(await codeOf(recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏G·D00010') }], writing))).toBe('natural-key-taken')
    expect(await codeOf(recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00011') }, { kind: 'create', data: truck('苏GD00011') }], writing))).toBe('natural-key-repeated')
    expect(await findEntity(db, sampleTruck, { scope: city, key: { naturalKey: '苏GD00011' }, asOf: at('2025-02-01') })).toBeUndefined()
  })

  it('of two editors who saw the same version, one wins', async () => {
    const { db } = database
    const [{ id, versionId }] = (await recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00012') }], writingAt(at('2025-01-10')))) as RecordedVersion[] & [RecordedVersion]
    const edit = (loadKg: number) => recordVersions(db, sampleTruck, [{ kind: 'change', id, data: truck('苏GD00012', { loadKg }), expectVersionId: versionId }], writingAt(at('2025-01-11')))
    const outcomes = await Promise.allSettled([edit(100), edit(200), edit(300), edit(400)])
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.filter((each) => each.status === 'rejected').map((each) => (each.reason as ProblemError).problems[0]!.code)).toEqual(['version-conflict', 'version-conflict', 'version-conflict'])
  })

  it('an editor who set out earlier and came later does not write over, or under, the one in between', async () => {
    const { db } = database
    const [{ id, versionId }] = (await recordVersions(db, sampleTruck, [{ kind: 'create', data: truck('苏GD00014') }], writingAt(at('2025-01-10')))) as RecordedVersion[] & [RecordedVersion]
    const edit = (loadKg: number, now: number, expect = true) => recordVersions(db, sampleTruck, [{ kind: 'change', id, data: truck('苏GD00014', { loadKg }), ...(expect && { expectVersionId: versionId }) }], writingAt(now))
    await edit(100, at('2025-01-11') + 5)
    expect(await codeOf(edit(200, at('2025-01-11') + 3))).toBe('version-conflict')
    await edit(300, at('2025-01-11') + 3, false)
    expect((await getEntity(db, sampleTruck, { scope: city, key: { id }, asOf: at('2025-01-11') + 6 })).data.loadKg).toBe(300)
  })

  it('of many who register the same key at once, one wins', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => recordVersions(database.db, sampleTruck, [{ kind: 'create', data: truck('苏GD00013') }], writingAt(at('2025-01-10')))))
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(1)
  })
})

describe('lists', () => {
  it('page through everything once, in any order, with filters, and stay within the scope', async () => {
    const { db } = database
    const list = Array.from({ length: 57 }, (_, n) => truck(`苏GF1${String(n).padStart(4, '0')}`, { firm: n % 3 === 0 ? otherFirmId : firmId, district: n % 2 ? '990101' : '990102', ...(n % 5 ? { loadKg: n * 10 + 1 } : {}), ...(n % 7 ? {} : { uses: ['cold', 'food'] }) }))
    await recordVersions(db, sampleTruck, list.map((data) => ({ kind: 'create', data }) as never), writingAt(at('2025-01-10')))
    const base = { scope: city, asOf: at('2025-02-01'), search: 'gf1' }
    for (const order of ['naturalKey', '-naturalKey', 'loadKg', '-loadKg', 'registeredOn', '-recordedAt']) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listEntities(db, sampleTruck, { ...base, order, limit: 10, ...(cursor ? { cursor } : {}) })
        seen.push(...page.entities.map((each) => each.naturalKey))
        cursor = page.next ?? undefined
      } while (cursor)
      expect(seen, order).toHaveLength(57)
      expect(new Set(seen).size, order).toBe(57)
    }
    const loads = (await listEntities(db, sampleTruck, { ...base, order: '-loadKg', limit: 3 })).entities.map((each) => each.data.loadKg)
    expect(loads).toEqual([561, 541, 531])
    expect(await countEntities(db, sampleTruck, { ...base, filters: [{ field: 'loadKg', operator: 'gte', values: ['500'] }] })).toBe(5)
    expect(await countEntities(db, sampleTruck, { ...base, filters: [{ field: 'uses', operator: 'eq', values: ['cold'] }] })).toBe(9)
    expect(await countEntities(db, sampleTruck, { ...base, filters: [{ field: 'loadKg', operator: 'empty', values: ['true'] }] })).toBe(12)
    expect(await countEntities(db, sampleTruck, { ...base, scope: { ...city, districtCode: '990101' } })).toBe(28)
    expect(await countEntities(db, sampleTruck, { ...base, scope: { ...city, enterpriseId: otherFirmId } })).toBe(19)
    expect(await countEntities(db, sampleTruck, { ...base, scope: { ...city, cityCode: '210100' } })).toBe(0)
    const foreign = (await listEntities(db, sampleTruck, { ...base, limit: 1 })).entities[0]!
    expect(foreign.enterpriseId).toBe(otherFirmId)
    expect(await codeOf(getEntity(db, sampleTruck, { scope: { ...city, enterpriseId: firmId }, key: { id: foreign.id }, asOf: base.asOf }))).toBe('not-found')
    expect(await codeOf(historyOf(db, sampleTruck, { scope: { ...city, enterpriseId: firmId }, id: foreign.id, asOf: base.asOf }))).toBe('not-found')
    expect((await readAll(db, sampleTruck, { cityCode: sampleCity, asOf: at('2025-01-10', 12) })).length).toBeGreaterThanOrEqual(57)
  })

  it('refuses a cursor of another order', async () => {
    const page = await listEntities(database.db, sampleTruck, { scope: city, asOf: at('2025-02-01'), limit: 1 })
    expect(await codeOf(listEntities(database.db, sampleTruck, { scope: city, asOf: at('2025-02-01'), cursor: page.next!, order: 'loadKg' }))).toBe('query-malformed')
    expect(await codeOf(listEntities(database.db, sampleTruck, { scope: city, asOf: at('2025-02-01'), cursor: 'rubbish' }))).toBe('query-malformed')
  })
})
