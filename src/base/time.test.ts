import { describe, expect, it } from 'vitest'
import { parseInstant, parsePeriod } from './time.ts'

describe('periods', () => {
  it.each([
    ['2025', '2025-01-01', '2026-01-01'], ['2025H2', '2025-07-01', '2026-01-01'], ['2025Q4', '2025-10-01', '2026-01-01'], ['2024-02', '2024-02-01', '2024-03-01'],
    ['2024-02-29', '2024-02-29', '2024-03-01'], ['2025-03-01/2025-04-01', '2025-03-01', '2025-04-01'],
  ])('%s is half-open from %s to %s', (name, from, to) => expect(parsePeriod(name)).toMatchObject({ name, from, to }))

  it.each(['', '0000H1', '0001H1', '9999H2', '99999H1', '2025H3', '2025-13', '2025-02-29', '2026-13-01', '2026-00-10', '2025-04-01/2025-03-01', '2025-04-01/', '2025-01-01/9999-01-01', ' 2025'])(
    '“%s” is none', (name) => expect(parsePeriod(name)).toBeUndefined())
})

describe('instants', () => {
  it.each(['2026-13-01T00:00:00Z', '2026-02-30T00:00:00+08:00', '2026-01-01', '2026-01-01T00:00:00', 'now', ''])('“%s” is none', (text) => expect(parseInstant(text)).toBeUndefined())
})
