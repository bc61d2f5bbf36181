import { availableParallelism, cpus } from 'node:os'
import { dayOf } from '../base/time.ts'
import { systemClock } from '../runtime/clock.ts'
import { required, wrongUse, type Command, type OptionValues } from './command.ts'

export interface BenchLine {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** what it was measured against, in the same run */
  readonly against: string
  readonly ratio: number
}

/** `bench planner --instances FOLDER`: public sets are read from a folder named here and never shipped. */
async function* benchPlannerSets(values: OptionValues): AsyncGenerator<BenchLine> {
  const [{ benchPlanner, writeTable }, { setRules }] = await Promise.all([import('../../tools/bench/planner.ts'), import('../../tools/bench/planner-sets.ts')])
  const directory = required('bench', values, 'instances')
  const number = (name: string, standard: number): number => {
    const value = Number(values[name] ?? standard)
    if (!Number.isFinite(value) || value <= 0) throw wrongUse('bench', `--${name} 应为正数`)
    return value
  }
  const options = {
    directory,
    sets: typeof values['sets'] === 'string' ? values['sets'].split(',') : Object.keys(setRules),
    seconds: number('seconds', 10),
    seed: number('seed', 1),
    workers: number('workers', 1),
    clock: values['clock'] === 'cpu' ? ('cpu' as const) : ('wall' as const),
    ...(values['count'] !== undefined && { count: number('count', 1) }),
  }
  const results = []
  for await (const { instances, ...line } of benchPlanner(options)) {
    yield line
    results.push(...(instances ?? []))
    if (typeof values['out'] === 'string') writeTable(values['out'], results, options, dayOf(systemClock()))
  }
}

/** `bench planner.rich --count N`: random problems, every plan checked; needs no folder. */
async function* benchPlannerRich(values: OptionValues): AsyncGenerator<BenchLine> {
  const { benchRich } = await import('../../tools/bench/planner.ts')
  const count = Number(values['count'] ?? 300)
  if (!Number.isInteger(count) || count <= 0) throw wrongUse('bench', '--count 应为正整数')
  yield benchRich(count)
}

/** `bench planner.city --count N --seconds S`: larger cities with electric vehicles; needs no folder. */
async function* benchPlannerCities(values: OptionValues): AsyncGenerator<BenchLine> {
  const { benchCities } = await import('../../tools/bench/planner.ts')
  const [count, seconds] = [Number(values['count'] ?? 20), Number(values['seconds'] ?? 10)]
  if (!Number.isInteger(count) || count <= 0 || !(seconds > 0)) throw wrongUse('bench', '--count 应为正整数，--seconds 应为正数')
  yield* benchCities(count, seconds)
}

/** Benchmarks by the first part of their names; each is loaded only when it runs. */
const benches: Readonly<Record<string, (values: OptionValues) => Promise<AsyncGenerator<BenchLine>>>> = {
  decode: async () => (await import('../../tools/bench/decode.ts')).benchDecode(),
  gateway: async () => (await import('../../tools/bench/gateway.ts')).benchGateway(),
  import: async () => (await import('../../tools/bench/import.ts')).benchImport(),
  journeys: async () => (await import('../../tools/bench/journeys.ts')).benchJourneys(),
  read: async () => (await import('../../tools/bench/journeys.ts')).benchVehicleDay(),
  rules: async () => (await import('../../tools/bench/rules.ts')).benchRules(),
  indicators: async () => (await import('../../tools/bench/indicators.ts')).benchIndicators(),
  planner: async (values) => benchPlannerSets(values),
  'planner.rich': async (values) => benchPlannerRich(values),
  'planner.city': async (values) => benchPlannerCities(values),
  'planner.replan': async () => (await import('../../tools/bench/replan.ts')).benchReplan(),
  roads: async (values) => (await import('../../tools/bench/roads.ts')).benchRoads(required('bench', values, 'file')),
}

/** Benchmarks that want files named on the command line, or minutes, and so never run by themselves. */
const asking = new Set(['planner', 'planner.city', 'planner.replan', 'roads'])

/** `./lvpei bench [NAME]`: JSON lines, every figure with a ratio to something measured in the same run. */
export const bench: Command = {
  name: 'bench',
  summary: 'benchmarks as JSON lines, each a ratio to something measured in the same run',
  usage: `bench [${Object.keys(benches).join('|')}] (planner: --instances FOLDER; planner.rich: --count N; planner.city: --count N --seconds S; roads: --file EXTRACT.osm.pbf)`,
  options: { instances: { type: 'string' }, file: { type: 'string' }, sets: { type: 'string' }, seconds: { type: 'string' }, count: { type: 'string' }, seed: { type: 'string' }, workers: { type: 'string' }, clock: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const wanted = positionals[0]
    const names = Object.keys(benches).filter((name) => (wanted === undefined && !asking.has(name)) || wanted === name || (!Object.hasOwn(benches, wanted ?? '') && wanted?.startsWith(`${name}.`)))
    if (names.length === 0 || positionals.length > 1) throw wrongUse('bench', `没有基准 ${wanted}；有 ${Object.keys(benches).join('、')}`)
    process.stderr.write(`machine: ${cpus()[0]?.model ?? '?'}, ${availableParallelism()} cores, Node ${process.versions.node}\n`)
    for (const name of names) for await (const line of await benches[name]!(values)) process.stdout.write(`${JSON.stringify(line)}\n`)
    return 0
  },
}
