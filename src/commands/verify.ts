import { resolve } from 'node:path'
import { systemClock } from '../runtime/clock.ts'
import { lockDataDirectory } from '../runtime/instance-lock.ts'
import { createLog } from '../runtime/log.ts'
import { readSettings } from '../runtime/settings.ts'
import { wrongUse, type Command } from './command.ts'
import type { Core } from './platform.ts'

interface Finding {
  readonly ok: boolean
  readonly json: unknown
  /** one line for a person */
  readonly text: string
}

/** What can be verified, by the word after `verify`. */
const subjects: Readonly<Record<string, (core: Core) => Promise<Finding>>> = {
  /** the audit chain against itself, its seal, its anchors, and the anchors kept beside the database */
  async audit({ database, settings }) {
    const { anchorFile, breakReasons, readAnchors, verifyAudit } = await import('../accounts/index.ts')
    const verdict = await verifyAudit(database.db, readAnchors(anchorFile(settings.dataDirectory)))
    const { ok, entries, anchorsChecked, firstBroken } = verdict
    const held = `前 ${entries} 条完好，已核对 ${anchorsChecked} 个锚点`
    return { ok, json: verdict, text: firstBroken ? `审计链在第 ${firstBroken.seq} 条断开：${breakReasons[firstBroken.reason]}（${held}）` : `审计链完好：共 ${entries} 条，已核对 ${anchorsChecked} 个锚点，末尾 ${verdict.hash}` }
  },
}

/** `./lvpei verify audit`: exit 1 when it does not hold. */
export const verify: Command = {
  name: 'verify',
  summary: 'recomputes the audit chain; says where it breaks',
  usage: `verify ${Object.keys(subjects).join('|')} [--data DIR] [--json]`,
  options: { data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const subject = subjects[positionals[0] ?? '']
    if (!subject || positionals.length > 1) throw wrongUse('verify', `应为 verify ${Object.keys(subjects).join('|')}`)
    const settings = { ...readSettings(), ...(typeof values['data'] === 'string' && { dataDirectory: resolve(values['data']) }) }
    // The embedded database serves one process; a database of one's own may go on working meanwhile.
    const unlock = settings.databaseUrl === '' ? lockDataDirectory(settings.dataDirectory) : () => undefined
    try {
      const { openCore } = await import('./platform.ts')
      const core = await openCore({ settings, clock: systemClock, log: createLog(settings.logLevel) })
      try {
        const { ok, json, text } = await subject(core)
        process.stdout.write(`${values['json'] ? JSON.stringify(json) : text}\n`)
        return ok ? 0 : 1
      } finally {
        await core.database.close()
      }
    } finally {
      unlock()
    }
  },
}
