import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { findFact, listLatestValues } from '../src/indicators/index.ts'
import { loadProfile } from '../src/profiles/index.ts'
import { rows, sql, type Database } from '../src/runtime/database.ts'
import { freshDatabase } from './fresh-database.ts'
import { handCounted, lianyungangBooks } from './lianyungang-workbooks.ts'

/** The clerk's way, by the commands: workbooks in, figures counted, the half-yearly 通报 out. Nothing is put into tables by hand. */
const root = fileURLToPath(new URL('..', import.meta.url))
const cityCode = '320700'
const city = loadProfile(join(root, 'cities/lianyungang')).profile!
const profiles = { profiles: [city], find: (code: string) => (code === cityCode ? city : undefined) }

let database: Database
let databaseUrl: string
let directory: string

interface Said {
  readonly code: number | null
  readonly out: string
  readonly complaints: string
}
const lvpei = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'src/main.ts'), ...args], { cwd: directory, env: { ...process.env, DATABASE_URL: databaseUrl, LVPEI_LOG: 'error' } })
    let [out, complaints] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    child.on('close', (code) => resolve({ code, out, complaints }))
  })

/** Text of a Word file, paragraphs by line. */
const wordText = (path: string): string =>
  strFromU8(unzipSync(readFileSync(path))['word/document.xml']!).replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '')

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'lvpei-lianyungang-'))
  database = await freshDatabase()
  const [{ name }] = (await rows(database.db, sql<{ name: string }>`select current_database() as name`)) as [{ name: string }]
  databaseUrl = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).toString()
})
afterAll(async () => {
  await database.close()
  if (!process.env['LVPEI_KEEP_DOCUMENTS']) rmSync(directory, { recursive: true, force: true })
})

describe('Lianyungang', () => {
  it('reads the registers as clerks keep them', async () => {
    for (const { register, fileName, bytes, options } of await lianyungangBooks()) {
      writeFileSync(join(directory, fileName), bytes)
      const { code, out, complaints } = await lvpei('import', register, fileName, '--city', cityCode, ...options)
      const outcome = JSON.parse(out || '{}') as { state: string; counts: { rows: number; created: number; bad: number } }
      expect(outcome.counts, complaints).toMatchObject({ rows: handCounted.rows[register as keyof typeof handCounted.rows], created: handCounted.rows[register as keyof typeof handCounted.rows], bad: 0 })
      expect([outcome.state, code], complaints).toEqual(['applied', 0])
      // A platform without its date counts in no half-year; that is said here, at the cell.
      if (register === 'enterprise') expect(complaints).toContain('“平台建成日期”没有填写')
    }
  }, 120_000)

  it.each(['2025H1', '2025H2'] as const)('writes the bulletin of %s with figures counted by hand, each open to its rows', async (period) => {
    const { code, out, complaints } = await lvpei('report', 'bulletin', '--city', cityCode, '--period', period, '--out', directory, '--json')
    expect(code, complaints).toBe(0)
    const files = JSON.parse(out) as { docx: { path: string }; pdf: { path: string } }
    const text = wordText(files.docx.path)
    expect(readFileSync(files.pdf.path).subarray(0, 5).toString()).toBe('%PDF-')
    const values = new Map((await listLatestValues(database.db, { city: cityCode, period, asOf: Date.now() + 1000 })).map((each) => [each.code, each]))
    for (const [indicator, expected] of Object.entries(handCounted[period])) {
      const recorded = values.get(indicator)!
      const { text: said, unit, ...figures } = expected
      const name = city.indicators.find((each) => each.code === indicator)!.name
      expect(text, `${indicator} in the document`).toContain(`${name}${said}${unit}（目标`)
      const fact = (await findFact(database.db, profiles, recorded.id))!
      expect(fact, indicator).toMatchObject({ origin: 'recorded', differs: false })
      expect(fact.value, indicator).toMatchObject(figures)
      expect(fact.value.rows.filter((row) => row.included).reduce((sum, row) => sum + row.numerator, 0), indicator).toBe(recorded.numerator)
    }
    expect(text).not.toMatch(/已完成(未|\d+(\.\d+)?%)/)
    // Not counted and not invented: the baseline nobody registered, the three targets nobody defined.
    for (const open of ['L-09', 'L-17', 'L-18', 'L-19']) {
      expect(values.get(open), open).toMatchObject({ value: null, met: null })
      const name = city.indicators.find((each) => each.code === open)!.name
      expect(text).toMatch(new RegExp(`${name}[^\n]*\n[^\n]*\n暂无数据`))
    }
    for (const question of ['L-Q01', 'L-Q02', 'L-Q03', 'L-Q04', 'L-Q05', 'L-Q06']) {
      const asked = city.openQuestions.find((each) => each.id === question)!.question.replace(/[？。]$/, '').replaceAll('“', '‘').replaceAll('”', '’')
      expect(text).toContain(asked)
    }
  }, 120_000)

  it('says for a past half-year which firms were graded then, and why the others were not', async () => {
    const reasons = async (period: string, code: string) => {
      const [value] = (await listLatestValues(database.db, { city: cityCode, period, asOf: Date.now() + 1000 })).filter((each) => each.code === code)
      const { value: measured } = (await findFact(database.db, profiles, value!.id))!
      return Object.fromEntries(measured.rows.map((row) => [row.name, row.reason]))
    }
    expect(await reasons('2025H1', 'L-14')).toEqual({
      港城示例城配有限公司: null, 港城示例冷链有限公司: null, 港城示例快递有限公司: '期末之后才取得（2025-09-01）',
      港城示例商超有限公司: '期末等级已过有效期（2025-06-29）', 港城示例医药有限公司: '等级为AA级，低于AAA级',
    })
    expect(await reasons('2025H1', 'L-16')).toEqual({ 港城示例城配有限公司: null, 港城示例平台有限公司: '未登记平台建成日期' })
    expect(await reasons('2025H2', 'L-02')).toMatchObject({ 示例老仓公共配送中心: '期末前已停用（2025-08-31）' })
  })
})
