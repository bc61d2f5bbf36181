import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../../../test/fresh-database.ts'
import { usccCheckDigit } from '../../base/identifiers.ts'
import type { Actor } from '../../accounts/actor.ts'
import { startOfDay } from '../../base/time.ts'
import type { Database } from '../../runtime/database.ts'
import type { App } from '../../runtime/http.ts'
import { recordVersions, registerRoutes } from '../index.ts'
import { callerOf, fixedClock, sampleApp, someone, type Answer } from '../sample-app.ts'
import { uploadWorkbook, workbookOf } from '../sample-workbook.ts'
import { sampleDivisions, sampleFirm, sampleTruck, writingAt } from '../sample-register.ts'

let database: Database
let app: App
let call: ReturnType<typeof callerOf>
let firms: string[]
const time = fixedClock(startOfDay('2025-06-01') + 3_600_000)
const clerk = someone('office-clerk')
const secondUscc = '91990100MA0000002' + usccCheckDigit('91990100MA0000002')

interface Import {
  id: string
  state: string
  sheet: string
  code?: string
  failure: { code: string } | null
  counts: Record<string, number> & { reverted?: Record<string, number> }
  sample: { row: number; naturalKey: string; outcome: string; changes: { field: string; before: unknown; after: unknown }[] }[]
  sheets: { name: string; proposal: { mapping: { headerRow: number; columns: Record<string, string | null> } } | null }[]
}
const importOf = (answer: Answer) => answer.body as Import

beforeAll(async () => {
  database = await freshDatabase()
  firms = (
    await recordVersions(database.db, sampleFirm, [
      { kind: 'create', data: { uscc: '91350100M000100Y43', name: '甲配送', district: '990101', phone: '13912345678' } },
      { kind: 'create', data: { uscc: secondUscc, name: '乙配送', district: '990102', phone: '13800000000' } },
    ], writingAt(startOfDay('2025-01-01')))
  ).map((each) => each.id)
  app = await sampleApp([registerRoutes({ db: database.db, clock: time.clock, registers: [sampleFirm, sampleTruck], divisions: () => sampleDivisions })])
  call = callerOf(app)
})
afterAll(async () => {
  await app.close()
  await database.close()
})

async function checked(actor: Actor, bytes: Buffer, options: object = {}): Promise<Import> {
  const uploaded = await uploadWorkbook(call, actor, bytes)
  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201)
  return importOf(await call(actor, 'POST', `/api/v1/imports/${importOf(uploaded).id}/check`, { body: options }))
}
const step = async (id: string, name: string, body: object = {}) => importOf(await call(clerk, 'POST', `/api/v1/imports/${id}/${name}`, { body }))
const problems = async (id: string) => ((await call(clerk, 'GET', `/api/v1/imports/${id}/problems?limit=1000`)).body as { items: { row: number; column: string | null; severity: string; problem: { code: string } }[] }).items.map((each) => `${each.column ?? ''}${each.row} ${each.problem.code}`)
const count = async (query = '') => ((await call(clerk, 'GET', `/api/v1/sample-trucks?total=true&limit=1&${query}`)).body as { total: number }).total

const head = ['车牌号', '所属企业', '能源类型', '注册登记日期', '县区', '核定载质量(kg)', '备注']
const good = (n: number, note: unknown = null) => [`苏GD3${String(n).padStart(4, '0')}`, '甲配送', '纯电动', '2024-03-01', '东港区', 1000 + n, note]

