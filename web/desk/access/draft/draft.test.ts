import { describe, expect, test, vi } from 'vitest'

vi.stubGlobal('document', { documentElement: {} })
const { parseSpans } = await import('./times.ts')
const { joinParts, spansText } = await import('../../../shared/rules/describe.ts')
const { changesOf, mergeRuleSets } = await import('./merge.ts')
const { asWgs84 } = await import('./declared-system.ts')
const { surveyPoint } = await import('../../../../src/base/coordinates.ts')
const { readGeojson } = await import('./read-geojson.ts')
const { usesOf } = await import('./edits.ts')
const paths = await import('./zone-paths.ts')
const { begin, record, redo, undo } = await import('./history.ts')
type RuleSet = import('../../../api/access.ts').RuleSet

describe('hours as they are typed', () => {
  test.each([
    ['07:00-20:00', [{ from: '07:00', to: '20:00' }]],
    ['工作日 7:00—9:00；工作日 1700-1830', [{ days: ['workday'], from: '07:00', to: '09:00' }, { days: ['workday'], from: '17:00', to: '18:30' }]],
    ['3月 周日 周六 22:00 - 06:00', [{ weekdays: [6, 7], months: [3], from: '22:00', to: '06:00' }]],
    ['rest-day 08:00-24:00; holiday', [{ days: ['rest-day'], from: '08:00', to: '24:00' }, { days: ['holiday'], from: '00:00', to: '24:00' }]],
    ['', []],
  ])('%s', (text, spans) => {
    expect(parseSpans(text)).toEqual({ value: spans })
    expect(parseSpans(spansText(spans as never))).toEqual({ value: spans })
  })
  test.each([['高峰 7:00-9:00', '高峰'], ['25:00-26:00', '25:00-26:00'], ['7:00-9:00 10:00-11:00', '10:00-11:00'], ['13月', '13月']])('%s is refused and the word named', (text, wrong) => expect(parseSpans(text)).toEqual({ wrong }))
})

test('hours that fare alike are one stretch, whichever rule or version decides', () => {
  const part = (from: string, to: string, effect: 'no-go' | 'limited', rule: string, allowed = true) => ({ from, to, allowed, effect, rule, text: rule })
  expect(joinParts([part('00:00', '02:31', 'limited', 'old'), part('02:31', '06:00', 'limited', 'new'), part('06:00', '24:00', 'no-go', 'day')]).map(({ from, to }) => [from, to])).toEqual([['00:00', '06:00'], ['06:00', '24:00']])
  expect(joinParts([part('00:00', '12:00', 'limited', 'a'), part('12:00', '24:00', 'limited', 'b', false)])).toHaveLength(2)
})

const ring = [[120, 34], [120.1, 34], [120.1, 34.1], [120, 34.1], [120, 34]] as const
const rule = (code: string, more: object = {}) => ({ code, title: code, zones: ['Z'], times: [], priority: 100, effect: 'no-go', ...more })
const set = (rules: object[], more: object = {}) => ({ code: 's', title: 's', source: 'x', calendar: 'china', effectiveFrom: 'f', effectiveTo: null, notices: [], passes: [], periods: [], vehicleClasses: [], zones: [{ code: 'Z', title: 'Z', geometry: { type: 'Polygon', coordinates: [ring] } }], rules, ...more }) as unknown as RuleSet

describe('two people on one draft', () => {
  const base = set([rule('A'), rule('B'), rule('C')])
  test('what only one touched is taken from them, without a question', () => {
    const { ruleSet, clashes } = mergeRuleSets(base, set([rule('A', { priority: 7 }), rule('B'), rule('C'), rule('D')]), set([rule('A', { effect: 'limited' }), rule('B'), rule('E')]))
    expect(clashes).toEqual([])
    expect(ruleSet.rules.map(({ code }) => code)).toEqual(['A', 'B', 'D', 'E'])
    expect(ruleSet.rules[0]).toMatchObject({ priority: 7, effect: 'limited' })
  })
  test('what both changed differently is asked, field by field, and both answers work', () => {
    const [mine, theirs] = [set([rule('A', { priority: 7 }), rule('B'), rule('C', { title: 'mine' })]), set([rule('A', { priority: 8 }), rule('B')])]
    const asked = mergeRuleSets(base, mine, theirs)
    expect(asked.clashes).toMatchObject([{ id: 'rule/A/priority', mine: 7, theirs: 8 }, { id: 'rule/C/', field: null, theirs: null }])
    expect(asked.ruleSet.rules.map(({ code, priority }) => [code, priority])).toEqual([['A', 7], ['B', 100], ['C', 100]])
    const { ruleSet } = mergeRuleSets(base, mine, theirs, { 'rule/A/priority': 'theirs', 'rule/C/': 'theirs' })
    expect(ruleSet.rules.map(({ code, priority }) => [code, priority])).toEqual([['A', 8], ['B', 100]])
  })
  test('the order of members says nothing: the store gives them back in its own', () => {
    const turned = (value: unknown): unknown => (Array.isArray(value) ? value.map(turned) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toReversed().map(([key, each]) => [key, turned(each)])) : value)
    expect(changesOf(base, turned(base) as RuleSet)).toEqual([])
    expect(mergeRuleSets(base, set([rule('A', { priority: 7 }), rule('B'), rule('C')]), turned(base) as RuleSet).clashes).toEqual([])
  })
  test('no change is no difference; a change is told by its field', () => {
    expect(changesOf(base, structuredClone(base))).toEqual([])
    expect(changesOf(base, set([rule('A', { priority: 1 }), rule('B')]))).toMatchObject([{ code: 'A', kind: 'changed', fields: [{ field: 'priority', before: 100, after: 1 }] }, { code: 'C', kind: 'removed' }])
  })
})

