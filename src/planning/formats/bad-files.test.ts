import { describe, expect, it } from 'vitest'
import { ProblemError, type Problem } from '../../base/problems.ts'
import { lcg } from '../random-problem.fixture.ts'
import { echelonFormatNames, formatNames, readEchelons, readProblem } from './index.ts'

const rows = ['0 0 0 0 0 200 0', '1 3 4 10 0 100 10', '2 6 8 10 0 100 10', '3 -3 4 10 0 60 10', '4 -6 8 10 0 60 10']
const own = {
  format: 'lvpei-planning/1', loads: ['kg'], places: [{ id: 'd', x: 0, y: 0 }, { id: 'a', x: 3, y: 4 }], travel: [{ profile: 'p', kind: 'matrix', distanceMetres: [[0, 5], [5, 0]] }],
  vehicles: [{ id: 'v', capacity: [9], start: 'd', shift: { earliest: 0, latest: 99 } }], orders: [{ id: 'o', load: [1], delivery: { place: 'a', windows: [[0, 50]] } }],
}
const tiers = {
  format: 'lvpei-echelons/1', loads: ['kg'], places: [{ id: 'd', x: 0, y: 0 }, { id: 'f', x: 3, y: 4 }, { id: 'c', x: 6, y: 8 }], travel: [{ profile: 'p', kind: 'euclidean' }],
  vehicles: [{ id: 't', capacity: [9], start: 'd' }], tiers: [{ facilities: [{ place: 'f' }], vehicles: [{ id: 'v', capacity: [9] }] }], orders: [{ id: 'o', load: [1], delivery: { place: 'c' } }],
}
/** A good file of every format there is. */
const files: Record<string, string> = {
  lvpei: JSON.stringify(own),
  'lvpei-echelons': JSON.stringify(tiers),
  vroom: JSON.stringify({ vehicles: [{ id: 1, start: [119.2, 34.6], capacity: [4], time_window: [0, 20_000] }], jobs: [{ id: 11, location: [119.21, 34.61], delivery: [1] }], shipments: [{ pickup: { id: 21, location: [119.22, 34.6] }, delivery: { id: 22, location: [119.23, 34.63] }, amount: [1] }] }),
  solomon: ['OWN', '', 'VEHICLE', 'NUMBER CAPACITY', '3 20', '', 'CUSTOMER', 'CUST NO. XCOORD. YCOORD. DEMAND READY DUE SERVICE', '', ...rows].join('\n'),
  vrplib: ['NAME : own', 'TYPE : CVRP', 'DIMENSION : 3', 'EDGE_WEIGHT_TYPE : EUC_2D', 'CAPACITY : 20', 'NODE_COORD_SECTION', '1 0 0', '2 3 4', '3 6 8', 'DEMAND_SECTION', '1 0', '2 10', '3 10', 'TIME_WINDOW_SECTION', '1 0 99', '2 0 50', '3 0 50', 'DEPOT_SECTION', '1', '-1', 'EOF'].join('\n'),
  lilim: ['2 20 1', '0 0 0 0 0 400 0 0 0', '1 3 4 10 0 200 5 0 2', '2 6 8 -10 0 200 5 1 0', '3 -3 4 10 0 200 5 0 4', '4 -6 8 -10 0 200 5 3 0'].join('\n'),
  schneider: ['StringID Type x y demand ReadyTime DueDate ServiceTime', 'D0 d 0 0 0 0 500 0', 'S0 f 20 0 0 0 500 0', 'C1 c 40 0 5 0 400 10', 'Q capacity /60.0/', 'C load /20.0/', 'r rate /1.0/', 'g inverse /0.5/', 'v velocity /1.0/'].join('\n'),
  breunig: ['!Trucks', '3,400,1,0', '!City', '5,5,160,1,0', '!Stores', '30,40 49,49 27,23', '!Customers', '37,52,7 49,49,30'].join('\n'),
}