it('takes the template filled in, and takes the whole import back', async () => {
  const template = new ExcelJS.Workbook()
  await template.xlsx.load((await call(clerk, 'GET', '/api/v1/sample-trucks/template.xlsx')).bytes as never)
  const sheet = template.getWorksheet('样例车辆')!
  // A cell without a protection of its own is locked.
  expect((sheet.getCell('A1').protection as { locked?: boolean } | undefined)?.locked ?? true).toBe(true)
  expect(sheet.getCell('A3').protection.locked).toBe(false)
  expect((sheet as unknown as { sheetProtection: { sheet: boolean } }).sheetProtection.sheet).toBe(true)
  expect(sheet.getCell('C3').dataValidation).toMatchObject({ type: 'list' })
  const column = Object.fromEntries([...(sheet.getRow(2).values as (string | undefined)[])].map((code, at) => [code ?? '', at]))
  for (const [n, plate] of ['苏GD40001', '苏GD40002'].entries()) {
    const row = sheet.getRow(3 + n)
    for (const [code, value] of Object.entries({ plate, firm: '91350100M000100Y43', energy: '纯电动', uses: '快递、冷链', registeredOn: new Date('2024-03-01T00:00:00Z'), operating: '是', district: '东港区', loadKg: 1200, 'point.lon': 119.1, 'point.lat': 34.5, 'point.system': 'GCJ-02' })) row.getCell(column[code]!).value = value
  }
  const before = await count()
  const done = await checked(clerk, Buffer.from(await template.xlsx.writeBuffer()))
  expect([done.state, done.counts]).toEqual(['checked', { rows: 2, created: 2, changed: 0, unchanged: 0, bad: 0, warned: 0, hidden: 0, headings: 1 }])
  expect(await count()).toBe(before)
  expect((await step(done.id, 'apply', { mode: 'all' })).state).toBe('applied')
  const list = (await call(clerk, 'GET', '/api/v1/sample-trucks?q=GD4000')).body as { items: { id: string; data: Record<string, unknown>; validFrom: string; source: { kind: string; ref: string } }[] }
  expect(list.items[0]).toMatchObject({ validFrom: '2024-03-01', source: { kind: 'import', ref: done.id }, data: { plate: '苏GD40001', uses: ['parcel', 'cold'], registeredOn: '2024-03-01', operating: true, point: { system: 'GCJ-02', declaredLon: 119.1 } } })
  const appliedAt = time.clock()
  time.advance(60_000)
  // One row is edited by hand afterwards: the revert leaves that edit alone.
  const { id, versionId } = (await call(clerk, 'GET', `/api/v1/sample-trucks/${list.items[1]!.id}`)).body as { id: string; versionId: string }
  expect((await call(clerk, 'PATCH', `/api/v1/sample-trucks/${id}`, { body: { note: '人工核对' }, headers: { 'if-match': versionId } })).status).toBe(200)
  time.advance(60_000)
  const reverted = await step(done.id, 'revert')
  expect([reverted.state, reverted.counts.reverted]).toEqual(['reverted', { removed: 1, restored: 0, kept: 1 }])
  expect(await count('q=GD4000')).toBe(1)
  expect(await count(`q=GD4000&asOf=${encodeURIComponent(new Date(appliedAt + 1).toISOString())}`)).toBe(2)
  expect(importOf(await call(clerk, 'POST', `/api/v1/imports/${done.id}/revert`, { body: {} })).code).toBe('import-not-ready')
})

it('what was exported imports back as no change, formulas neutralised', async () => {
  const rows = [...Array.from({ length: 30 }, (_, n) => good(n, n % 3 ? null : `第${n}辆`)), good(30, '=HYPERLINK("http://x")'), good(31, "'+86 备用"), good(32, '@SUM(1)'), good(33, '-1'), good(34, '全角（括号）ＡＢ１２')]
  const done = await checked(clerk, await workbookOf([head, ...rows]))
  expect(done.counts).toMatchObject({ created: 35, bad: 0 })
  await step(done.id, 'apply', { mode: 'all' })
  time.advance(1000)
  const exported = await call(clerk, 'GET', '/api/v1/sample-trucks/export.xlsx')
  const copy = new ExcelJS.Workbook()
  await copy.xlsx.load(exported.bytes as never)
  const texts: string[] = []
  copy.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => {
    expect(cell.type, cell.address).not.toBe(ExcelJS.ValueType.Formula)
    if (typeof cell.value === 'string') texts.push(cell.value)
  })))
  expect(texts.filter((text) => /^[=+\-@]/.test(text))).toEqual([])
  expect(texts).toContain(`'=HYPERLINK("http://x")`)
  const back = await checked(clerk, exported.bytes)
  expect(back.counts).toMatchObject({ rows: await count(), unchanged: await count(), changed: 0, created: 0, bad: 0 })
  const firmsBack = await uploadWorkbook(call, someone('liaison'), (await call(someone('liaison'), 'GET', '/api/v1/sample-firms/export.xlsx')).bytes, 'sample-firms')
  const masked = importOf(await call(someone('liaison'), 'POST', `/api/v1/imports/${importOf(firmsBack).id}/check`, { body: {} }))
  expect(masked.counts).toMatchObject({ rows: 2, unchanged: 2 })
})

