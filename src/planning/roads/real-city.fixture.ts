import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../../../../shared/roads/jinan.osm.pbf', import.meta.url))

/** A real city's extract (© OpenStreetMap contributors, ODbL) beside the checkout; it is not shipped, tests without it are skipped. */
export const realCity: string | undefined = existsSync(file) ? file : undefined
export const whyRealCity = 'a real city (skipped without the extract beside the checkout)'
