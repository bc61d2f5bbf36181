import { required, type Command } from './command.ts'
import { withCore } from './with-core.ts'

/** `./lvpei measure --city CODE --period P [--asOf T]`: one JSON object an indicator and line. */
export const measure: Command = {
  name: 'measure',
  summary: 'measures the indicators of a city; one JSON object an indicator',
  usage: 'measure --city CODE --period 2026H1 [--asOf T]',
  options: { city: { type: 'string' }, period: { type: 'string' }, asOf: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values }) {
    const city = required('measure', values, 'city')
    const period = required('measure', values, 'period')
    const { measureCommand } = await import('../indicators/index.ts')
    const lines = await withCore(values, ({ database: { db }, cities, clock }) =>
      measureCommand({ db, cities, now: clock() }, { city, period, ...(typeof values['asOf'] === 'string' && { asOf: values['asOf'] }) }))
    for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`)
    return 0
  },
}
