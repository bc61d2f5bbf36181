import { resolve } from 'node:path'
import { newId } from '../base/ids.ts'
import { dayOf, parsePeriod } from '../base/time.ts'
import { required, wrongUse, type Command } from './command.ts'
import { defaultWebPort } from './start.ts'
import { withCore } from './with-core.ts'

/**
 * `./lvpei report bulletin --city CODE --period 2026H1 --out DIR`: the published bulletin of the period if there is one, its
 * draft if somebody works on it, or else one composed now from values measured and recorded for it.
 */
export const report: Command = {
  name: 'report',
  summary: 'writes the half-yearly bulletin as .docx and .pdf',
  usage: 'report bulletin --city CODE --period 2026H1 --out DIR',
  options: { city: { type: 'string' }, period: { type: 'string' }, out: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    if (positionals[0] !== 'bulletin' || positionals.length > 1) throw wrongUse('report', '应为 report bulletin')
    const cityCode = required('report', values, 'city')
    const period = required('report', values, 'period')
    const outDir = resolve(required('report', values, 'out'))
    if (!parsePeriod(period)) throw wrongUse('report', `“${period}”不是报告期，应写作 2026H1`)
    const [{ renderBulletinFiles }, { composeBulletin, countsUpTo, findVersion, listBulletins }, { bulletinSource }, { measureNow }] = await Promise.all([
      import('../reports/index.ts'), import('../programme/index.ts'), import('./bulletins.ts'), import('./measuring.ts'),
    ])
    const files = await withCore(values, async (core) => {
      const { database: { db }, cities, clock, settings } = core
      const profile = cities.get(cityCode)
      const known = (await listBulletins(db, { cityCode })).find((each) => each.period === period)
      const stored = known && (await findVersion(db, { cityCode, bulletinId: known.bulletinId }))
      const now = clock()
      const asOf = countsUpTo(period, now)
      const bulletin = stored ?? {
        bulletinId: newId<'bulletin'>(now), cityCode, period, version: 1, status: 'draft' as const, asOf, recordedAt: now, authorName: '命令行', reason: null,
        document: composeBulletin(profile, period, await measureNow(core, { cityCode, period, asOf: now }, '命令行'), { date: dayOf(now), asOf }),
      }
      // What is printed must open somewhere: without a public address, where the platform of this machine listens by default.
      const baseUrl = settings.baseUrl || `http://${settings.host}:${defaultWebPort}`
      const { document, documentUrl, describeFigure } = bulletinSource(core, bulletin, baseUrl)
      return renderBulletinFiles({ document, outDir, baseName: `${profile.code}-${period}-bulletin`, baseUrl, ...(documentUrl && { documentUrl }), ...(describeFigure && { describeFigure }) })
    })
    const said = values['json'] ? JSON.stringify(files) : [files.docx, files.pdf].map((each) => `${each.path}　${Math.ceil(each.bytes / 1000)} kB`).join('\n')
    process.stdout.write(`${said}\n`)
    return 0
  },
}
