import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { declareProblems, ProblemError } from '../base/problems.ts'
import type { Db } from './database.ts'
import { clearForRestore, continueSequences, countRows, listMigrations, listPartitions, listTables, makePartition, readTable, writeRows } from './store-backup.ts'

const problem = declareProblems('runtime', {
  'backup-not-ours': { message: '{file} 不是绿配的备份', cause: '文件损坏、不完整或由其他程序生成', action: '请换一个备份文件；备份应为 .ndjson.gz' },
  'backup-other-schema': { message: '备份来自另一个版本的数据结构', cause: '备份的迁移与本程序不同：{names}', action: '请用生成该备份的版本恢复，再升级' },
  'restore-not-empty': { message: '数据库里已有数据', cause: '恢复只能写入空的数据目录', action: '请用 --data 指定一个新的目录' },
})

interface Header {
  readonly lvpei: 1
  readonly createdAt: string
  readonly migrations: readonly { name: string; digest: string }[]
  readonly partitions: readonly { name: string; parent: string; bound: string }[]
  readonly tables: readonly string[]
  /** small files of the data directory (secrets), base64 by relative path */
  readonly files: Readonly<Record<string, string>>
}

export interface BackupReport {
  readonly tables: number
  readonly rows: number
}

/**
 * Writes everything to one gzip file of JSON lines: a header, then each table's name and rows, then the count. All of it is read
 * in one snapshot while the platform goes on working. The file holds secrets: it is made readable by its owner only.
 */
export async function writeBackup(db: Db, file: string, { createdAt, files }: Pick<Header, 'createdAt' | 'files'>): Promise<BackupReport> {
  let count = 0
  let tables: readonly string[] = []
  await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(async (snapshot) => {
    tables = await listTables(snapshot)
    const header: Header = { lvpei: 1, createdAt, migrations: await listMigrations(snapshot), partitions: await listPartitions(snapshot), tables, files }
    async function* lines(): AsyncGenerator<string> {
      yield `${JSON.stringify(header)}\n`
      for (const table of tables) {
        yield `#${table}\n`
        for await (const batch of readTable(snapshot, table)) {
          count += batch.length
          yield `${batch.join('\n')}\n`
        }
      }
      yield `#end ${count}\n`
    }
    await pipeline(Readable.from(lines()), createGzip({ level: 6 }), createWriteStream(file, { mode: 0o600 }))
  })
  return { tables: tables.length, rows: count }
}

/** Reads the header alone, for the files to lay out before the database is opened. */
export async function readBackupHeader(file: string): Promise<Header> {
  for await (const line of linesOf(file)) return headerOf(line, file)
  throw new ProblemError(problem('backup-not-ours', { file }))
}

function headerOf(line: string, file: string): Header {
  try {
    const header = JSON.parse(line) as Header
    if (header.lvpei === 1 && Array.isArray(header.tables)) return header
  } catch {
    // falls through to the problem
  }
  throw new ProblemError(problem('backup-not-ours', { file }))
}

/** Lines of a gzip file; a broken or cut one is a problem, not a crash. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const text = createGunzip()
  createReadStream(file).on('error', (error) => text.destroy(error)).pipe(text)
  text.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()!
      yield* lines
    }
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw new ProblemError(problem('backup-not-ours', { file }))
    throw error
  }
}

const batchLines = 2000

/** Puts a backup into an empty, migrated database, all or nothing. Throws problems for other schemas, damage, and data already there. */
export async function readBackup(db: Db, file: string): Promise<BackupReport> {
  const header = await readBackupHeader(file)
  const here = await listMigrations(db)
  const differing = [...header.migrations, ...here].filter((each) => ![header.migrations, here].every((list) => list.some((other) => other.name === each.name && other.digest === each.digest)))
  if (differing.length > 0) throw new ProblemError(problem('backup-other-schema', { names: [...new Set(differing.map((each) => each.name))].join('、') }))
  if ((await countRows(db, 'person')) > 0) throw new ProblemError(problem('restore-not-empty'), 409)
  let count = 0
  let announced = -1
  await db.transaction().execute(async (inside) => {
    for (const partition of header.partitions) await makePartition(inside, partition)
    await clearForRestore(inside, header.tables)
    let table = ''
    let batch: string[] = []
    const flush = async (): Promise<void> => {
      if (batch.length > 0) await writeRows(inside, table, batch)
      count += batch.length
      batch = []
    }
    let isFirst = true
    for await (const line of linesOf(file)) {
      if (isFirst) isFirst = false
      else if (line.startsWith('#end ')) announced = Number(line.slice(5))
      else if (line.startsWith('#')) {
        await flush()
        table = line.slice(1)
        if (!header.tables.includes(table)) throw new ProblemError(problem('backup-not-ours', { file }))
      } else if (batch.push(line) >= batchLines) await flush()
    }
    await flush()
    // A file cut off in the middle must not look like a smaller city.
    if (announced !== count) throw new ProblemError(problem('backup-not-ours', { file }))
    await continueSequences(inside)
  })
  return { tables: header.tables.length, rows: count }
}
