import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { formatInstant } from '../base/time.ts'
import { readBackup, readBackupHeader, writeBackup } from '../runtime/backup.ts'
import { readSettings } from '../runtime/settings.ts'
import { wrongUse, type Command, type OptionValues } from './command.ts'
import { withCore } from './with-core.ts'

const dataDirectoryOf = (values: OptionValues): string => (typeof values['data'] === 'string' ? resolve(values['data']) : readSettings().dataDirectory)

/** Secrets of the installation: without them devices would have to register again. */
function readSecrets(dataDirectory: string): Record<string, string> {
  const directory = join(dataDirectory, 'secrets')
  return existsSync(directory) ? Object.fromEntries(readdirSync(directory).map((name) => [`secrets/${name}`, readFileSync(join(directory, name)).toString('base64')])) : {}
}

/** `./lvpei backup FILE`: the whole system in one file, while it runs. */
export const backup: Command = {
  name: 'backup',
  summary: 'writes the whole system into one file, also while it runs',
  usage: 'backup FILE.ndjson.gz [--data DIR]',
  options: { data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const [file] = positionals
    if (!file || positionals.length > 1) throw wrongUse('backup', '须给出一个文件名')
    const made = await withCore(values, ({ database: { db }, clock }) => writeBackup(db, resolve(file), { createdAt: formatInstant(clock()), files: readSecrets(dataDirectoryOf(values)) }))
    process.stdout.write(`${values['json'] ? JSON.stringify(made) : `已备份 ${made.tables} 张表、${made.rows} 行到 ${file}`}\n`)
    return 0
  },
}

/** `./lvpei restore FILE`: into an empty data directory, all or nothing. */
export const restore: Command = {
  name: 'restore',
  summary: 'puts a backup into an empty data directory',
  usage: 'restore FILE.ndjson.gz [--data DIR]',
  options: { data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const [file] = positionals
    if (!file || positionals.length > 1) throw wrongUse('restore', '须给出一个文件名')
    if (!existsSync(file)) throw wrongUse('restore', `没有文件 ${file}`)
    const header = await readBackupHeader(resolve(file))
    const made = await withCore(values, ({ database: { db } }) => readBackup(db, resolve(file)))
    for (const [name, content] of Object.entries(header.files)) {
      if (!/^secrets\/[a-z0-9-]+$/.test(name)) continue
      const path = join(dataDirectoryOf(values), name)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(path, Buffer.from(content, 'base64'), { mode: 0o600 })
    }
    process.stdout.write(`${values['json'] ? JSON.stringify(made) : `已恢复 ${made.tables} 张表、${made.rows} 行（备份于 ${header.createdAt}）`}\n`)
    return 0
  },
}
