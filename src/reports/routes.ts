import { z } from 'zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OfficialDocument } from '../programme/index.ts'
import { notFound } from '../runtime/http.ts'
import type { Access, Routes } from '../runtime/http.ts'
import { describeFonts } from './fonts.ts'
import { renderDocx } from './render-docx.ts'
import type { RenderOptions } from './render-options.ts'
import { renderPdf } from './render-pdf.ts'

/** A bulletin as the programme keeps it, ready to be set in type. */
export interface BulletinSource extends Pick<RenderOptions, 'documentUrl' | 'describeFigure'> {
  readonly document: OfficialDocument
  /** name of the downloaded file without extension, may be Chinese */
  readonly fileName: string
}

const params = z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/u) })
const query = z.strictObject({ city: z.string().regex(/^\d{6}$/u).optional(), version: z.coerce.number().int().positive().optional() })

/** Which bulletin; without a version the current one, without a city the city of who asks. */
export type WantedBulletin = z.infer<typeof params> & z.infer<typeof query>

export interface ReportRoutesNeeds {
  /** undefined when there is no such bulletin or this person may not see it */
  readonly findBulletin: (wanted: WantedBulletin, request: FastifyRequest) => Promise<BulletinSource | undefined>
  /** public address of the web, for 依据 links and QR codes */
  readonly baseUrl: string
  /** who may fetch documents */
  readonly access: Access
}

const formats = {
  pdf: { mediaType: 'application/pdf', render: renderPdf, disposition: 'inline' },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', render: renderDocx, disposition: 'attachment' },
} as const

/**
 * `GET /api/v1/bulletins/{id}.pdf` and `.docx`: the document set in type. `GET /api/v1/documents/fonts`: which
 * official fonts the PDF replaces on this machine.
 */
export function reportRoutes({ findBulletin, baseUrl, access }: ReportRoutesNeeds): Routes {
  return async (app) => {
    for (const [extension, format] of Object.entries(formats)) {
      const schema = { tags: ['bulletins'], summary: `公文（${extension}），按 GB/T 9704-2012 排版`, params, querystring: query }
      app.get(`/api/v1/bulletins/:id(^[\\w-]+).${extension}`, { config: { access }, schema }, async (request, reply) => {
        const wanted: WantedBulletin = { ...(request.params as z.infer<typeof params>), ...request.query }
        const bulletin = await findBulletin(wanted, request)
        if (!bulletin) throw notFound(`公文 ${wanted.id}`)
        const { document, fileName, ...more } = bulletin
        const bytes = await format.render(document, { baseUrl, ...more })
        return sendFile(reply, { bytes, mediaType: format.mediaType, disposition: format.disposition, fileName: `${fileName}.${extension}` })
      })
    }
    app.get('/api/v1/documents/fonts', { config: { access }, schema: { tags: ['bulletins'], summary: 'PDF 中的字体替代情况' } }, () => describeFonts())
  }
}

function sendFile(reply: FastifyReply, file: { bytes: Uint8Array; mediaType: string; disposition: 'inline' | 'attachment'; fileName: string }): FastifyReply {
  return reply
    .type(file.mediaType)
    .header('content-disposition', `${file.disposition}; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
    .send(Buffer.from(file.bytes))
}
