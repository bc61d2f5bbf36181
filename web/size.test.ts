import { existsSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'web', 'dist')
const limitBytes = 300_000

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

/** Files a page loads before anything is clicked: the chunk, what it imports, their style sheets. */
function filesOf(manifest: Readonly<Record<string, Chunk>>, keys: readonly string[]): Set<string> {
  const files = new Set<string>()
  const seen = new Set<string>()
  const take = (key: string) => {
    if (seen.has(key)) return
    seen.add(key)
    const chunk = manifest[key]!
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach(take)
  }
  keys.forEach(take)
  return files
}

const gzipBytes = (files: ReadonlySet<string>) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0)

describe('the size of first screens without a map, gzip', () => {
  let manifest: Readonly<Record<string, Chunk>>
  beforeAll(() => {
    if (!existsSync(join(dist, '.vite', 'manifest.json'))) spawnSync(process.execPath, [join(root, 'tools', 'build-web.mjs')], { stdio: 'inherit' })
    manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as typeof manifest
  }, 120_000)

  test.each([
    ['portal', ['index.html']],
    ['desk: sign-in and home', ['desk.html', 'desk/home-page.tsx']],
    ['desk: a register', ['desk.html', 'desk/registers/register-page.tsx']],
    ['desk: task table', ['desk.html', 'desk/programme/tasks-page.tsx']],
    ['desk: traffic rules', ['desk.html', 'desk/access/rules-page.tsx']],
    ['desk: editor of traffic rules', ['desk.html', 'desk/access/draft-page.tsx']],
  ])('%s stays under 300 kB', (name, keys) => {
    const files = filesOf(manifest, keys)
    const bytes = gzipBytes(files)
    console.log(`${name}: ${(bytes / 1000).toFixed(1)} kB gzip in ${files.size} files`)
    expect([...files].some((file) => file.includes('city-map') && file.endsWith('.js')), 'the map has a chunk of its own').toBe(false)
    expect(bytes).toBeLessThanOrEqual(limitBytes)
  })
})
