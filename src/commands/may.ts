import { problemLine } from '../base/problems.ts'
import { required, wrongUse, type Command, type OptionValues } from './command.ts'
import { withCore } from './with-core.ts'

function point(values: OptionValues, name: string): { lon: number; lat: number } | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const [lon, lat, rest] = String(text).split(',').map(Number)
  if (lon === undefined || lat === undefined || rest !== undefined || !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw wrongUse('may', `--${name} 应为 经度,纬度`)
  return { lon, lat }
}

/** `./lvpei may`: the rule engine's answer as JSON; exit 1 when the answer is no. */
export const mayCommand: Command = {
  name: 'may',
  summary: 'may this vehicle be here now, and which notice says so; exit 1 when the answer is no',
  usage: 'may --city CODE --vehicle CLASS|PLATE [--passes KIND,KIND] --at RFC3339 (--point LON,LAT | --zone CODE | --from LON,LAT --to LON,LAT)',
  options: { city: { type: 'string' }, vehicle: { type: 'string' }, passes: { type: 'string' }, at: { type: 'string' }, point: { type: 'string' }, zone: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values, positionals }) {
    if (positionals.length > 0) throw wrongUse('may', `多余的参数 ${positionals.join(' ')}`)
    const [city, vehicle, at] = [required('may', values, 'city'), required('may', values, 'vehicle'), required('may', values, 'at')]
    const place = { point: point(values, 'point'), from: point(values, 'from'), to: point(values, 'to'), zone: typeof values['zone'] === 'string' ? values['zone'] : undefined }
    const isRoute = place.from !== undefined && place.to !== undefined
    if ([place.point !== undefined, place.zone !== undefined, isRoute].filter(Boolean).length !== 1 || (!isRoute && (place.from ?? place.to))) throw wrongUse('may', '须给出 --point、--zone，或 --from 和 --to 之一')
    const { answer, warnings } = await withCore(values, async (core) => {
      core.cities.get(city)
      const [{ ask, accessQuestionProblem }, { createAccess }, { ProblemError }] = await Promise.all([import('../city/access/index.ts'), import('./access.ts'), import('../base/problems.ts')])
      const { db, clock, rules, findPath } = createAccess(core)
      const inForce = await rules.of(city)
      if (inForce.parts.length === 0) throw new ProblemError(accessQuestionProblem('access-city-without-rules', { city }), 404)
      const scope = { cityCode: city, districtCode: null, unitCode: null, enterpriseId: null }
      const answer = await ask({ vehicle, passes: typeof values['passes'] === 'string' ? values['passes'].split(',') : undefined, at, ...place }, { db, rules: inForce, scope, now: clock(), ...(findPath && { findPath: (from, to) => findPath(city, from, to) }) })
      return { answer, warnings: inForce.warnings }
    })
    for (const warning of warnings) process.stderr.write(`${problemLine(warning)}\n`)
    process.stdout.write(`${JSON.stringify({ ...answer, warnings })}\n`)
    return answer.allowed ? 0 : 1
  },
}