/** The problems a text gives; null when it is read. Anything else than a problem is an error of ours and fails the test. */
function problemsOf(text: string, format: string): readonly Problem[] | null {
  try {
    if (echelonFormatNames.includes(format)) readEchelons(text, format)
    else readProblem(text, format)
    return null
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
}

const isUseful = (problems: readonly Problem[]): boolean => problems.length > 0 && problems.every((each) => each.code && [each.message, each.cause, each.action].every((text) => text.length > 0 && !text.includes('—')))

describe.each([...formatNames, ...echelonFormatNames])('a bad file of format %s', (format) => {
  const good = files[format]!

  it('good, it is read', () => expect(problemsOf(good, format)).toBeNull())

  it('good behind the mark some editors write first, it is read', () => expect(problemsOf(`\uFEFF${good}`, format)).toBeNull())

  it.each([['lists', '['.repeat(200_000) + ']'.repeat(200_000)], ['objects', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)]])('of %s in each other without end it is a problem', (_, deep) => {
    for (const text of [deep, `{"format":${deep}}`, `{"vehicles":[{"id":${deep}}],"orders":${deep},"matrices":${deep}}`]) expect(isUseful(problemsOf(text, format)!)).toBe(true)
  })

  it('cut anywhere, it is a problem or a smaller whole, never an error', () => {
    let refused = 0
    for (let length = 0; length < good.length; length++) {
      const problems = problemsOf(good.slice(0, length), format)
      if (problems) refused++
      if (problems) expect(isUseful(problems), `${length}: ${JSON.stringify(problems)}`).toBe(true)
    }
    // rows without a stated count can end anywhere; what is stated must be there
    expect(refused).toBeGreaterThan(good.length * 0.3)
  })

  it('with a number replaced by nonsense it is a problem', () => {
    const draw = lcg(7)
    for (const nonsense of ['NaN', 'x', '1e999', '-1e999']) {
      const numbers = [...good.matchAll(/(?<![\w"'.-])-?\d+(\.\d+)?(?![\w"'.])/g)]
      const chosen = numbers[Math.floor(numbers.length / 2) + draw(3)]!
      const problems = problemsOf(good.slice(0, chosen.index) + nonsense + good.slice(chosen.index + chosen[0].length), format)
      expect(problems !== null && isUseful(problems), `${nonsense} for ${chosen[0]} at ${chosen.index}`).toBe(true)
    }
  })

  it('of random bytes it is a problem', () => {
    const draw = lcg(3)
    for (let trial = 0; trial < 40; trial++) {
      const bytes = Array.from({ length: draw(300) }, () => String.fromCharCode(draw(trial % 2 ? 128 : 65_536))).join('')
      expect(problemsOf(bytes, format), bytes).not.toBeNull()
    }
  })
})

describe('JSON', () => {
  it.each(['lvpei', 'lvpei-echelons', 'vroom'])('%s: a key that objects take for their prototype is refused by its place, not dropped', (format) => {
    const text = files[format]!.replace(/("vehicles":\[\{)/, '$1"x":[1,{"__proto__":{}}],')
    expect(problemsOf(text, format)).toEqual([expect.objectContaining({ code: 'plan-field-invalid', details: expect.objectContaining({ pointer: '/vehicles/0/x/1/__proto__' }) })])
    expect(problemsOf(text.replace('"__proto__"', '"\\u005f_proto__"'), format)![0]!.details['pointer']).toBe('/vehicles/0/x/1/__proto__')
  })

  it('fields named like members of every object are unknown fields like others', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(problemsOf(files['lvpei']!.replace('{', `{"${name}":1,`), 'lvpei')).toEqual([expect.objectContaining({ code: 'feature-unsupported', details: { pointer: `/${name}`, feature: name } })])
      expect(problemsOf(files['lvpei']!, name)!.map((each) => each.code)).toEqual(['plan-format-unknown'])
    }
  })
})

describe('a file cut where it states its size', () => {
  it('VRPLIB: dimension, and a row in every section', () => {
    expect(problemsOf(files['vrplib']!.replace('3 6 8\n', ''), 'vrplib')!.map((each) => each.code)).toEqual(['plan-syntax'])
    expect(problemsOf(files['vrplib']!.replace('3 10\n', ''), 'vrplib')!.map((each) => each.code)).toEqual(['plan-syntax'])
    expect(problemsOf(files['vrplib']!.replace('3 0 50\n', ''), 'vrplib')!.map((each) => each.code)).toEqual(['plan-syntax'])
    expect(problemsOf(files['vrplib']!.replace('3 0 50', '2 0 50'), 'vrplib')!.map((each) => each.code)).toEqual(['plan-syntax'])
  })
})

describe('a million stops', () => {
  const million = 1_000_000
  const repeat = (text: string, separator: string) => Array.from({ length: million }, () => text).join(separator)
  const large: [string, () => string][] = [
    ['lvpei', () => JSON.stringify(own).replace(/"orders":\[.*\]\}$/, `"orders":[${repeat('{}', ',')}]}`)],
    ['vroom', () => `{"vehicles":[{"id":1}],"jobs":[${repeat('{"id":1}', ',')}]}`],
    ['solomon', () => `${files['solomon']!}\n${repeat(rows[1]!, '\n')}`],
    ['lilim', () => `2 20 1\n${repeat(rows[1]!, '\n')}`],
    ['breunig', () => `${files['breunig']!} ${repeat('1,1,1', ' ')}`],
  ]

  it.each(large)('%s: refused with the limit, not worked on for ever', (format, write) => {
    const text = write()
    const began = performance.now()
    const problems = problemsOf(text, format)!
    expect(problems.map((each) => each.code)).toContain('problem-too-large')
    expect(problems[0]!.details['limit']).toBeGreaterThan(0)
    // a second or two on a free machine
    expect(performance.now() - began).toBeLessThan(30_000)
  }, 60_000)
})
