import ExcelJS from 'exceljs'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { freshDatabase } from '../../../test/fresh-database.ts'
import { ProblemError } from '../../base/problems.ts'
import { startOfDay } from '../../base/time.ts'
import type { Database } from '../../runtime/database.ts'
import type { App } from '../../runtime/http.ts'
import { recordVersions, registerRoutes } from '../index.ts'
import { callerOf, fixedClock, sampleApp, someone } from '../sample-app.ts'
import { sampleDivisions, sampleFirm, sampleTruck, writingAt } from '../sample-register.ts'
import { uploadWorkbook, workbookOf } from '../sample-workbook.ts'
import { openWorkbook } from '../workbook/read.ts'
import { openZip, wholeText } from '../workbook/zip.ts'
import { packed, writeZip } from '../workbook/zip-write.ts'

let database: Database
let app: App
let call: ReturnType<typeof callerOf>
const clerk = someone('office-clerk')
const head = ['号牌号码', '所属企业', '能源类型', '注册登记日期', '县区', '核定载质量']
const good = ['苏GD50001', '甲配送', '纯电动', '2024-03-01', '东港区', 1000]

beforeAll(async () => {
  database = await freshDatabase()
  await recordVersions(database.db, sampleFirm, [{ kind: 'create', data: { uscc: '91350100M000100Y43', name: '甲配送', district: '990101' } }], writingAt(startOfDay('2025-01-01')))
  app = await sampleApp([registerRoutes({ db: database.db, clock: fixedClock(startOfDay('2025-06-01')).clock, registers: [sampleFirm, sampleTruck], divisions: () => sampleDivisions })])
  call = callerOf(app)
})
afterAll(async () => {
  await app.close()
  await database.close()
})

/** Changes the text of parts of an archive, or adds parts. */
async function withParts(bytes: Buffer, change: (name: string, text: string) => string, added: Record<string, string> = {}): Promise<Buffer> {
  const entries = openZip(bytes)
  const parts = []
  for (const entry of entries.values()) parts.push(packed(entry.name, change(entry.name, await wholeText(entry))))
  for (const [name, text] of Object.entries(added)) parts.push(packed(name, text))
  return writeZip(parts)
}
const inSheet = (from: string | RegExp, to: string) => (name: string, text: string) => (name === 'xl/worksheets/sheet1.xml' ? text.replace(from, to) : text)

/** Files that cannot be read at all: every one is a problem with a code, never a crash. */
const unreadable: [name: string, code: string, make: () => Buffer | Promise<Buffer>][] = [
  ['an old .xls', 'workbook-old-format', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
  ['a workbook with a password', 'workbook-encrypted', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(200), Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(64)])],
  ['a CSV named .xlsx', 'workbook-not-xlsx', () => Buffer.from('号牌号码,所属企业\n苏GD00001,甲')],
  ['an empty file', 'workbook-not-xlsx', () => Buffer.alloc(0)],
  ['half a file', 'workbook-damaged', async () => (await workbookOf([head, good])).subarray(0, 3000)],
  ['a zip that is no workbook', 'workbook-damaged', () => writeZip([packed('readme.txt', 'hello')])],
  ['a flipped byte in the shared strings', 'workbook-damaged', async () => {
    const parts = [...openZip(await workbookOf([head, good])).values()]
    return writeZip(parts.map((each) => (each.name === 'xl/sharedStrings.xml' ? { ...each, crc: each.crc ^ 1 } : each)))
  }],
  ['a document type with entities', 'workbook-damaged', async () => withParts(await workbookOf([head, good]), (name, text) => (name === 'xl/sharedStrings.xml' ? text.replace('<sst', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst') : text))],
  ['markup that does not pair', 'workbook-damaged', async () => withParts(await workbookOf([head, good]), inSheet('</sheetData>', '</row></row></row></row></row></row></sheetData>'))],
  ['a shared string that is not there', 'workbook-damaged', async () => withParts(await workbookOf([head, good]), inSheet(/<v>0<\/v>/, '<v>99999</v>'))],
  ['a bomb that claims to be small', 'workbook-too-large', () => {
    const blank = Buffer.alloc(300 * 2 ** 20, 32)
    return writeZip([packed('[Content_Types].xml', '<Types/>'), { ...packed('xl/workbook.xml', ''), raw: deflateRawSync(blank), size: 10 }])
  }],
  ['only hidden sheets', 'workbook-has-no-sheet', async () => withParts(await workbookOf([head, good]), (name, text) => (name === 'xl/workbook.xml' ? text.replace('state="visible"', 'state="hidden"') : text))],
]

describe('files that cannot be read', () => {
  for (const [name, code, make] of unreadable) {
    it(name, async () => {
      const answer = await uploadWorkbook(call, clerk, await make())
      expect([(answer.body as { code: string }).code, answer.status >= 400 && answer.status < 500]).toEqual([code, true])
    })
  }

  it('random bytes and random damage never throw anything but a problem', async () => {
    const sound = await workbookOf([head, good])
    const open = async (bytes: Uint8Array) => openWorkbook(bytes).then(() => undefined, (error: unknown) => expect(error).toBeInstanceOf(ProblemError))
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      await open(Buffer.concat([Buffer.from('504b0304', 'hex'), bytes]))
    }), { numRuns: 200 })
    await fc.assert(fc.asyncProperty(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
      const bytes = Buffer.from(sound)
      bytes[at]! ^= bits
      await open(bytes)
    }), { numRuns: 300 })
  })
})

