import { vehicleRegister } from '../../src/city/vehicles/index.ts'
import { enterpriseRegister } from '../../src/city/enterprises/index.ts'
import { importCommand, type AnyRegister } from '../../src/registers/index.ts'
import { systemClock } from '../../src/runtime/clock.ts'
import { openDatabase } from '../../src/runtime/database.ts'
import { readSettings } from '../../src/runtime/settings.ts'

/** Run as a process of its own by import.ts, so that its memory is its own: `import-work.ts import|read FILE`, result as one JSON line. */
const [, , what, file] = process.argv as [string, string, 'import' | 'read', string]

async function readBare(): Promise<number> {
  const { default: ExcelJS } = await import('exceljs')
  let rows = 0
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, { sharedStrings: 'cache', styles: 'cache', worksheets: 'emit', hyperlinks: 'ignore' })) {
    for await (const row of sheet) rows += row.number > 0 ? 1 : 0
  }
  return rows
}

async function importAll(): Promise<number> {
  const database = await openDatabase(readSettings())
  const registers = [enterpriseRegister, vehicleRegister] as unknown as AnyRegister[]
  const outcome = await importCommand({ db: database.db, clock: systemClock, registers, divisions: () => [{ code: '990101', name: '东港区' }] }, { register: 'vehicle', file, city: '990100', mode: 'good' })
  await database.close()
  if (outcome.state !== 'applied') throw new Error(`import ended ${outcome.state}`)
  return outcome.counts!.rows
}

const started = performance.now()
const rows = what === 'read' ? await readBare() : await importAll()
process.stdout.write(`${JSON.stringify({ rows, seconds: (performance.now() - started) / 1000, megabytes: process.resourceUsage().maxRSS / 1024 })}\n`)
