import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/**
 * The import table of the house (ARCHITECTURE.md §3). A broken rule fails with the sentence that says where the code belongs.
 * `commands` wires the rooms together; `sim` speaks to them over sockets and borrows only the codecs and the world.
 */
const rooms: Record<string, readonly string[]> = {
  base: [],
  runtime: ['base'],
  profiles: ['base'],
  accounts: ['base', 'runtime', 'profiles'],
  registers: ['base', 'runtime', 'accounts', 'profiles'],
  events: ['base', 'runtime'],
  gateways: ['base', 'runtime', 'events'],
  city: ['base', 'runtime', 'accounts', 'registers', 'events', 'profiles'],
  indicators: ['base', 'runtime', 'accounts', 'registers', 'city', 'profiles'],
  planning: ['base', 'runtime', 'accounts', 'city'],
  programme: ['base', 'runtime', 'accounts', 'registers', 'city', 'indicators', 'profiles'],
  reports: ['base', 'runtime', 'accounts', 'indicators', 'programme', 'profiles'],
  portal: ['base', 'runtime', 'accounts', 'city', 'indicators', 'programme', 'profiles'],
}

/** Inside city/: what each slice may import of its neighbours, pair by pair. */
const slices: Record<string, readonly string[]> = {
  places: [],
  documents: [],
  enterprises: ['places'],
  vehicles: ['places', 'enterprises'],
  journeys: ['places', 'enterprises', 'vehicles'],
  network: ['places', 'enterprises', 'vehicles', 'journeys'],
  access: ['places', 'enterprises', 'vehicles', 'journeys'],
  bays: ['places', 'enterprises', 'vehicles', 'journeys'],
  charging: ['places', 'enterprises', 'vehicles', 'journeys'],
}

const root = fileURLToPath(new URL('..', import.meta.url))

function sources(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    if (statSync(path).isDirectory()) return sources(path)
    return name.endsWith('.ts') && !name.endsWith('.d.ts') ? [path] : []
  })
}

const files = sources(join(root, 'src'))
const isTest = (path: string) => path.endsWith('.test.ts')
const production = files.filter((path) => !isTest(path))

/** Relative imports of a file, as paths from src/. */
function imports(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)].map((match) => relative(join(root, 'src'), resolve(dirname(path), match[1]!)))
}

/** Room of a path from src/; `city/vehicles` for a slice. */
function roomOf(path: string): { room: string; slice: string | null } {
  const [room, slice] = path.split('/') as [string, string | undefined]
  return { room, slice: room === 'city' && slice && !slice.endsWith('.ts') ? slice : null }
}

const wiring = new Set(['commands', 'main.ts'])

describe('the house', () => {
  it('every room imports only rooms to its left, and only through their doors', () => {
    const broken: string[] = []
    for (const path of production) {
      const from = relative(join(root, 'src'), path)
      const here = roomOf(from)
      if (wiring.has(here.room)) continue
      const allowed = rooms[here.room]
      if (!allowed) {
        broken.push(`${from}: there is no room src/${here.room}; see ARCHITECTURE.md for where this belongs`)
        continue
      }
      for (const target of imports(path)) {
        const there = roomOf(target)
        if (there.room === here.room && there.slice === here.slice) continue
        if (there.room === '..' || target.startsWith('..')) broken.push(`${from} reaches outside src/: ${target}`)
        else if (there.room === here.room) {
          if (here.slice && there.slice && !(slices[here.slice] ?? Object.keys(slices)).includes(there.slice)) broken.push(`${from}: city/${here.slice} may not import city/${there.slice}; move what both need to the left one`)
          if (there.slice && !target.endsWith('/index.ts')) broken.push(`${from}: ${target} is inside city/${there.slice}; import its index.ts`)
        } else if (!allowed.includes(there.room)) broken.push(`${from}: ${here.room} may not import ${there.room}; the path runs from left to right (ARCHITECTURE.md §3)`)
        else if (!['base', 'runtime'].includes(there.room) && !target.endsWith('/index.ts') && !(there.room === 'accounts' && target === 'accounts/actor.ts')) broken.push(`${from}: ${target} is inside ${there.room}; import its index.ts`)
      }
    }
    expect(broken).toEqual([])
  })

  it('only store files hold SQL', () => {
    const broken = production.filter((path) => /\bsql(<[^`]*>)?`/.test(readFileSync(path, 'utf8')) && !/\/store(-[a-z-]+)?\.ts$/.test(path) && !path.endsWith('runtime/database.ts'))
    expect(broken.map((path) => `${relative(root, path)}: SQL belongs into the room's store.ts`)).toEqual([])
  })

  it('only settings read the environment and only the clock reads the clock', () => {
    const broken = production.flatMap((path) => {
      const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      const name = relative(root, path)
      return [
        ...(/process\.env\b/.test(text) && !name.endsWith('runtime/settings.ts') ? [`${name}: only runtime/settings.ts reads the environment`] : []),
        ...(/\bDate\.now\(|\bnew Date\(\s*\)/.test(text) && !name.endsWith('runtime/clock.ts') ? [`${name}: hand the clock in; only runtime/clock.ts reads it`] : []),
      ]
    })
    expect(broken).toEqual([])
  })

  it('engines stay pure: protocol messages and the rule engine import base only', () => {
    const broken = production.flatMap((path) => {
      const from = relative(join(root, 'src'), path)
      const own = from.startsWith('city/access/engine/') ? 'city/access/engine/' : /^gateways\/[^/]+\/messages\//.test(from) ? 'gateways/' : undefined
      if (own === undefined) return []
      return imports(path).filter((target) => !target.startsWith('base/') && !target.startsWith(own)).map((target) => `${from} imports ${target}`)
    })
    expect(broken).toEqual([])
  })

  it('names say something and long files say why', () => {
    const broken = files.flatMap((path) => {
      const name = relative(root, path)
      const text = readFileSync(path, 'utf8')
      const lines = text.split('\n').length
      return [
        ...(/\/(utils?|helpers?|services?|managers?|common|misc)(\.ts|\/)/.test(name) ? [`${name}: name the thing, not the drawer`] : []),
        ...(lines > 400 && !/^\/[/*].{20,}/.test(text) ? [`${name}: ${lines} lines without a reason in the first line`] : []),
      ]
    })
    expect(broken).toEqual([])
  })

  it('every room has its half page', () => {
    const missing = Object.keys(rooms)
      .filter((room) => room !== 'planning')
      .filter((room) => !readdirSync(join(root, 'src', room)).includes('README.md'))
    expect(missing).toEqual([])
  })
})