type Expectation = { counts: Record<string, number>; problems?: string[] } | { code: string }

/** Workbooks that open but were made by people: what comes of them. */
const odd: [name: string, make: () => Promise<Buffer>, expected: Expectation][] = [
  ['a title over the table, the header in row 4, columns in another order', () => workbookOf([['2025年示范车辆统计表'], [], ['填报单位：', '甲'], ['县区*', '核定载质量（kg）', '车牌号', '所属企业（全称）', '能源 类型', '注册登记日期'], ['东港区', 900, '苏GD50101', '甲配送', '电动', '2024/3/1']]), { counts: { created: 1, bad: 0 } }],
  ['full-width digits, spaces, numbers and dates as text', () => workbookOf([head, [' 苏Ｇ Ｄ５０１０２ ', '甲配送　', ' 纯电动', '２０２４年３月１日', '东港', '１，０００ 千克'], ['苏gd·50103', '甲配送', 'BEV', '20240301', '990101', '1000']]), { counts: { created: 2, bad: 0 } }],
  ['dates as Excel dates, as serials without a format, and impossible ones', () => workbookOf([head, ['苏GD50104', '甲配送', '纯电动', new Date('2024-03-01T00:00:00Z'), '东港区', 1], ['苏GD50105', '甲配送', '纯电动', 45352, '东港区', 1], ['苏GD50106', '甲配送', '纯电动', '2023-02-29', '东港区', 1], ['苏GD50107', '甲配送', '纯电动', '2024年3月', '东港区', 1]]), { counts: { created: 2, bad: 2 }, problems: ['D4 value-not-date', 'D5 value-not-date'] }],
  ['formulas with stored results, without, and with errors', () => workbookOf([head, ['苏GD50108', '甲配送', '纯电动', '2024-03-01', '东港区', { formula: '500*2', result: 1000 }], ['苏GD50109', '甲配送', '纯电动', '2024-03-01', '东港区', { formula: '500*2' }], ['苏GD50110', '甲配送', '纯电动', '2024-03-01', '东港区', { error: '#REF!' }]]), { counts: { created: 1, bad: 2 }, problems: ['F3 value-has-no-result', 'F4 value-is-formula-error'] }],
  ['a firm merged over its trucks', () => workbookOf([head, ['苏GD50111', '甲配送', '纯电动', '2024-03-01', '东港区', 1], ['苏GD50112', null, '纯电动', '2024-03-01', '东港区', 1], ['苏GD50113', null, '纯电动', '2024-03-01', '东港区', 1]], (sheet) => sheet.mergeCells('B2:B4')), { counts: { created: 3, bad: 0 } }],
  ['hidden rows are rows', () => workbookOf([head, ['苏GD50114', '甲配送', '纯电动', '2024-03-01', '东港区', 1], ['苏GD50115', '甲配送', '纯电动', '2024-03-01', '东港区', 1]], (sheet) => (sheet.getRow(3).hidden = true)), { counts: { created: 2, hidden: 1 } }],
  ['the header again in the middle, empty rows between', () => workbookOf([head, ['苏GD50116', '甲配送', '纯电动', '2024-03-01', '东港区', 1], [], head, ['苏GD50117', '甲配送', '纯电动', '2024-03-01', '东港区', 1], ['  ', null]]), { counts: { created: 2, headings: 1, bad: 0 } }],
  ['two sheets, the second is the register', () => workbookOf([['说明'], ['请看第二张表']], (_, workbook) => { for (const row of [head, ['苏GD50118', '甲配送', '纯电动', '2024-03-01', '东港区', 1]]) (workbook.getWorksheet('清单') ?? workbook.addWorksheet('清单')).addRow(row) }), { counts: { created: 1 } }],
  ['rich text and inline strings', () => workbookOf([head, [{ richText: [{ text: '苏GD' }, { font: { bold: true }, text: '50119' }] }, '甲配送', '纯电动', '2024-03-01', '东港区', 1]]), { counts: { created: 1 } }],
  ['no header at all', () => workbookOf([[1, 2, 3], [4, 5, 6]]), { code: 'header-not-found' }],
  ['the natural key is missing', () => workbookOf([head.slice(1), good.slice(1)]), { code: 'column-required' }],
  ['rows without a key, with cells under no heading', () => workbookOf([head, [null, '甲配送', '纯电动', '2024-03-01', '东港区', 1, '多余']]), { counts: { bad: 1 }, problems: ['A2 field-required'] }],
  ['numbers out of range and with fractions', () => workbookOf([head, ['苏GD50120', '甲配送', '纯电动', '2024-03-01', '东港区', 1.5], ['苏GD50121', '甲配送', '纯电动', '2024-03-01', '东港区', 99_999_999], ['苏GD50122', '甲配送', '纯电动', '2024-03-01', '东港区', '很重']]), { counts: { bad: 3 }, problems: ['F2 value-not-integer', 'F3 value-out-of-range', 'F4 value-not-number'] }],
  ['a point without its system, swapped, and in words', () => workbookOf([[...head, '停放位置经度', '停放位置纬度', '坐标系'], ['苏GD50123', '甲配送', '纯电动', '2024-03-01', '东港区', 1, 119.2, 34.5, null], ['苏GD50124', '甲配送', '纯电动', '2024-03-01', '东港区', 1, 34.5, 119.2, '高德'], ['苏GD50125', '甲配送', '纯电动', '2024-03-01', '东港区', 1, 119.2, 34.5, '北京54'], ['苏GD50126', '甲配送', '纯电动', '2024-03-01', '东港区', 1, 119.2, 34.5, '百度地图']]), { counts: { created: 1, bad: 3 }, problems: ['G2 point-incomplete', 'G3 point-malformed', 'G4 coordinate-system-unknown'] }],
  ['elements with a namespace prefix', async () => withParts(await workbookOf([head, ['苏GD50127', '甲配送', '纯电动', '2024-03-01', '东港区', 1]]), (name, text) => (name === 'xl/worksheets/sheet1.xml' ? text.replace(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=') : text)), { counts: { created: 1 } }],
]

describe('workbooks as people make them', () => {
  for (const [name, make, expected] of odd) {
    it(name, async () => {
      const bytes = await make()
      const uploaded = (await uploadWorkbook(call, clerk, bytes)).body as { id: string }
      const answer = (await call(clerk, 'POST', `/api/v1/imports/${uploaded.id}/check`, { body: {} })).body as { code?: string; state: string; counts: Record<string, number> }
      if ('code' in expected) return expect(answer.code).toBe(expected.code)
      const problems = ((await call(clerk, 'GET', `/api/v1/imports/${uploaded.id}/problems`)).body as { items: { row: number; column: string | null; problem: { code: string } }[] }).items.map((each) => `${each.column ?? ''}${each.row} ${each.problem.code}`)
      expect([answer.state, answer.counts, problems]).toMatchObject(['checked', expected.counts, expected.problems ?? []])
      const annotated = await call(clerk, 'GET', `/api/v1/imports/${uploaded.id}/problems.xlsx`)
      if (!name.includes('prefix')) await new ExcelJS.Workbook().xlsx.load(annotated.bytes as never)
      expect((await openWorkbook(annotated.bytes)).sheets.length).toBeGreaterThan(0)
    })
  }
})
