import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { usccCheckDigit, vinCheckDigit } from '../../src/base/identifiers.ts'
import { enterpriseRegister } from '../../src/city/enterprises/index.ts'
import { recordVersions } from '../../src/registers/index.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { migrate, openDatabase } from '../../src/runtime/database.ts'
import { readSettings } from '../../src/runtime/settings.ts'
import type { BenchLine } from './decode.ts'

const root = join(import.meta.dirname, '../..')
const firms = 300

const uscc = (n: number): string => {
  const first = `91990100MA${String(n).padStart(7, '0')}`
  return first + usccCheckDigit(first)
}

const vin = (n: number): string => {
  const text = `LVPDEMA0XP${String(n).padStart(7, '0')}`
  return text.slice(0, 8) + vinCheckDigit(text) + text.slice(9)
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const headings = ['号牌号码', '号牌颜色', '车辆类别', '所属企业', '能源类型', '车身类型', '车辆识别代号', '所在县区', '进入方式', '注册登记日期', '营运车辆', '在建成区使用', '总质量（kg）', '核定载质量（kg）', '终端手机号', '统一标识', '保险有效期至', '备注']

/** A workbook of synthetic trucks as a department would hand it in, two rows in a hundred with a mistake. */
async function writeWorkbook(path: string, rows: number): Promise<void> {
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: true })
  const sheet = writer.addWorksheet('车辆')
  sheet.getColumn(10).numFmt = 'yyyy-mm-dd'
  sheet.addRow(headings).commit()
  for (let n = 0; n < rows; n += 1) {
    const isWrong = n % 50 === 7
    const plate = `苏${letters[Math.floor(n / 20_000) % 24]}D${letters[Math.floor(n / 10_000) % 2]}${String(n % 10_000).padStart(4, '0')}`
    sheet.addRow([plate, '渐变绿色', '配送货车', n % 2 ? uscc(n % firms) : `合成配送${n % firms}号有限公司`, '纯电动', n % 40 ? '厢式' : '冷藏', isWrong ? vin(n).slice(0, 16) : vin(n), '东港区', '新增', new Date(Date.UTC(2023, n % 24, 1 + (n % 28))), '是', '是', 4495, 1500 + (n % 300), `1380${String(n).padStart(7, '0')}`, '是', '2027-03-31', null]).commit()
  }
  await writer.commit()
}

interface Run {
  readonly rows: number
  readonly seconds: number
  readonly megabytes: number
}

const runApart = (what: 'import' | 'read', file: string, databaseUrl: string): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'import-work.ts'), what, file], { env: { ...process.env, DATABASE_URL: databaseUrl, LVPEI_LOG: 'silent' }, stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString('utf8')))
    child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(output) as Run) : reject(new Error(`${what} ended with ${code}`))))
  })

/**
 * `import.vehicles`: a workbook of 100,000 trucks from upload through check, annotated problems and apply into an empty
 * register, against a bare exceljs streaming read of the same file; and the memory of both processes.
 */
export async function* benchImport({ rows }: { readonly rows: number } = { rows: 100_000 }): AsyncGenerator<BenchLine> {
  const directory = mkdtempSync(join(tmpdir(), 'lvpei-bench-'))
  const database = await openDatabase({ ...readSettings(), databaseUrl: '', dataDirectory: directory })
  try {
    await migrate(database.db, join(root, 'migrations'))
    const writing = { cityCode: '990100', source: { kind: 'seed', ref: 'bench' }, author: { id: null, name: 'bench' }, now: systemClock(), divisions: [{ code: '990101', name: '东港区' }] } as const
    await recordVersions(database.db, enterpriseRegister, Array.from({ length: firms }, (_, n) => ({ kind: 'create', data: { uscc: uscc(n), name: `合成配送${n}号有限公司`, kind: 'urban-delivery', status: 'listed', district: '990101' } })), writing)
    const file = join(directory, 'vehicles.xlsx')
    await writeWorkbook(file, rows)
    const read = await runApart('read', file, database.url)
    const done = await runApart('import', file, database.url)
    if (done.rows !== rows) throw new Error(`imported ${done.rows} rows instead of ${rows}`)
    yield { name: 'import.vehicles', value: Math.round(done.rows / done.seconds), unit: `rows/s (${done.seconds.toFixed(1)} s for ${rows} rows: check, annotated workbook, apply)`, against: 'bare exceljs streaming read of the same file, rows/s', ratio: Number((read.seconds / done.seconds).toPrecision(3)) }
    yield { name: 'import.vehicles.memory', value: Math.round(done.megabytes), unit: 'MB peak RSS of the importing process', against: 'peak RSS of the bare exceljs streaming read, MB', ratio: Number((done.megabytes / read.megabytes).toPrecision(3)) }
  } finally {
    await database.close()
    rmSync(directory, { recursive: true, force: true })
  }
}
