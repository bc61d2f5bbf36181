import { BuilderElement, ExternalHyperlink, TextRun } from 'docx'
import type { IRunOptions, ParagraphChild } from 'docx'
import type { FigureRun, Run } from '../programme/index.ts'
import { factUrl, figureWording, isFigure } from './derive-figures.ts'

/** Word counts content controls by a positive 31-bit id; ours are stable for a document. */
const largestControlId = 2 ** 31 - 2

const value = (name: string, val: string) => new BuilderElement<{ val: string }>({ name, attributes: { val: { key: 'w:val', value: val } } })

/** A stable id out of the value and its place, so that the same document gives the same file. */
function controlId(valueId: string, ordinal: number): string {
  let hash = 2166136261
  for (const character of `${valueId}#${ordinal}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 16777619) >>> 0
  return String((hash % largestControlId) + 1)
}

/**
 * A figure as a locked content control inside a link to its evidence: Word shows indicator and lock,
 * and lets nobody edit or delete it. `tag` is the value id, so that an edited file can be read back.
 */
export function figureControl(run: FigureRun, place: { readonly baseUrl: string; readonly ordinal: number; readonly style: IRunOptions }): ParagraphChild {
  const { valueId, indicatorCode } = run.figure
  const properties = new BuilderElement({
    name: 'w:sdtPr',
    children: [
      value('w:alias', `依据 ${indicatorCode}`),
      value('w:tag', valueId),
      value('w:id', controlId(valueId, place.ordinal)),
      value('w:lock', 'sdtContentLocked'),
    ],
  })
  const content = new BuilderElement({ name: 'w:sdtContent', children: [new TextRun({ ...place.style, text: figureWording(run) })] })
  const control = new BuilderElement({ name: 'w:sdt', children: [properties, content] })
  // docx types know no inline content control; it is an XmlComponent like the runs they list
  return new ExternalHyperlink({ link: factUrl(place.baseUrl, valueId), children: [control as unknown as ParagraphChild] })
}

/** Turns runs into Word runs; one composer a document, because it numbers the controls. */
export function runComposer(baseUrl: string): (runs: readonly Run[], style?: IRunOptions) => ParagraphChild[] {
  let ordinal = 0
  return (runs, style = {}) =>
    runs.map((run) => (isFigure(run) ? figureControl(run, { baseUrl, ordinal: ordinal++, style }) : new TextRun({ ...style, text: run.text })))
}
