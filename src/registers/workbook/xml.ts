import { damaged } from './zip.ts'

/** What a scanner reports. Names come without prefix; attributes stay raw until `attribute` asks for one. */
export interface XmlHandlers {
  open(name: string, attributes: string): void
  close(name: string): void
  /** character data, entities resolved; may come in several calls */
  text(text: string): void
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Resolves the five named and the numeric entities; anything else stays as written. `_x000D_` is Excel's spelling of a control sign. */
export const resolveEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
        if (name !== undefined) return named[name] ?? whole
        const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
      })
    : text

/** Value of an attribute by its name with prefix, e.g. `r:id`. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = -1
  for (;;) {
    at = attributes.indexOf(name, at + 1)
    if (at < 0) return undefined
    const before = at === 0 ? ' ' : attributes[at - 1]!
    if (before !== ' ' && before !== '\n' && before !== '\t' && before !== '\r') continue
    const valueAt = at + name.length + 2
    if (attributes.charCodeAt(valueAt - 2) === 61 && attributes.charCodeAt(valueAt - 1) === 34) return resolveEntities(attributes.slice(valueAt, attributes.indexOf('"', valueAt)))
    const match = /^\s*=\s*("([^"]*)"|'([^']*)')/.exec(attributes.slice(at + name.length))
    if (match) return resolveEntities(match[2] ?? match[3] ?? '')
  }
}

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** End of the tag beginning at `from`: the first `>` outside quotes; -1 when it has not arrived yet. */
function tagEnd(text: string, from: number): number {
  let quote = 0
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (quote !== 0) quote = code === quote ? 0 : quote
    else if (code === 62) return at
    else if (code === 34 || code === 39) quote = code
  }
  return -1
}

/**
 * A scanner for the XML inside workbooks: elements, text, CDATA, comments. A document type declaration is refused, so there
 * are no external entities and no expansion. Feed pieces with `write`, then `end`.
 */
export function scanXml(handlers: XmlHandlers): { write(piece: string): void; end(): void } {
  let rest = ''
  let depth = 0
  const element = (tag: string): void => {
    if (tag.charCodeAt(0) === 47) {
      depth -= 1
      if (depth < 0) throw damaged('XML 标记不配对')
      const colon = tag.indexOf(':')
      handlers.close((colon < 0 ? tag.slice(1) : tag.slice(colon + 1)).trimEnd())
      return
    }
    const isEmpty = tag.charCodeAt(tag.length - 1) === 47
    let nameEnd = 0
    while (nameEnd < tag.length && !isBlank(tag.charCodeAt(nameEnd)) && tag.charCodeAt(nameEnd) !== 47) nameEnd += 1
    const colon = tag.lastIndexOf(':', nameEnd)
    const name = tag.slice(colon >= 0 && colon < nameEnd ? colon + 1 : 0, nameEnd)
    if (name === '') throw damaged('XML 标记没有名称')
    handlers.open(name, tag.slice(nameEnd, isEmpty ? tag.length - 1 : tag.length))
    if (isEmpty) handlers.close(name)
    else depth += 1
  }
  /** Consumes one piece of markup at `at`; returns where it ends, or -1 when it is not complete. */
  const markup = (text: string, at: number): number => {
    const next = text.charCodeAt(at + 1)
    if (next === 33) {
      if (text.startsWith('<!--', at)) return after(text, '-->', at + 4)
      if (text.startsWith('<![CDATA[', at)) {
        const end = text.indexOf(']]>', at + 9)
        if (end >= 0) handlers.text(text.slice(at + 9, end))
        return end < 0 ? -1 : end + 3
      }
      if (text.length - at < 9) return -1
      throw damaged('XML 含文档类型声明，出于安全考虑不予读取')
    }
    if (next === 63) return after(text, '?>', at + 2)
    const end = tagEnd(text, at + 1)
    if (end < 0) return -1
    element(text.slice(at + 1, end))
    return end + 1
  }
  return {
    write(piece) {
      const text = rest + piece
      let at = 0
      for (;;) {
        const open = text.indexOf('<', at)
        if (open < 0) break
        if (open > at) handlers.text(resolveEntities(text.slice(at, open)))
        const end = open + 1 < text.length ? markup(text, open) : -1
        if (end < 0) {
          at = open
          break
        }
        at = end
      }
      rest = text.slice(at)
      if (rest.length > 64 * 2 ** 20) throw damaged('XML 中有一个部件过长')
    },
    end() {
      if (depth !== 0 || rest.trim() !== '') throw damaged('XML 没有写完')
    },
  }
}

const after = (text: string, mark: string, from: number): number => {
  const end = text.indexOf(mark, from)
  return end < 0 ? -1 : end + mark.length
}
