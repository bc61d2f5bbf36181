import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadProfile } from './index.ts'

const root = join(import.meta.dirname, '../../fixtures/profiles/broken')
const scratch = mkdtempSync(join(tmpdir(), 'lvpei-profiles-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** The small valid profile with some of its files replaced. */
function lay(name: string): string {
  const directory = join(scratch, name)
  cpSync(join(root, 'base'), directory, { recursive: true })
  if (name !== 'base') cpSync(join(root, name), directory, { recursive: true })
  return directory
}

/** Marked lines of a case: `… // ⇐ code`. */
const marks = (name: string) =>
  readdirSync(join(root, name)).flatMap((file) =>
    readFileSync(join(root, name, file), 'utf8').split('\n').flatMap((line, index) => {
      const code = /\/\/ ⇐ ([a-z-]+)$/.exec(line)?.[1]
      return code ? [{ code, file: join(name, file), line: index + 1 }] : []
    }),
  )

describe('a broken profile is reported at its line', () => {
  it('and the whole one is not', () => {
    expect(loadProfile(lay('base'))).toMatchObject({ problems: [], profile: { code: '999999' } })
  })

  it.each(readdirSync(root).filter((each) => each !== 'base'))('%s', (name) => {
    const expected = marks(name)
    expect(expected).toHaveLength(1)
    const { problems } = loadProfile(lay(name))
    expect(problems.map((each) => ({ code: each.code, file: each.details['file'], line: each.details['line'] }))).toEqual(expected)
  })

  it('suggests the nearest unit for a typo', () => {
    const [problem] = loadProfile(lay('two-leads-one-typo')).problems
    expect(problem?.cause).toContain('是否为“commerce”')
    expect(problem?.details).toMatchObject({ pointer: '/tasks/0/lead/1', value: 'comerce', column: 9 })
  })

  it('a directory without a profile is a problem, not a crash', () => {
    expect(loadProfile(join(scratch, 'nowhere')).problems.map((each) => each.code)).toEqual(['profile-not-found'])
  })
})
