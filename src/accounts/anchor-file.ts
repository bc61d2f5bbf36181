import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { ProblemError } from '../base/problems.ts'
import type { Anchor } from './derive-audit.ts'
import { accountsProblem } from './problems.ts'

/**
 * Anchors outside the database, one JSON line a day, so that somebody with power over the database alone cannot rewrite the
 * chain unseen. Copy the file, or the line, to where the machine's owner cannot reach: then they cannot either.
 */
export const anchorFile = (dataDirectory: string): string => join(dataDirectory, 'audit-anchors.jsonl')

const anchorShape = z.strictObject({ day: z.iso.date(), entries: z.int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) })

/** Anchors of the file in its order; none when there is no file. Throws `anchor-line-invalid` for a line that is no anchor. */
export function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseAnchor(line, { file, line: index + 1 })]))
}

function parseAnchor(text: string, place: { file: string; line: number }): Anchor {
  try {
    return anchorShape.parse(JSON.parse(text))
  } catch {
    throw new ProblemError(accountsProblem('anchor-line-invalid', place))
  }
}

/** Adds a day's anchor unless the file has that day. */
export function keepAnchor(file: string, { day, entries, hash }: Anchor): void {
  if (readAnchors(file).some((each) => each.day === day)) return
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify({ day, entries, hash })}\n`, { mode: 0o600 })
}
