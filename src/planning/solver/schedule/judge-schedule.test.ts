import { describe, expect, it } from 'vitest'
import { parseProblem, type PlanningProblem, type ProblemInput } from '../../model/index.ts'
import { lcg, randomProblem } from '../../random-problem.fixture.ts'
import { compile } from '../instance/compile.ts'
import type { Judge } from '../judges/exact-route.ts'
import type { Instance } from '../instance/instance.ts'
import { BreakJudge } from '../judges/judge-breaks.ts'
import { EnergyJudge } from '../judges/judge-energy.ts'
import { TripJudge } from '../judges/judge-trips.ts'
import { ScheduleJudge } from './judge-schedule.ts'
import { TinyOptimum, tinyProblem } from './tiny-route.fixture.ts'

const parsed = (input: ProblemInput): PlanningProblem => {
  const { problem, problems } = parseProblem(input)
  expect(problems).toEqual([])
  return problem!
}

/** The same problem with a berth nobody uses: only that makes it one for the schedule judge. */
function withBerth(input: ProblemInput): ProblemInput {
  const wider = (rows: readonly number[][]) => [...rows.map((row) => [...row, 1]), [...rows.map(() => 1), 0]]
  return {
    ...input,
    places: [...input.places, { id: 'unused', ...(input.travel[0]!.kind === 'great-circle' ? { lon: 119, lat: 34 } : { x: 1, y: 1 }), berths: [{ id: 'dock', count: 1 }] }],
    travel: input.travel.map((each) => (each.kind === 'matrix' || each.kind === 'timetable' ? { ...each, distanceMetres: wider(each.distanceMetres as number[][]), durationSeconds: wider(each.durationSeconds as number[][]) } : each)),
  }
}

const quickJudge = (instance: Instance): [string, Judge] => (instance.has.trips ? ['trips', new TripJudge(instance)] : instance.has.energy ? ['energy', new EnergyJudge(instance)] : ['breaks', new BreakJudge(instance)])

describe('the schedule judge', () => {
  it('prices single constraints like the quick judges that know only them', () => {
    const counts: Record<string, { equal: number; dearer: number }> = {}
    for (let seed = 1; seed <= 250; seed++) {
      const input = randomProblem(seed)
      const quickly = compile(parsed(input))
      if (quickly.schedule || !(quickly.has.trips || quickly.has.energy || quickly.has.breaks)) continue
      const [name, quick] = quickJudge(quickly)
      const judge = new ScheduleJudge(compile(parsed(withBerth(input))))
      const draw = lcg(seed)
      for (let each = 0; each < 20; each++) {
        const tasks = Array.from({ length: quickly.tasks }, (_, task) => task).filter((task) => quickly.mate[task]! < 0)
        const sequence = Int32Array.from({ length: Math.min(tasks.length, 1 + draw(4)) }, () => tasks.splice(draw(tasks.length), 1)[0]!).sort((a, b) => quickly.open[a]! - quickly.open[b]!)
        const kind = draw(quickly.fleet.kinds)
        const [wanted, price] = [quick.price(kind, sequence, sequence.length), judge.price(kind, sequence, sequence.length)]
        const count = (counts[name] ??= { equal: 0, dearer: 0 })
        if (price > wanted + 1e-6) count.dearer++
        else if (wanted < Infinity) count.equal++
      }
    }
    expect(counts).toMatchObject({ trips: { dearer: 0 }, breaks: { dearer: 0 } })
    // where travel breaks the triangle inequality a station may be a short cut; the schedule judge visits stations only to charge
    expect(counts['energy']!.dearer).toBeLessThan(0.01 * counts['energy']!.equal)
    for (const { equal } of Object.values(counts)) expect(equal).toBeGreaterThan(200)
  })

  it('finds the best schedule of tiny routes, by comparison with every whole second', () => {
    const taken = [0]
    let served = 0
    let dearer = 0
    const wrong: string[] = []
    for (let seed = 1; seed <= 60; seed++) {
      const problem = parsed(tinyProblem(seed))
      const instance = compile(problem)
      if (!instance.schedule) continue
      const judge = new ScheduleJudge(instance)
      instance.schedule.shared.forEach((_, shared) => judge.bookings.add(taken.map((slot) => ({ shared, slot }))))
      const best = new TinyOptimum(problem, taken).find()
      const price = judge.price(0, Int32Array.from(problem.orders.keys()), problem.orders.length)
      if (best < Infinity) served++
      // leaving in the last millisecond of a step is not allowed, so a duty can be a thousandth longer
      if (price === best || Math.abs(price - best) < 0.02) continue
      // more labels than a stage keeps: a dearer schedule may come out, but never none, and never one that is too good to be true
      if (price > best && price < 1.2 * best) dearer++
      else wrong.push(`seed ${seed}: ${price}, best ${best}`)
    }
    expect(wrong).toEqual([])
    expect(dearer).toBeLessThanOrEqual(1)
    expect(served).toBeGreaterThan(25)
  }, 60_000)
})
