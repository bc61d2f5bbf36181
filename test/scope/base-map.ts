import { join } from 'node:path'
import { networkRoutes } from '../../src/city/network/index.ts'
import { cityRoutes } from '../../src/commands/city-routes.ts'
import { loadProfile } from '../../src/profiles/index.ts'
import type { TestRoom } from './room.ts'

const demoDirectory = join(import.meta.dirname, '../../cities/demo')
const demo = loadProfile(demoDirectory).profile!

/** What everybody may see of a city: its name and words, its base map. The foreign city's name carries the marker. */
export const baseMapRoom: TestRoom = {
  name: 'base map',
  async mount(app, { world }) {
    const find = (code: string) => ({ ...demo, code, name: code === world.home.cityCode ? '本市' : world.foreign.marker })
    await app.register(cityRoutes({ cities: { find }, demoAccounts: [] }))
    await app.register(networkRoutes({ worldDirectoryOf: () => join(demoDirectory, 'world'), defaultCity: world.home.cityCode }))
  },
  async foreign() {
    return { 'GET /api/v1/network/:file': { exempt: 'the street map is public, whichever city it shows' } }
  },
}
