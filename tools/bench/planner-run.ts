import { appendFileSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { benchPlanner, benchRich, writeTable, type InstanceResult, type PlannerBenchOptions } from './planner.ts'
import { setRules } from './planner-sets.ts'
import { planTable, type ResultLine } from './planner-table.ts'

/**
 * `node tools/bench/planner-run.ts FOLDER --sets a,b --seconds N --count N --clock cpu --parallel N --append RESULTS.jsonl`; then
 * `… --table RESULTS.jsonl --remarks FILE` prints the page of all results gathered so. Or `--rich N`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sets: { type: 'string' }, seconds: { type: 'string' }, count: { type: 'string' }, match: { type: 'string' }, seed: { type: 'string' }, workers: { type: 'string' }, clock: { type: 'string' }, out: { type: 'string' }, rich: { type: 'string' }, parallel: { type: 'string' }, append: { type: 'string' }, table: { type: 'string' }, remarks: { type: 'string' } },
})

const today = new Date().toISOString().slice(0, 10)

if (values.table) {
  const lines = readFileSync(values.table, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as ResultLine)
  const order = Object.keys(setRules)
  lines.sort((a, b) => order.indexOf(a.set) - order.indexOf(b.set) || a.name.localeCompare(b.name, 'en', { numeric: true }))
  process.stdout.write(planTable(lines, { date: today, seed: Number(values.seed ?? 1), clock: 'cpu', remarks: values.remarks ? readFileSync(values.remarks, 'utf8').trim() : '' }))
} else if (values.rich) console.log(JSON.stringify(benchRich(Number(values.rich))))
else if (!positionals[0]) {
  process.stderr.write('wrong-use: name the folder with the instances\n')
  process.exitCode = 2
} else {
  const options: PlannerBenchOptions = {
    directory: positionals[0],
    sets: values.sets?.split(',') ?? Object.keys(setRules),
    seconds: Number(values.seconds ?? 10),
    seed: Number(values.seed ?? 1),
    workers: Number(values.workers ?? 1),
    clock: values.clock === 'cpu' ? 'cpu' : 'wall',
    parallel: Number(values.parallel ?? 1),
    note: (result) => values.append && appendFileSync(values.append, `${JSON.stringify({ ...result, seconds: Number(values.seconds ?? 10), workers: Number(values.workers ?? 1) })}\n`),
    ...(values.count ? { count: Number(values.count) } : {}),
    ...(values.match ? { match: new RegExp(values.match) } : {}),
  }
  const results: InstanceResult[] = []
  for await (const { instances, ...line } of benchPlanner(options)) {
    console.log(JSON.stringify(line))
    results.push(...(instances ?? []))
    if (values.out) writeTable(values.out, results, options, today)
  }
}
