import { BuilderElement } from 'docx'
import type { XmlComponent } from 'docx'
import { fontRoles } from './font-roles.ts'
import { halfPoints, inRole, wordPage } from './docx-page.ts'
import { typeSize } from './page-geometry.ts'

const element = (name: string, attributes: Readonly<Record<string, string>> = {}, children: readonly XmlComponent[] = []): XmlComponent =>
  new BuilderElement<Record<string, string>>({
    name,
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { key: `w:${key}`, value }])),
    children: [...children],
  })

const off = (name: string) => element(name, { val: '0' })

/**
 * The Normal style, written as XML because the docx package cannot say all of it. Paragraphs do not snap to the grid:
 * where characters are a hair wider than their cell, some word processors (LibreOffice) give each two cells. Fixed
 * line pitch and character spacing put the same 22 lines of 28 characters on the page in all of them.
 */
export function normalStyle(): XmlComponent {
  const latin = fontRoles.latin.officialName
  return element('w:style', { type: 'paragraph', default: '1', styleId: 'Normal' }, [
    element('w:name', { val: 'Normal' }),
    element('w:qFormat'),
    element('w:pPr', {}, [
      // no widow control: it would leave the 22nd line of a page empty
      off('w:widowControl'),
      off('w:overflowPunct'),
      off('w:autoSpaceDE'),
      off('w:autoSpaceDN'),
      off('w:adjustRightInd'),
      off('w:snapToGrid'),
      element('w:spacing', { before: '0', after: '0', line: String(wordPage.linePitch), lineRule: 'exact' }),
      element('w:jc', { val: 'both' }),
    ]),
    element('w:rPr', {}, [
      element('w:rFonts', { ascii: latin, hAnsi: latin, cs: latin, eastAsia: fontRoles.fangsong.officialName, hint: 'eastAsia' }),
      element('w:spacing', { val: String(inRole('fangsong').characterSpacing) }),
      element('w:sz', { val: String(halfPoints(typeSize.body)) }),
      element('w:szCs', { val: String(halfPoints(typeSize.body)) }),
    ]),
  ])
}
