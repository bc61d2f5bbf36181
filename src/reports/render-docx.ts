import { AlignmentType, Document, Packer } from 'docx'
import type { IParagraphStyleOptions } from 'docx'
import type { OfficialDocument } from '../programme/index.ts'
import { composeBlocks, firstLineIndent } from './docx-blocks.ts'
import { composeAttachments, composeHead, composeImprint, composeSignature } from './docx-frame.ts'
import { runComposer } from './docx-figure.ts'
import { normalStyle } from './docx-normal-style.ts'
import { inRole, onGrid, sectionFrame } from './docx-page.ts'
import { deriveWords } from './derive-typeset.ts'
import type { FontRole } from './font-roles.ts'
import { typeSize } from './page-geometry.ts'
import type { RenderOptions } from './render-options.ts'

const bodyParagraph = { alignment: AlignmentType.BOTH, indent: firstLineIndent, spacing: onGrid } as const

const style = (id: string, name: string, role: FontRole, more: Partial<IParagraphStyleOptions> = {}): IParagraphStyleOptions => ({
  id,
  name,
  basedOn: 'Normal',
  quickFormat: true,
  run: inRole(role),
  paragraph: bodyParagraph,
  ...more,
})

/** Named styles, so that who edits the text finds them in Word's gallery. */
const paragraphStyles: readonly IParagraphStyleOptions[] = [
  style('official-title', '公文标题', 'xiaobiaosong', { run: inRole('xiaobiaosong', typeSize.title), paragraph: { alignment: AlignmentType.CENTER, spacing: onGrid } }),
  style('official-body', '公文正文', 'fangsong'),
  style('official-heading-1', '公文一级标题', 'heiti', { paragraph: { ...bodyParagraph, outlineLevel: 0 } }),
  style('official-heading-2', '公文二级标题', 'kaiti', { paragraph: { ...bodyParagraph, outlineLevel: 1 } }),
  style('official-heading-3', '公文三级标题', 'fangsong', { paragraph: { ...bodyParagraph, outlineLevel: 2 } }),
]

/**
 * Sets an official document as a Word file by GB/T 9704-2012: the page grid, the official fonts by name, every figure
 * a locked content control (tag = value id) linked to its evidence; all other text can be edited.
 */
export async function renderDocx(document: OfficialDocument, options: RenderOptions): Promise<Uint8Array> {
  const words = deriveWords(document)
  const compose = runComposer(options.baseUrl)
  const file = new Document({
    title: document.title,
    creator: document.issuer,
    lastModifiedBy: document.issuer,
    subject: document.documentNumber,
    description: '按 GB/T 9704-2012 排版；数字与指标值绑定，不可修改，点击可查依据',
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { ...inRole('fangsong'), language: { value: 'zh-CN', eastAsia: 'zh-CN' } } } }, paragraphStyles: [...paragraphStyles], importedStyles: [normalStyle()] },
    sections: [
      {
        ...sectionFrame(document.draftMark),
        children: [
          ...composeHead(document, words),
          ...composeBlocks(document.blocks, compose),
          ...composeAttachments(document.attachments),
          ...composeSignature(document, words),
          ...composeImprint(document, words),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(file))
}
