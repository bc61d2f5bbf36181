import { wrongUse, type Command } from './command.ts'
import type { Core } from './core.ts'
import { withCore } from './with-core.ts'

interface Finding {
  readonly ok: boolean
  readonly json: unknown
  /** for a person */
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
  /** every recorded indicator value from its rows */
  async lineage({ database }) {
    const { verifyLineageCommand } = await import('../indicators/index.ts')
    return verifyLineageCommand(database.db)
  },
}

/** `./lvpei verify audit|lineage`: exit 1 when it does not hold. */
export const verify: Command = {
  name: 'verify',
  summary: 'recomputes the audit chain, or every recorded figure from its rows; says where it breaks',
  usage: `verify ${Object.keys(subjects).join('|')} [--data DIR] [--json]`,
  options: { data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const subject = subjects[positionals[0] ?? '']
    if (!subject || positionals.length > 1) throw wrongUse('verify', `应为 verify ${Object.keys(subjects).join('|')}`)
    const { ok, json, text } = await withCore(values, subject)
    process.stdout.write(`${values['json'] ? JSON.stringify(json) : text}\n`)
    return ok ? 0 : 1
  },
}
