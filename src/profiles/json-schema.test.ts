import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { listProfiles, profileJsonSchema } from './index.ts'

const root = join(import.meta.dirname, '../..')

it('the published schema is the one the loader uses', () => {
  const published = readFileSync(join(root, 'docs/generated/profile.schema.json'), 'utf8')
  expect(published).toBe(`${JSON.stringify(profileJsonSchema(), null, 2)}\n`)
})

it('an ordinary JSON Schema validator accepts every profile with it and refuses a bad comparator', () => {
  const validate = new Ajv2020({ strict: false }).compile(profileJsonSchema())
  for (const { profile } of listProfiles(join(root, 'cities'))) {
    validate(profile)
    expect(validate.errors).toBeNull()
    const [first, ...others] = profile!.indicators
    expect(validate({ ...profile, indicators: [{ ...first, comparator: '不少于' }, ...others] })).toBe(false)
  }
})
