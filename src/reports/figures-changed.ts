import type { Problem } from '../base/problems.ts'
import type { Block, OfficialDocument, Run } from '../programme/index.ts'
import { figureWording, isFigure, listFigures, plainText } from './derive-figures.ts'
import type { PlacedFigure } from './derive-figures.ts'
import { reportProblem } from './problems.ts'

const wordingOf = (placed: PlacedFigure): string => placed.figure.text + placed.figure.unit
const sameFigure = (one: PlacedFigure, other: PlacedFigure): boolean =>
  one.figure.text === other.figure.text && one.figure.unit === other.figure.unit && one.figure.indicatorCode === other.figure.indicatorCode

const groupByValue = (document: OfficialDocument): Map<string, PlacedFigure[]> => Map.groupBy(listFigures(document), (each) => each.figure.valueId)

/**
 * Text is free, numbers are not: a problem for every figure the edit removed, altered or invented.
 * Moving a figure, or naming one of the original figures a second time, is allowed.
 * @returns problems with `valueId`, `blockId`, `wording`; empty when the edit may be saved
 */
export function checkFiguresUnchanged(original: OfficialDocument, edited: OfficialDocument): Problem[] {
  const before = groupByValue(original)
  const after = groupByValue(edited)
  const problems: Problem[] = []
  for (const [valueId, originals] of before) {
    const now = after.get(valueId) ?? []
    const model = originals[0]!
    for (const placed of now.filter((each) => !originals.some((known) => sameFigure(known, each)))) {
      problems.push(reportProblem('figure-altered', { ...particulars(placed), wording: wordingOf(model), editedWording: wordingOf(placed) }))
    }
    for (const lost of originals.slice(now.length)) problems.push(reportProblem('figure-removed', { ...particulars(lost), valueId }))
  }
  for (const [valueId, invented] of after) {
    if (before.has(valueId)) continue
    for (const placed of invented) problems.push(reportProblem('figure-invented', { ...particulars(placed), valueId }))
  }
  return problems
}

const particulars = (placed: PlacedFigure) => ({
  valueId: placed.figure.valueId,
  indicatorCode: placed.figure.indicatorCode,
  blockId: placed.blockId,
  wording: wordingOf(placed),
})

/** A verdict about the text of a document; it does not stop saving. */
export interface TypedNumberFinding {
  readonly code: 'digit-touches-figure' | 'number-typed-as-text'
  readonly severity: 'high' | 'low'
  readonly blockId: string
  /** one Chinese sentence */
  readonly message: string
}

/** Arabic and full-width digits; Chinese numerals are left alone, they number headings and count things in prose. */
const digit = '0-9０-９'
const endsInDigit = new RegExp(`[${digit}.．,，]?[${digit}]+$`, 'u')
const beginsWithDigit = new RegExp(`^[.．]?[${digit}]`, 'u')

/**
 * Finds numbers typed by hand where bound figures belong: a digit that touches a figure and so changes how it
 * reads (`1` + `82个`), and a number in free text followed by the unit of a figure of the same document (`85个`).
 * @param original as composed; what it says already (targets quoted from the plan) is no finding
 */
export function findTypedNumbers(document: OfficialDocument, original?: OfficialDocument): TypedNumberFinding[] {
  const known = new Set((original ? listTypedNumbers(original) : []).map(({ blockId, message }) => `${blockId} ${message}`))
  return listTypedNumbers(document).filter(({ blockId, message }) => !known.has(`${blockId} ${message}`))
}

function listTypedNumbers(document: OfficialDocument): TypedNumberFinding[] {
  const units = new Set(listFigures(document).map((each) => each.figure.unit).filter((unit) => unit !== ''))
  return document.blocks.flatMap((block) => {
    const rows = block.kind === 'table' ? block.rows.flat() : [block.runs]
    return rows.flatMap((runs) => [...findTouching(block, runs), ...findWithUnit(block, runs, units)])
  })
}

function findTouching(block: Block, runs: readonly Run[]): TypedNumberFinding[] {
  return runs.flatMap((run, index): TypedNumberFinding[] => {
    if (!isFigure(run)) return []
    const [before, after] = [runs[index - 1], runs[index + 1]]
    const left = before !== undefined && !isFigure(before) && endsInDigit.test(before.text)
    const right = after !== undefined && !isFigure(after) && beginsWithDigit.test(after.text)
    if (!left && !right) return []
    const reads = plainText(runs.slice(Math.max(0, index - 1), index + 2)).trim()
    const message = `数字“${figureWording(run)}”旁紧接着手工输入的数字，读起来成了“${reads}”，请核对`
    return [{ code: 'digit-touches-figure', severity: 'high', blockId: block.id, message }]
  })
}

function findWithUnit(block: Block, runs: readonly Run[], units: ReadonlySet<string>): TypedNumberFinding[] {
  const pattern = new RegExp(`[${digit}][${digit}.．,]*\\s*(?:${[...units].map(escape).join('|')})`, 'gu')
  if (units.size === 0) return []
  return runs.flatMap((run) =>
    isFigure(run)
      ? []
      : [...run.text.matchAll(pattern)].map((match): TypedNumberFinding => ({
          code: 'number-typed-as-text',
          severity: 'low',
          blockId: block.id,
          message: `“${match[0]}”是手工输入的数字，没有依据；如是指标数字，请改为从指标中插入`,
        })),
  )
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')
