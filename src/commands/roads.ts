import { wrongUse, type Command } from './command.ts'

/** `./lvpei roads`: the road network by itself. */
export const roads: Command = {
  name: 'roads',
  summary: 'road networks: import an OSM extract; times and ways for a truck and an hour, obeying signs and rules (demo streets without --roads)',
  usage: 'roads import FILE.osm.pbf --out FILE | roads matrix|route [--roads FILE] --vehicle CLASS|JSON --at RFC3339 [--rules FILE] [--metric time|distance] (--points LON,LAT;… | --from LON,LAT --to LON,LAT)',
  options: { roads: { type: 'string' }, out: { type: 'string' }, vehicle: { type: 'string' }, at: { type: 'string' }, rules: { type: 'string' }, metric: { type: 'string' }, points: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const [action, file, rest] = positionals
    const { roadActions } = await import('./road-actions.ts')
    const act = action === undefined ? undefined : roadActions[action]
    if (!act || rest !== undefined || (action !== 'import' && file !== undefined)) throw wrongUse('roads', `应为 ${Object.keys(roadActions).join('、')} 之一`)
    return act(values, file)
  },
}
