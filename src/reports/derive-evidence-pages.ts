import QRCode from 'qrcode'
import type { OfficialDocument } from '../programme/index.ts'
import { deriveEvidence, factUrl } from './derive-figures.ts'
import type { RenderOptions } from './render-options.ts'

/** Above this a page of codes per figure serves nobody: one code a section, when the document has an address. */
const mostFigureCodes = 24

const qrSvg = (url: string): Promise<string> => QRCode.toString(url, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' })

/** Where to break a printed id: after the hyphen nearest the middle, else in the middle. */
function halfway(id: string): number {
  const middle = Math.ceil(id.length / 2)
  const hyphen = id.lastIndexOf('-', middle)
  return hyphen > middle / 2 ? hyphen + 1 : middle
}

/**
 * The 附页 that takes the 依据 links into print: a card with QR code for each figure, or — with more than 24 figures
 * and a `documentUrl` — a list for each section under one code.
 * @returns null when the document has no figures
 */
export async function deriveEvidencePages(document: OfficialDocument, { baseUrl, documentUrl, describeFigure }: RenderOptions) {
  const sections = deriveEvidence(document)
  const figures = sections.flatMap((section) => section.figures)
  if (figures.length === 0) return null
  const bySection = figures.length > mostFigureCodes && documentUrl !== undefined
  const describe = (valueId: string) => describeFigure?.(valueId)
  const typeset = sections.map(async (section) => ({
    heading: section.heading || '正文',
    qr: bySection ? await qrSvg(section.headingId === null ? documentUrl : `${documentUrl}#${section.headingId}`) : null,
    figures: await Promise.all(
      section.figures.map(async (figure) => ({
        number: figure.number,
        wording: figure.text + figure.unit,
        indicatorCode: figure.indicatorCode,
        valueId: figure.valueId,
        idBreak: halfway(figure.valueId),
        name: describe(figure.valueId)?.name ?? null,
        asOf: describe(figure.valueId)?.asOf ?? null,
        url: factUrl(baseUrl, figure.valueId),
        qr: bySection ? null : await qrSvg(factUrl(baseUrl, figure.valueId)),
      })),
    ),
  }))
  return {
    by: bySection ? 'section' : 'figure',
    dated: figures.some((figure) => describe(figure.valueId)?.asOf !== undefined),
    factsUrl: factUrl(baseUrl, ''),
    sections: await Promise.all(typeset),
  }
}
