import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layerNames } from '../../src/city/network/index.ts'
import type { World } from './generate.ts'
import type { Site } from './sites.ts'

/** Where the generated city lies in the checkout; a test makes it anew and compares. */
export const worldDirectory = fileURLToPath(new URL('../../cities/demo/world', import.meta.url))

const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(',\n')

/** The files of a world: name → text, one feature or site a line so that a difference can be read. */
export function filesOf(world: World): Map<string, string> {
  const files = new Map(layerNames.map((name) => [`${name}.geojson`, `{"type":"FeatureCollection","features":[\n${lines(world.layers[name].features)}\n]}\n`]))
  return files.set('sites.json', `[\n${lines(world.sites)}\n]\n`)
}

/** The places of the generated city. */
export const readSites = (): Site[] => JSON.parse(readFileSync(join(worldDirectory, 'sites.json'), 'utf8')) as Site[]
