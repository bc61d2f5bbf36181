import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8')

/** Codes a gateway stores with a frame: given beside a message, thrown while decoding, or one of the decoder's own. */
const given = globSync('src/gateways/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts')).flatMap((path) => [...read(path).matchAll(/(?:code: |DecodeFailure\()'([a-z-]+)'/g)].map(([, code]) => code!))

/** The reading of a line somebody typed, never of a frame that was received. */
const neverStored = new Set(['not-hex'])

test('every fault a gateway stores has a sentence, and every sentence a fault', () => {
  const sentences = [...read('web/desk/frames/words.ts').split('const faults')[1]!.matchAll(/^ {2}'([a-z-]+)': \['/gm)].map(([, code]) => code!)
  expect(sentences.length).toBeGreaterThan(20)
  expect([...sentences].sort()).toEqual([...new Set(given)].filter((code) => !neverStored.has(code)).sort())
})
