import { z } from 'zod'
import type { OfficialDocument } from './document-model.ts'

const textRun = z.strictObject({ text: z.string().max(5000) })
const figureRun = z.strictObject({ figure: z.strictObject({ valueId: z.string().max(64), indicatorCode: z.string().max(32), text: z.string().max(64), unit: z.string().max(16) }) })
const runs = z.array(z.union([textRun, figureRun])).max(200)

const block = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), level: z.union([z.literal(1), z.literal(2), z.literal(3)]), id: z.string().max(64), runs }),
  z.strictObject({ kind: z.literal('paragraph'), id: z.string().max(64), runs }),
  z.strictObject({
    kind: z.literal('table'),
    id: z.string().max(64),
    caption: z.string().max(200),
    columns: z.array(z.strictObject({ title: z.string(), width: z.number(), align: z.enum(['left', 'center', 'right']) })),
    rows: z.array(z.array(runs)),
  }),
])

const line = z.string().max(200)

/** The document on the wire; `document-model.ts` says what each part is. */
export const officialDocument = z.strictObject({
  issuer: line,
  headText: line,
  documentNumber: line,
  signer: line.nullable(),
  title: line,
  recipients: z.array(line).max(50),
  blocks: z.array(block),
  attachments: z.array(line).max(50),
  signature: line,
  date: z.iso.date(),
  copyTo: z.array(line).max(50),
  printedBy: line,
  printedOn: z.iso.date(),
  draftMark: z.string().nullable(),
}) satisfies z.ZodType<OfficialDocument>

/** What an editor may send: the lines around the body, and new runs for paragraphs and headings by block id. */
export const documentEdit = z.strictObject({
  title: line.min(1).optional(),
  documentNumber: line.optional(),
  signer: line.nullable().optional(),
  recipients: z.array(line.min(1)).max(50).optional(),
  attachments: z.array(line.min(1)).max(50).optional(),
  signature: line.optional(),
  date: z.iso.date().optional(),
  copyTo: z.array(line.min(1)).max(50).optional(),
  printedBy: line.optional(),
  printedOn: z.iso.date().optional(),
  blocks: z.array(z.strictObject({ id: z.string(), runs })).max(500).optional(),
  /** why a published bulletin is corrected */
  reason: z.string().min(1).max(500).optional(),
})
export type DocumentEdit = z.infer<typeof documentEdit>
