import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCheckAside, isLarge } from './check-aside.ts'
import { knowPlaces } from './engine/check-coordinates.ts'
import { checkRuleSet } from './engine/check-rule-set.ts'
import { factNames } from './fact-names.ts'
import { findCityRules, readCalendars, readKnownLines } from './rule-files.ts'

const cities = join(import.meta.dirname, '../../../cities')
const worldDirectory = join(cities, 'demo/world')
const context = { calendar: readCalendars(join(cities, 'calendar')).get('china')!, now: Date.parse('2026-03-01T00:00:00+08:00'), factNames }

/** The demo rules with a border of many points. */
function detailed(count: number) {
  const value = structuredClone(findCityRules(join(cities, 'demo'))!.value) as { zones: { geometry: unknown }[] }
  const ring = Array.from({ length: count }, (_, at) => [120.8 + 0.02 * Math.cos((2 * Math.PI * at) / count), 34.64 + 0.02 * Math.sin((2 * Math.PI * at) / count)])
  value.zones[0]!.geometry = { type: 'Polygon', coordinates: [[...ring, ring[0]!]] }
  return value
}

test('a large rule set is checked in a thread, with the same result, while this one goes on', async () => {
  const value = detailed(20_000)
  expect([isLarge(detailed(100)), isLarge(value)]).toEqual([false, true])
  let turns = 0
  const turning = setInterval(() => turns++, 1)
  const aside = await createCheckAside()({ value, worldDirectory, context })
  clearInterval(turning)
  expect(turns).toBeGreaterThan(20)
  expect(aside).toEqual(checkRuleSet(value, { ...context, known: knowPlaces(readKnownLines(worldDirectory)) }))
})

test('one that cannot be checked is an error, and the next is checked all the same', async () => {
  const check = createCheckAside()
  const value = detailed(100)
  const [failed, checked] = await Promise.allSettled([check({ value, worldDirectory, context: { ...context, now: Number.NaN } }), check({ value, worldDirectory, context })])
  expect(failed).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) })
  expect(checked).toMatchObject({ status: 'fulfilled', value: { examplesRan: true } })
})
