import { parseArgs } from 'node:util'
import { benchPlanner, benchRich, writeTable, type InstanceResult, type PlannerBenchOptions } from './planner.ts'
import { setRules } from './planner-sets.ts'

/** `node tools/bench/planner-run.ts FOLDER --sets a,b --seconds N --count N --clock cpu --out FILE`, or `--rich N`. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sets: { type: 'string' }, seconds: { type: 'string' }, count: { type: 'string' }, match: { type: 'string' }, seed: { type: 'string' }, workers: { type: 'string' }, clock: { type: 'string' }, out: { type: 'string' }, rich: { type: 'string' } },
})

if (values.rich) console.log(JSON.stringify(benchRich(Number(values.rich))))
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
    ...(values.count ? { count: Number(values.count) } : {}),
    ...(values.match ? { match: new RegExp(values.match) } : {}),
  }
  const results: InstanceResult[] = []
  for await (const { instances, ...line } of benchPlanner(options)) {
    console.log(JSON.stringify(line))
    results.push(...(instances ?? []))
    if (values.out) writeTable(values.out, results, options, new Date().toISOString().slice(0, 10))
  }
}
