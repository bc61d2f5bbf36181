import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generatePages } from '../src/commands/docs.ts'
import { commands } from '../src/commands/index.ts'

describe('generated pages', () => {
  it('are what the code says (run ./lvpei docs)', async () => {
    const directory = join(import.meta.dirname, '..', 'docs', 'generated')
    for (const [name, text] of await generatePages(commands)) expect(readFileSync(join(directory, name), 'utf8'), name).toBe(text)
  })
})
