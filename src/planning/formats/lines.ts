import { ProblemError } from '../../base/problems.ts'
import { planningProblem } from '../model/index.ts'

/** A text file of numbers, read line by line; a fault names its line. */
export interface Line {
  readonly number: number
  readonly text: string
  readonly cells: readonly string[]
}

/** Six sections of a row for each stop of the largest problem, and room for a matrix in short lines. */
const lineLimit = 500_000

/** Lines that hold anything, with their numbers from 1. A file of a million lines is refused before it is taken apart. */
export function listLines(text: string): Line[] {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  if (lines > lineLimit) throw new ProblemError(planningProblem('problem-too-large', { pointer: '文件行', stops: lines, limit: lineLimit }))
  return splitLines(text)
}

const splitLines = (text: string): Line[] =>
  text.split(/\r?\n/).flatMap((raw, at) => (raw.trim() === '' ? [] : [{ number: at + 1, text: raw.trim(), cells: raw.trim().split(/\s+/) }]))

export const syntax = (line: Line | undefined, reason: string): ProblemError => new ProblemError(planningProblem('plan-syntax', { line: line?.number ?? 0, value: line?.text.slice(0, 60) ?? '', reason }))

/** The cells of a line as finite numbers; at least `count` of them. */
export function readNumbers(line: Line, count: number): number[] {
  if (line.cells.length < count) throw syntax(line, `应有 ${count} 列`)
  return line.cells.map((cell) => {
    const value = Number(cell)
    if (!Number.isFinite(value)) throw syntax(line, `“${cell}”不是数`)
    return value
  })
}
