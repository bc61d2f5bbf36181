import { expect, it } from 'vitest'
import { excerpt } from './excerpt.ts'

it.each([
  [undefined, '（无）'], [null, 'null'], [Number.NaN, 'NaN'], [true, 'true'], ['text', '"text"'], [[], '[]'], [{}, '{}'],
  [{ a: [1, { b: 'c' }], d: null }, '{"a":[1,{"b":"c"}],"d":null}'],
])('%j is shown as %s', (value, text) => expect(excerpt(value)).toBe(text))

it('shows the beginning of what is long or deep', () => {
  expect(excerpt('x'.repeat(1e6))).toBe(`"${'x'.repeat(59)}`)
  expect(excerpt(Array.from({ length: 1e6 }, () => 1))).toBe(`[${'1,'.repeat(29)}1`)
  expect(excerpt(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)))).toBe('['.repeat(60))
})