it('shows the difference of every changed row before anything is written, and leaves columns alone the file does not have', async () => {
  await step((await checked(clerk, await workbookOf([head, good(100, '旧')]))).id, 'apply', { mode: 'all' })
  time.advance(1000)
  const done = await checked(clerk, await workbookOf([['载质量', '车牌号'].map((each) => (each === '载质量' ? '核定载质量' : each)), [777, '苏GD30100']]))
  expect(done.counts).toMatchObject({ changed: 1, created: 0, bad: 0 })
  expect(done.sample).toEqual([{ row: 2, naturalKey: '苏GD30100', outcome: 'changed', changes: [{ field: 'loadKg', before: 1100, after: 777 }] }])
  await step(done.id, 'apply', { mode: 'all' })
  time.advance(1000)
  const list = (await call(clerk, 'GET', '/api/v1/sample-trucks?q=GD30100')).body as { items: { data: Record<string, unknown> }[] }
  expect(list.items[0]!.data).toMatchObject({ loadKg: 777, note: '旧' })
})

it('refuses all or takes the good rows, and returns the same workbook with its problems', async () => {
  const bytes = await workbookOf([['示范车辆清单'], head, good(200), ['苏GI0201', '没有登记的公司', '煤油', '2024-13-01', '火星区', '一吨', null], good(202), good(200)], (sheet) => {
    sheet.mergeCells('A1:G1')
    sheet.getCell('A1').font = { name: '黑体', size: 18, color: { argb: 'FF12694A' } }
    sheet.getColumn(1).width = 33
    sheet.getCell('B4').note = '这里原来就有批注'
  })
  const done = await checked(clerk, bytes)
  expect(done.counts).toMatchObject({ rows: 4, created: 2, bad: 2 })
  expect(await problems(done.id)).toEqual(['A4 plate-malformed', 'B4 reference-not-found', 'C4 value-not-listed', 'D4 value-not-date', 'E4 division-unknown', 'F4 value-not-number', 'A6 natural-key-repeated'])
  expect((await call(clerk, 'POST', `/api/v1/imports/${done.id}/apply`, { body: { mode: 'all' } })).status).toBe(409)
  const returned = await call(clerk, 'GET', `/api/v1/imports/${done.id}/problems.xlsx`)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(returned.bytes as never)
  const sheet = workbook.getWorksheet('车辆')!
  expect(sheet.getCell('A1').font).toMatchObject({ name: '黑体', size: 18 })
  expect(sheet.getColumn(1).width).toBe(33)
  expect(sheet.getCell('H2').value).toBe('错误')
  expect(String(sheet.getCell('H4').value)).toContain('日期写作')
  expect(sheet.getCell('H3').value).toBeNull()
  expect(sheet.autoFilter).toBe('A2:H6')
  const note = (address: string) => JSON.stringify(sheet.getCell(address).note ?? null)
  expect(note('D4')).toContain('不是日期')
  expect(note('B4')).toContain('原来就有')
  const applied = await step(done.id, 'apply', { mode: 'good' })
  expect([applied.state, applied.counts['created']]).toEqual(['applied', 2])
  // The annotated workbook goes in again: the problem column is known and not data.
  time.advance(1000)
  const again = await checked(clerk, returned.bytes)
  expect(again.counts).toMatchObject({ rows: 4, unchanged: 2, bad: 2 })
  const twice = await call(clerk, 'GET', `/api/v1/imports/${again.id}/problems.xlsx`)
  const second = new ExcelJS.Workbook()
  await second.xlsx.load(twice.bytes as never)
  expect(second.getWorksheet('车辆')!.getCell('H2').value).toBe('错误')
  expect(second.getWorksheet('车辆')!.getCell('I2').value).toBeNull()
})

