import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../../test/fresh-database.ts'
import { usccCheckDigit } from '../../base/identifiers.ts'
import { startOfDay } from '../../base/time.ts'
import type { Database } from '../../runtime/database.ts'
import type { App } from '../../runtime/http.ts'
import { readAll, recordVersions, registerRoutes } from '../index.ts'
import { callerOf, fixedClock, sampleApp, someone } from '../sample-app.ts'
import { sampleCity, sampleDivisions, sampleFirm, sampleTruck, writingAt } from '../sample-register.ts'
import { uploadWorkbook, workbookOf } from '../sample-workbook.ts'

const usccOf = (first17: string): string => first17 + usccCheckDigit(first17)
const now = startOfDay('2025-06-01')
const head = ['号牌号码', '所属企业', '能源类型', '注册登记日期', '县区', '核定载质量']

/** A workbook may name anything; what is applied lies inside the uploader's scope. */
describe('an import by somebody narrowed to a firm or a district', () => {
  let database: Database
  let app: App
  let call: ReturnType<typeof callerOf>
  let own = ''
  beforeAll(async () => {
    database = await freshDatabase()
    const firms = [{ uscc: '91350100M000100Y43', name: '甲配送', district: '990101' }, { uscc: usccOf('91320706MA1MTG2M0'), name: '乙配送', district: '990102' }]
    const [first] = await recordVersions(database.db, sampleFirm, firms.map((data) => ({ kind: 'create' as const, data })), writingAt(startOfDay('2025-01-01')))
    own = first!.id
    app = await sampleApp([registerRoutes({ db: database.db, clock: fixedClock(now).clock, registers: [sampleFirm, sampleTruck], divisions: () => sampleDivisions })])
    call = callerOf(app)
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })

  const plates = async () => (await readAll(database.db, sampleTruck, { cityCode: sampleCity, asOf: now + 1 })).map((each) => each.naturalKey)
  async function importAs(actor: ReturnType<typeof someone>, rows: unknown[][]) {
    const uploaded = await uploadWorkbook(call, actor, await workbookOf([head, ...rows]))
    const { id } = uploaded.body as { id: string }
    await call(actor, 'POST', `/api/v1/imports/${id}/check`, { body: {} })
    const applied = await call(actor, 'POST', `/api/v1/imports/${id}/apply`, { body: { mode: 'good' } })
    const problems = (await call(actor, 'GET', `/api/v1/imports/${id}/problems`)).body as { items: { row: number; problem: { code: string } }[] }
    return { status: applied.status, problems: problems.items }
  }

  it('takes the firm\'s own rows and says of each foreign one why it stays out', async () => {
    const { problems } = await importAs(someone('enterprise', { enterpriseId: own }), [
      ['苏GD60001', '甲配送', '纯电动', '2024-03-01', '东港区', 1000],
      ['苏GD60002', '乙配送', '纯电动', '2024-03-01', '东港区', 1000],
    ])
    expect(await plates()).toEqual(['苏GD60001'])
    expect(problems.map((each) => each.row)).toContain(3)
  })

  it('never changes a row of another firm by naming its plate', async () => {
    await importAs(someone('office-clerk'), [['苏GD60003', '乙配送', '纯电动', '2024-03-01', '东港区', 1000]])
    const { problems } = await importAs(someone('enterprise', { enterpriseId: own }), [['苏GD60003', '甲配送', '柴油', '2024-03-01', '东港区', 9]])
    expect(problems.map((each) => each.problem.code)).toContain('row-not-yours')
    const [truck] = (await readAll(database.db, sampleTruck, { cityCode: sampleCity, asOf: now + 1 })).filter((each) => each.naturalKey === '苏GD60003')
    expect(truck!.data.energy).toBe('bev')
  })

  it('keeps a district clerk to the district', async () => {
    await importAs(someone('office-clerk', { districtCode: '990101' }), [
      ['苏GD60004', '甲配送', '纯电动', '2024-03-01', '东港区', 1000],
      ['苏GD60005', '甲配送', '纯电动', '2024-03-01', '西山县', 1000],
    ])
    expect(await plates()).toContain('苏GD60004')
    expect(await plates()).not.toContain('苏GD60005')
  })
})
