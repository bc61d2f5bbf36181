import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planCommand } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'lvpei-plan-'))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const code = await planCommand(args, { out: (text) => (said.out += text), err: (text) => (said.err += text) })
  return { code, ...said }
}
const small = file('small.txt', ['VEHICLE', 'NUMBER CAPACITY', '2 10', 'CUSTOMER', '0 0 0 0 0 100 0', '1 3 4 5 0 50 1', '2 6 8 5 0 50 1'].join('\n'))

describe('lvpei plan', () => {
  it('prints the contract', async () => {
    const { code, out } = await run(small, '--format', 'solomon', '--iterations', '200', '--seed', '3')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ feasible: true, cost: 20, distance: 20, vehicles: 1, unassigned: [], iterations: 200 })
    expect(JSON.parse(out).routes[0].toSorted()).toEqual(['1', '2'])
  })

  it('prices the constraints when asked', async () => {
    const { code, out } = await run(small, '--prices', '--iterations', '600')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ cost: 20, pricesAreEstimates: true, prices: expect.arrayContaining([expect.objectContaining({ code: 'windows', percent: 0, costWithout: 20 })]) })
  })

  it('re-plans, and says what changed', async () => {
    const problem = {
      format: 'lvpei-planning/1', places: [{ id: 'd', x: 0, y: 0 }, { id: 'a', x: 1, y: 0 }, { id: 'b', x: 2, y: 0 }], travel: [{ profile: 'plane', kind: 'euclidean' }],
      vehicles: [{ id: 'van', capacity: [], start: 'd' }], orders: ['a', 'b'].map((id) => ({ id, delivery: { place: id } })), routes: [{ vehicle: 'van', stops: ['gone', 'a'] }], replanning: { dropped: ['gone'] },
    }
    const { code, out } = await run(file('again.json', JSON.stringify(problem)), '--iterations', '50')
    expect([code, JSON.parse(out).replanning.routesTouched]).toEqual([0, 1])
    expect(JSON.parse(out).replanning.changes.map((each: { kind: string; order: string }) => `${each.kind} ${each.order}`)).toEqual(['dropped gone', 'added b'])
  })

  it('plans several tiers, guessing the format', async () => {
    const { code, out } = await run(file('tiers.txt', ['!Trucks:', '2,10,1,0', '!CityFreighters:', '2,4,5,1,0', '!Stores:', '0,0   -10,0   10,0', '!Customers:', '-11,0,2   -12,0,2   11,0,2'].join('\n')), '--iterations', '500')
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ feasible: true, cost: 46, unassigned: [] })])
    expect(JSON.parse(out).facilities.map((each: { load: number[] }) => each.load[0])).toEqual([4, 2])
  })

  it("answers VROOM's file with VROOM's output, amounts and ids of the file in it", async () => {
    const input = { vehicles: [{ id: 3, start_index: 0, end_index: 0, capacity: [2], breaks: [{ id: 9, time_windows: [[5, 15]], service: 4 }] }], jobs: [{ id: 1, location_index: 1, delivery: [2] }, { id: 2, location_index: 1, delivery: [3] }], matrices: { car: { durations: [[0, 10], [10, 0]] } } }
    const { code, out } = await run(file('vroom.json', `\uFEFF${JSON.stringify(input)}`), '--iterations', '20')
    const answer = JSON.parse(out)
    expect([code, answer.summary.unassigned, answer.summary.delivery, answer.summary.duration, answer.unassigned[0].id]).toEqual([1, 1, [2], 20, 2])
    expect(answer.routes[0].steps.flatMap((step: { type: string; id?: number }) => step.id ?? []).toSorted()).toEqual([1, 9])
  })

  it('knows a format behind the mark some editors write first', async () => {
    const json = JSON.stringify({ format: 'lvpei-planning/1', places: [{ id: 'd', x: 0, y: 0 }], travel: [{ profile: 'plane', kind: 'euclidean' }], vehicles: [{ id: 'van', capacity: [], start: 'd' }], orders: [] })
    expect((await run(file('mark.json', `\uFEFF${json}`), '--iterations', '20')).code).toBe(0)
    expect((await run(file('mark.txt', '\uFEFFVEHICLE\nNUMBER CAPACITY\n2 10\nCUSTOMER\n0 0 0 0 0 100 0\n1 3 4 5 0 50 1'), '--iterations', '20')).code).toBe(0)
  })

  it('ends with 1 for a bad problem and 2 for wrong use, and says what to do', async () => {
    expect(await run(file('bad.json', '{"format":"lvpei-planning/1"}'), '--format', 'lvpei')).toMatchObject({ code: 1, err: expect.stringContaining('plan-field-invalid: ') })
    expect(await run(join(folder, 'missing.txt'))).toMatchObject({ code: 1, err: expect.stringContaining('plan-file-unreadable') })
    expect((await run()).code).toBe(2)
    expect((await run(small, '--seconds', '-1')).code).toBe(2)
    expect((await run(small, '--nonsense')).code).toBe(2)
    expect((await run(small, '--format', 'nonsense')).code).toBe(2)
  })

  it.each([
    ...['workers', 'iterations', 'seed', 'seconds'].flatMap((name) => ['-1', '0', 'x', '1e999'].map((value) => [name, value])),
    ...['workers', 'iterations', 'seed'].flatMap((name) => ['1.5', '9007199254740993'].map((value) => [name, value])),
    ['workers', '65'], ['workers', '1000000000'],
  ])('--%s=%s is a problem, whether or not it is read', async (name, value) => {
    const { code, err } = await run(small, `--${name}=${value}`, ...(name === 'iterations' || name === 'seconds' ? [] : ['--iterations', '20']))
    expect(code).toBe(2)
    expect(err).toMatch(new RegExp(`^plan-field-invalid: .*--${name}.*${value.replace('.', '\\.')}`))
  })

  it('ends with 1 when not everybody can be served', async () => {
    const { code, out } = await run(file('late.txt', ['VEHICLE', 'NUMBER CAPACITY', '2 10', 'CUSTOMER', '0 0 0 0 0 100 0', '1 3 4 5 0 2 1'].join('\n')), '--iterations', '50')
    expect([code, JSON.parse(out).unassigned[0].reason]).toEqual([1, 'unreachable-in-time'])
  })
})
