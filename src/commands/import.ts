import { existsSync, readFileSync } from 'node:fs'
import { recordAudit } from '../accounts/index.ts'
import { problemLine } from '../base/problems.ts'
import { parsePeriod } from '../base/time.ts'
import { readSettings } from '../runtime/settings.ts'
import { loadCities } from './cities.ts'
import { required, wrongUse, type Command } from './command.ts'
import { allRegisters } from './registers.ts'
import { withCore } from './with-core.ts'

/**
 * `./lvpei import tasks FILE.xlsx --city CODE`: reads a task table as plans print it and holds it against the city's profile.
 * Tasks are policy and live in cities/, so nothing is stored: the result is what was recognised and where it differs.
 */
async function compareTasks(file: string, cityCode: string, isJson: boolean): Promise<number> {
  if (!existsSync(file)) throw wrongUse('import', `没有文件 ${file}`)
  const { importTasksCommand } = await import('../programme/index.ts')
  const { text, json, problems } = await importTasksCommand(readFileSync(file), loadCities(readSettings().citiesDirectory).get(cityCode))
  process.stdout.write(`${isJson ? JSON.stringify(json) : text}\n`)
  for (const each of problems) process.stderr.write(`${problemLine(each)}\n`)
  return problems.length > 0 ? 1 : 0
}

const isDay = (text: string): boolean => parsePeriod(text)?.kind === 'day'

/** `./lvpei import REGISTER FILE.xlsx --city CODE [--valid-from DAY|start] [--dry-run] [--mode all|good]`: the result as one JSON object; problems on stderr. */
export const importWorkbook: Command = {
  name: 'import',
  summary: 'imports a register from a workbook; returns the same workbook with its problems',
  usage: 'import REGISTER|tasks FILE.xlsx --city CODE [--valid-from DAY|start] [--dry-run] [--mode all|good]',
  options: { city: { type: 'string' }, 'dry-run': { type: 'boolean' }, mode: { type: 'string' }, sheet: { type: 'string' }, 'valid-from': { type: 'string' }, coordinates: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const [register, file] = positionals
    if (!register || !file || positionals.length > 2) throw wrongUse('import', '须给出登记名称和一个 .xlsx 文件')
    const city = required('import', values, 'city')
    if (register === 'tasks') return compareTasks(file, city, values['json'] === true)
    const mode = values['mode'] ?? 'all'
    if (mode !== 'all' && mode !== 'good') throw wrongUse('import', '--mode 只能是 all 或 good')
    const text = (name: string): string | undefined => (typeof values[name] === 'string' ? values[name] : undefined)
    const [sheet, validFrom, coordinates] = [text('sheet'), text('valid-from'), text('coordinates')]
    if (validFrom !== undefined && validFrom !== 'start' && !isDay(validFrom)) throw wrongUse('import', `--valid-from 应为日期（如 2023-01-01）或 start，不是“${validFrom}”`)
    const { divisionsOf, importCommand } = await import('../registers/index.ts')
    const outcome = await withCore(values, ({ database: { db }, cities, clock, log }) => {
      const deps = {
        db,
        clock,
        registers: allRegisters,
        divisions: (code: string) => divisionsOf(cities.get(code)),
        onError: (error: unknown, errorId: string) => log.error({ err: error, errorId }, 'import failed'),
        audit: async (actor: Parameters<typeof recordAudit>[1]['actor'], action: string, detail: Readonly<Record<string, unknown>>) => {
          await recordAudit(db, { actor, action, object: String(detail['object'] ?? action), detail })
        },
      }
      const args = { register, file, city, mode, dryRun: values['dry-run'] === true, ...(sheet && { sheet }), ...(validFrom && { validFrom }), ...(coordinates && { coordinates }) } as const
      return importCommand(deps, args, (line) => process.stderr.write(`${line}\n`))
    })
    process.stdout.write(`${JSON.stringify(outcome)}\n`)
    return outcome.exitCode
  },
}
