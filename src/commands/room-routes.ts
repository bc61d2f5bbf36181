import { join } from 'node:path'
import { recordAudit, type Actor } from '../accounts/index.ts'
import { halfYearOf } from '../base/time.ts'
import { isId } from '../base/ids.ts'
import { accessRoutes, type AccessDeps } from '../city/access/index.ts'
import { journeysRoutes } from '../city/journeys/index.ts'
import { networkRoutes } from '../city/network/index.ts'
import type { FrameRow } from '../events/index.ts'
import { decodeGb32960Line, decodeJt808Line } from '../gateways/index.ts'
import { indicatorRoutes } from '../indicators/index.ts'
import { portalRoutes } from '../portal/index.ts'
import { findVersion, listBulletins, programmeRoutes, type BulletinId } from '../programme/index.ts'
import { divisionsOf, registerRoutes } from '../registers/index.ts'
import { checkFiguresUnchanged, renderPdf, reportRoutes } from '../reports/index.ts'
import { notFound, type Routes } from '../runtime/http.ts'
import { z } from 'zod'
import { createAccess } from './access.ts'
import { bulletinSource, findReadable, type DocumentCore } from './bulletins.ts'
import { findValues, measureNow } from './measuring.ts'
import type { Core } from './core.ts'
import { allRegisters } from './registers.ts'

const decoders = { jt808: decodeJt808Line, gb32960: decodeGb32960Line }

/** A stored frame in words. */
export const decodeFrame = ({ protocol, bytes }: Pick<FrameRow, 'protocol' | 'bytes'>): unknown => decoders[protocol](bytes.toString('hex'))

const worldOf = (directory: string | undefined): string | undefined => directory && join(directory, 'world')

/** Every room's routes, handed what they need. A new room is a line here. */
export function roomRoutes(core: Core, access: AccessDeps = createAccess(core)): readonly Routes[] {
  const { database: { db }, clock, cities, vehicles } = core
  const audit = async (actor: Actor, action: string, detail: Readonly<Record<string, unknown>>): Promise<void> => {
    await recordAudit(db, { actor, action, object: String(detail['object'] ?? action), detail })
  }
  return [
    registerRoutes({ db, clock, registers: allRegisters, divisions: (code) => divisionsOf(cities.get(code)), audit }),
    journeysRoutes({ db, clock, vehicles, decode: decodeFrame, defaultCity: cities.standard.code }),
    networkRoutes({ worldDirectoryOf: (code) => worldOf(cities.directoryOf(code)), defaultCity: cities.standard.code }),
    accessRoutes(access),
    indicatorRoutes({ db, clock, cities, audit }),
    programmeRoutes({ db, clock, profiles: cities.profiles, findValues: (question) => findValues(core, question), measure: (question) => measureNow(core, question, '通报起草'), checkFigures: checkFiguresUnchanged }),
    documentRoutes(core),
    portalRoutes({
      db, clock, profiles: cities.profiles, defaultCity: cities.standard.code, periodAt: halfYearOf,
      findValues: (question) => findValues(core, question),
      listPublished: async (cityCode) => (await listBulletins(db, { cityCode, publishedOnly: true })).map(({ bulletinId, title, documentNumber, recordedAt }) => ({ id: bulletinId, title, number: documentNumber, date: new Date(recordedAt).toISOString().slice(0, 10) })),
    }),
    publishedDocumentRoutes(core),
    demoRoutes(core),
  ]
}

/** Bulletins set in type for the people of their city. */
export const documentRoutes = (core: DocumentCore): Routes =>
  reportRoutes({
    baseUrl: core.settings.baseUrl,
    access: 'programme:read',
    findBulletin: async (wanted, { actor }) => {
      const bulletin = isId(wanted.id) ? await findReadable(core, actor, wanted) : undefined
      return bulletin && bulletinSource(core, bulletin, core.settings.baseUrl)
    },
  })

/** Published bulletins as PDF for everybody; a draft does not exist for the public. */
export function publishedDocumentRoutes(core: DocumentCore): Routes {
  const { database: { db }, cities, settings } = core
  return async (app) => {
    const params = z.strictObject({ file: z.string().regex(/^[0-9a-f-]{36}\.pdf$/) })
    const querystring = z.strictObject({ city: z.string().regex(/^\d{6}$/).optional() })
    app.get('/api/v1/portal/documents/:file', { config: { access: 'public' }, schema: { tags: ['portal'], summary: '已发布的公文（PDF）', params, querystring } }, async (request, reply) => {
      const bulletinId = request.params.file.slice(0, 36) as BulletinId
      const bulletin = await findVersion(db, { cityCode: request.query.city ?? cities.standard.code, bulletinId, publishedOnly: true })
      if (!bulletin) throw notFound('该文件')
      const { document, fileName, ...more } = bulletinSource(core, bulletin, settings.baseUrl)
      const bytes = await renderPdf(document, { baseUrl: settings.baseUrl, ...more })
      return reply.type('application/pdf').header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${fileName}.pdf`)}`).send(Buffer.from(bytes))
    })
  }
}

/** Whether this is the made-up city, and how far its simulated history is laid down. */
export function demoRoutes({ cities, demo }: Pick<Core, 'cities' | 'demo'>): Routes {
  return async (app) => {
    app.get('/api/v1/demo', { config: { access: 'public' }, schema: { tags: ['portal'], summary: '演示城市与模拟车队的进度' } }, async () => ({ madeUp: cities.standard.document.status === 'made-up', progress: demo.progress }))
  }
}
