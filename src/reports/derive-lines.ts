import { pageGeometry, typeSize, widthInCharacters } from './page-geometry.ts'

/** A line must not begin with these: closing marks and words that belong to what stands before them. */
const clingsToPrevious = /^[，。、；：？！）》〉」』”’…%％的了等]/u
/** A line must not end with these: they open what follows. */
const clingsToNext = /[（《〈「『“‘于和与及]$/u

/** Compounds the word breaker takes apart and a title must not. */
const compounds = ['示范工程', '领导小组', '办公室', '人民政府', '交通运输', '绿色货运', '货运配送', '进展情况', '实施方案']

interface Cut {
  readonly cost: number
  readonly lines: readonly string[]
}

/**
 * Splits a title or a red head into as few lines as fit, at word ends and as even as possible
 * (GB/T 9704-2012 §7.3.1: 词意完整、排列对称、长短适宜).
 * @param maxWidth in characters
 * @returns one or more lines; a single word wider than a line stays whole
 */
export function deriveBalancedLines(text: string, maxWidth: number): string[] {
  const total = widthInCharacters(text)
  if (total <= maxWidth) return [text]
  const words = joinClinging([...new Intl.Segmenter('zh-Hans', { granularity: 'word' }).segment(text)].map((each) => each.segment))
  const lineCount = Math.ceil(total / maxWidth)
  for (let count = lineCount; count <= lineCount + 1; count++) {
    const best = cut(words, count, { maxWidth, target: total / count })
    if (best) return [...best.lines]
  }
  return greedy(words, maxWidth)
}

/** Glues words together where a line break between them would read badly; a year keeps its 年. */
function joinClinging(words: readonly string[]): string[] {
  const joined: string[] = []
  for (const word of words) {
    const previous = joined.at(-1)
    const isCompound = compounds.some((each) => previous?.endsWith(each.slice(0, -word.length)) && each.endsWith(word))
    const together = previous !== undefined && (isCompound || clingsToPrevious.test(word) || clingsToNext.test(previous) || /\d$/u.test(previous))
    if (together) joined[joined.length - 1] = previous + word
    else joined.push(word)
  }
  return joined
}

/** The cheapest way to set words in exactly `count` lines, by squared distance from the even width; undefined when impossible. */
function cut(words: readonly string[], count: number, width: { maxWidth: number; target: number }): Cut | undefined {
  if (words.length < count) return undefined
  const costOf = (line: string) => {
    const size = widthInCharacters(line)
    return size > width.maxWidth ? Infinity : (size - width.target) ** 2
  }
  if (count === 1) {
    const line = words.join('')
    const cost = costOf(line)
    return cost === Infinity ? undefined : { cost, lines: [line] }
  }
  let best: Cut | undefined
  for (let index = 1; index <= words.length - count + 1; index++) {
    const line = words.slice(0, index).join('')
    const cost = costOf(line)
    if (cost === Infinity) break
    const rest = cut(words.slice(index), count - 1, width)
    if (rest && (!best || cost + rest.cost < best.cost)) best = { cost: cost + rest.cost, lines: [line, ...rest.lines] }
  }
  return best
}

function greedy(words: readonly string[], maxWidth: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && widthInCharacters(last + word) <= maxWidth) lines[lines.length - 1] = last + word
    else lines.push(word)
  }
  return lines
}

/** The title in 2号: at most one character less than the type area holds, so that the lines keep air. */
export const deriveTitleLines = (title: string): string[] =>
  deriveBalancedLines(title, Math.floor(pageGeometry.typeAreaWidthPoints / typeSize.title) - 1)

/** Red head as lines of one size; characters are condensed, as printed heads are, before they get small. */
export interface RedHead {
  readonly lines: readonly string[]
  readonly sizePoints: number
  /** horizontal scale, 1 = not condensed */
  readonly scale: number
}

const headSizePoints = { oneLine: 48, twoLines: 34 }
const narrowestScale = 0.66
const widestOneLine = 16

/** Sets `headText` in one line while that stays imposing, else in two or more even lines. */
export function deriveRedHead(headText: string): RedHead {
  const lines = deriveBalancedLines(headText, widestOneLine)
  const widest = Math.max(...lines.map(widthInCharacters))
  const wanted = lines.length === 1 ? headSizePoints.oneLine : headSizePoints.twoLines
  const room = pageGeometry.typeAreaWidthPoints * 0.98
  const scale = Math.min(1, Math.max(narrowestScale, room / (wanted * widest)))
  const sizePoints = Math.floor(Math.min(wanted, room / (widest * scale)))
  return { lines, sizePoints, scale: Math.floor(scale * 100) / 100 }
}