describe('what rules refer to', () => {
  const lists = {
    notices: [{ code: 'N' }], periods: [{ code: 'peak' }], passes: [{ code: 'cold' }, { code: 'night' }],
    vehicleClasses: [{ code: 'van', title: 'van', facts: { passes: ['cold'] } }],
  }
  const ruleSet = set([rule('A', { notice: { code: 'N' }, periods: ['peak'], passes: ['cold'], vehicles: [{}], exceptions: [{ passes: ['cold'] }], examples: [{ vehicle: 'van' }] }), rule('B', { notice: { code: 'N' }, periods: [], passes: [], vehicles: [{ passes: ['cold'] }], exceptions: [], examples: [] })], lists)
  test.each([['notices', 'N', 2], ['periods', 'peak', 1], ['passes', 'cold', 3], ['passes', 'night', 0], ['vehicleClasses', 'van', 1], ['vehicleClasses', 'lorry', 0]] as const)('%s %s: %i', (list, code, uses) => expect(usesOf(ruleSet, list, code)).toBe(uses))
})

describe('pasted areas', () => {
  test('a feature collection, a bare geometry, bare positions and lines', () => {
    const polygon = { type: 'Polygon', coordinates: [ring] }
    expect(readGeojson(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: '甲' }, geometry: polygon }, { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [1, 2] } }] }))).toEqual({ found: [{ title: '甲', geometry: polygon }] })
    expect(readGeojson(JSON.stringify(ring))).toEqual({ found: [{ title: '', geometry: polygon }] })
    expect(readGeojson(JSON.stringify({ type: 'LineString', coordinates: ring }))).toMatchObject({ found: [{ geometry: { type: 'RoadList', roads: [{ line: ring }] } }] })
  })
  test.each(['GCJ-02', 'BD-09'] as const)('declared as %s they are converted as the server converts a point', (system) => {
    const survey = ([declaredLon, declaredLat]: readonly [number, number]) => surveyPoint({ system, declaredLon, declaredLat }) as { lon: number; lat: number }
    const converted = asWgs84({ type: 'Polygon', coordinates: [ring] }, system)
    expect(paths.linesOf(converted)[0]).toEqual(ring.map((each) => [survey(each).lon, survey(each).lat]))
    expect(paths.linesOf(converted)[0]![0]).not.toEqual(ring[0])
  })
  test('what is no area says why', () => {
    const wrong = (text: string) => (readGeojson(text) as { wrong: string }).wrong
    expect([wrong(''), wrong('{"type"'), wrong('{"type":"Point","coordinates":[1,2]}'), wrong('{"type":"Polygon","coordinates":[[[120,"x"]]]}'), wrong('null')]).toEqual(['paste-empty', 'paste-not-json', 'paste-no-area', 'paste-bad-position', 'paste-no-area'])
    expect(wrong(`"${'x'.repeat(9 * 2 ** 20)}"`)).toBe('paste-too-large')
    expect(wrong(JSON.stringify({ type: 'Polygon', coordinates: [Array.from({ length: 50_001 }, () => [120, 34])] }))).toBe('paste-too-many')
  })
})

describe('vertices', () => {
  const polygon = { type: 'Polygon', coordinates: [ring] } as const
  test('the first point moves with its double; a ring pasted open stays open until it is closed', () => {
    const moved = paths.moveVertex(polygon, { path: 0, point: 0 }, [119.9, 33.9])
    expect(paths.linesOf(moved)[0]!.at(0)).toEqual(paths.linesOf(moved)[0]!.at(-1))
    const open = { type: 'Polygon', coordinates: [ring.slice(0, 4)] } as const
    expect(paths.linesOf(paths.insertVertex(open, { path: 0, point: 3 }, [119.9, 34]))[0]).toHaveLength(5)
    expect(paths.pathsOf(paths.closePath(open, 0))[0]).toMatchObject({ closed: true })
  })
  test('an area keeps three points; holes and parts come and go', () => {
    const triangle = paths.deleteVertex(polygon, { path: 0, point: 1 })!
    expect(paths.deleteVertex(triangle, { path: 0, point: 0 })).toBeUndefined()
    const { geometry, path } = paths.addHole(polygon, 0, [120.05, 34.05], 100)!
    expect([path, paths.kindsOf(geometry)]).toEqual([1, ['outline', 'hole']])
    expect(paths.deletePath(geometry, 1)).toEqual(polygon)
    expect(paths.deletePath(geometry, 0)).toBeUndefined()
    const two = paths.addPart(geometry, [121, 34], 100)
    expect(paths.kindsOf(two.geometry)).toEqual(['outline', 'hole', 'outline'])
    const second = paths.addHole(two.geometry, 0, [120.06, 34.06], 50)!
    expect([second.path, paths.kindsOf(second.geometry)]).toEqual([2, ['outline', 'hole', 'hole', 'outline']])
    expect(paths.kindsOf(paths.deletePath(second.geometry, 0)!)).toEqual(['outline'])
  })
})

test('a drag is one step back; undone steps can be done again until something new is done', () => {
  const dragged = [1, 2, 3].reduce((history, value) => record(history, value, 'drag'), begin(0))
  expect(undo(dragged).present).toBe(0)
  expect(redo(undo(dragged)).present).toBe(3)
  expect(redo(record(undo(dragged), 9)).present).toBe(9)
})
