import { parsePeriod } from '../base/time.ts'
import type { StatedDate } from './schema-words.ts'

/** A stated date (`2025`, `2025-06`, `2025-06-30`) stands for the whole stretch it names. */
const stretch = (stated: StatedDate) => {
  const period = parsePeriod(stated)
  if (!period) throw new Error(`not a stated date: ${stated}`)
  return period
}

/** First day of a stated date: `2025-06` → `2025-06-01`. */
export const firstDay = (stated: StatedDate): string => stretch(stated).from

/** The day after its last one, so that a due date is half-open: `2025-06` → `2025-07-01`. */
export const dayAfter = (stated: StatedDate): string => stretch(stated).to