it('notices that somebody changed the same rows between check and apply', async () => {
  const done = await checked(clerk, await workbookOf([head, good(300)]))
  await recordVersions(database.db, sampleTruck, [{ kind: 'create', data: { plate: '苏GD30300', firm: firms[0]!, energy: 'bev', registeredOn: '2024-03-01', district: '990101', loadKg: 1300 } }], writingAt(time.clock()))
  time.advance(1000)
  const after = await step(done.id, 'apply', { mode: 'all' })
  expect([after.state, after.failure?.code]).toEqual(['failed', 'import-changed-meanwhile'])
  const rechecked = await step(done.id, 'check')
  expect([rechecked.state, rechecked.counts]).toMatchObject(['checked', { unchanged: 1 }])
})

it('a correction by workbook holds from the start', async () => {
  await step((await checked(clerk, await workbookOf([head, good(400, '误')]))).id, 'apply', { mode: 'all' })
  time.advance(1000)
  const done = await checked(clerk, await workbookOf([head, good(400, '正')]), { validFrom: 'start' })
  await step(done.id, 'apply', { mode: 'all' })
  time.advance(1000)
  const list = (await call(clerk, 'GET', '/api/v1/sample-trucks?q=GD30400&validAt=2024-05-01T00:00:00Z')).body as { items: { data: Record<string, unknown> }[] }
  expect(list.items[0]!.data['note']).toBe('正')
})

it('a firm imports its own trucks only, and sees its own imports only', async () => {
  const firm = someone('enterprise', { enterpriseId: firms[1]! })
  const own = ['苏GD30500', '2024-03-01', '西山县', '纯电动']
  const done = await checked(firm, await workbookOf([['车牌号', '注册登记日期', '县区', '能源类型'], own, ['苏GD30200', '2024-03-01', '东港区', '纯电动']]))
  expect(done.counts).toMatchObject({ created: 1, bad: 1 })
  expect(await problems(done.id)).toEqual(['A3 row-not-yours'])
  expect((await call(someone('enterprise', { enterpriseId: firms[0]! }), 'GET', `/api/v1/imports/${done.id}`)).status).toBe(404)
  expect((await call(someone('office-clerk', { cityCode: '210100' }), 'GET', `/api/v1/imports/${done.id}`)).status).toBe(404)
  expect((await uploadWorkbook(call, someone('inspector'), await workbookOf([head]))).status).toBe(403)
})

it('an import whose process died is failed and can be checked again', async () => {
  const done = await checked(clerk, await workbookOf([head, good(600)]))
  const { moveImport } = await import('../store-imports.ts')
  await moveImport(database.db, { cityCode: clerk.scope.cityCode, id: done.id }, { from: ['checked'], to: 'applying', now: time.clock() })
  expect(importOf(await call(clerk, 'GET', `/api/v1/imports/${done.id}`)).state).toBe('applying')
  time.advance(61_000)
  const dead = importOf(await call(clerk, 'GET', `/api/v1/imports/${done.id}`))
  expect([dead.state, dead.failure?.code]).toEqual(['failed', 'import-interrupted'])
  expect((await step(done.id, 'check')).state).toBe('checked')
  const log = (await call(clerk, 'GET', '/api/v1/imports?register=sample-truck')).body as { items: { fileSha256: string; author: string }[] }
  expect(log.items.length).toBeGreaterThan(5)
  expect(log.items[0]!.fileSha256).toMatch(/^[0-9a-f]{64}$/)
})
