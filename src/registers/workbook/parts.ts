import { attribute, scanXml } from './xml.ts'
import { unpackedText, wholeText, type ZipEntry } from './zip.ts'

/** A copy of its own: a text cut out of a piece of file keeps the whole piece in memory. V8 cuts only from 13 signs on. */
export const detached = (text: string): string => (text.length > 12 ? Buffer.from(text, 'utf8').toString('utf8') : text)

/** Excel writes control signs as `_x000D_`; a literal of that form is written `_x005F_x000D_`. */
export const unescapeControls = (text: string): string => (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text)

/** The table of shared strings; rich text becomes its plain text, phonetic readings are left out. */
export async function readSharedStrings(entry: ZipEntry | undefined): Promise<string[]> {
  const strings: string[] = []
  if (!entry) return strings
  let text = ''
  let inText = false
  let inPhonetic = false
  const scanner = scanXml({
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = !inPhonetic
      else if (name === 'rPh') inPhonetic = true
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') strings.push(detached(unescapeControls(text)))
    },
    text(piece) {
      if (inText) text += piece
    },
  })
  for await (const piece of unpackedText(entry, 256 * 2 ** 20)) scanner.write(piece)
  scanner.end()
  return strings
}

/** Built-in number formats that show a date (ECMA-376 part 1, 18.8.30, with the East Asian ones). */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/** Does a custom format show a day: y, m or d outside quotes, brackets and escapes, and not only a time. */
const showsDay = (format: string): boolean => /[yd]|m.*[yd]|年|月|日/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, (part) => (/年|月|日/.test(part) ? part : '')))

/** For each cell style whether its numbers are dates. */
export async function readDateStyles(entry: ZipEntry | undefined): Promise<boolean[]> {
  const isDate: boolean[] = []
  if (!entry) return isDate
  const custom = new Map<number, boolean>()
  let inCellStyles = false
  const scanner = scanXml({
    open(name, attributes) {
      if (name === 'numFmt') custom.set(Number(attribute(attributes, 'numFmtId')), showsDay(attribute(attributes, 'formatCode') ?? ''))
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        isDate.push(custom.get(id) ?? builtInDates.has(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false
    },
    text() {},
  })
  scanner.write(await wholeText(entry))
  scanner.end()
  return isDate
}
