import { availableParallelism, cpus } from 'node:os'
import { wrongUse, type Command } from './command.ts'

export interface BenchLine {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** what it was measured against, in the same run */
  readonly against: string
  readonly ratio: number
}

/** Benchmarks by the first part of their names; each is loaded only when it runs. */
const benches: Readonly<Record<string, () => Promise<AsyncGenerator<BenchLine>>>> = {
  decode: async () => (await import('../../tools/bench/decode.ts')).benchDecode(),
  gateway: async () => (await import('../../tools/bench/gateway.ts')).benchGateway(),
  import: async () => (await import('../../tools/bench/import.ts')).benchImport(),
  journeys: async () => (await import('../../tools/bench/journeys.ts')).benchJourneys(),
  read: async () => (await import('../../tools/bench/journeys.ts')).benchVehicleDay(),
  rules: async () => (await import('../../tools/bench/rules.ts')).benchRules(),
  indicators: async () => (await import('../../tools/bench/indicators.ts')).benchIndicators(),
}

/** `./lvpei bench [NAME]`: JSON lines, every figure with a ratio to something measured in the same run. */
export const bench: Command = {
  name: 'bench',
  summary: 'benchmarks as JSON lines, each a ratio to something measured in the same run',
  usage: `bench [${Object.keys(benches).join('|')}]`,
  options: { json: { type: 'boolean' } },
  async run({ positionals }) {
    const wanted = positionals[0]
    const names = Object.keys(benches).filter((name) => wanted === undefined || wanted === name || wanted.startsWith(`${name}.`))
    if (names.length === 0 || positionals.length > 1) throw wrongUse('bench', `没有基准 ${wanted}；有 ${Object.keys(benches).join('、')}`)
    process.stderr.write(`machine: ${cpus()[0]?.model ?? '?'}, ${availableParallelism()} cores, Node ${process.versions.node}\n`)
    for (const name of names) for await (const line of await benches[name]!()) process.stdout.write(`${JSON.stringify(line)}\n`)
    return 0
  },
}
