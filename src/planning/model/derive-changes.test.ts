import { describe, expect, it } from 'vitest'
import { deriveChanges } from './derive-changes.ts'
import type { PlanRoute, PlanStop } from './plan.ts'

const stop = (order: string, start = 0, kind: PlanStop['kind'] = 'delivery'): PlanStop => ({ kind, order, place: order, arrival: start, start, departure: start })
const route = (vehicle: string, ...stops: PlanStop[]): PlanRoute => ({ vehicle, number: 1, departure: 0, return: 0, distanceMetres: 0, cost: 0, stops })
const lines = (...args: Parameters<typeof deriveChanges>): string[] => deriveChanges(...args).changes.map((each) => `${each.kind} ${each.order} ${each.fromRoute}:${each.fromPosition}→${each.toRoute}:${each.toPosition}`)

describe('changes between two plans', () => {
  const before = [{ vehicle: 'van', stops: ['a', 'b', 'c'] }, { vehicle: 'van', stops: ['d', 'e'] }]

  it('none', () => {
    const after = { routes: [route('van', stop('d'), stop('e')), route('van', stop('a'), stop('b'), stop('c'))] }
    expect(deriveChanges(before, after)).toEqual({ routesTouched: 0, routesKept: 2, changes: [] })
  })

  it('added, dropped, moved, resequenced', () => {
    const after = { routes: [route('van', stop('a'), stop('c'), stop('b'), stop('new')), route('van', stop('e'))] }
    expect(lines(before, after)).toEqual(['dropped d 1:0→null:null', 'added new null:null→0:3', 'resequenced c 0:2→0:1'])
    expect(lines(before, { routes: [route('van', stop('a'), stop('b'), stop('c'), stop('d')), route('van', stop('e'))] })).toEqual(['moved d 1:0→0:3'])
  })

  it('a route that ends or begins counts as touched', () => {
    expect(deriveChanges(before, { routes: [route('van', stop('a'), stop('b'), stop('c'))] })).toMatchObject({ routesTouched: 1, routesKept: 1 })
    expect(deriveChanges(before.slice(0, 1), { routes: [route('van', stop('a'), stop('b'), stop('c')), route('van', stop('x'))] })).toMatchObject({ routesTouched: 1, routesKept: 1 })
  })

  it('another kind of vehicle is another driver: everything on it has moved', () => {
    expect(deriveChanges(before.slice(1), { routes: [route('lorry', stop('d'), stop('e'))] })).toMatchObject({ routesTouched: 2, routesKept: 0, changes: [{ kind: 'moved' }, { kind: 'moved' }] })
  })

  it('a route under way is the one it began as, wherever most of its stops come from', () => {
    const begun = [{ vehicle: 'van', stops: ['a', 'b', 'c'], frozenStops: 1 }, { vehicle: 'van', stops: ['d', 'e', 'f'] }]
    expect(lines(begun, { routes: [route('van', stop('a'), stop('e'), stop('f')), route('van', stop('d'), stop('b'), stop('c'))] })).toEqual(
      ['moved e 1:1→0:1', 'moved f 1:2→0:2', 'moved b 0:1→1:1', 'moved c 0:2→1:2'])
  })

  it('another time is a change from a minute on, breaks and reloads are none', () => {
    const planned = [{ vehicle: 'van', stops: ['a', 'b'], plannedStarts: [100, 200] }]
    const after = { routes: [route('van', stop('a', 159), stop('', 170, 'break'), stop('b', 260))] }
    expect(deriveChanges(planned, after)).toMatchObject({ routesTouched: 0, changes: [{ kind: 'retimed', order: 'b', shiftSeconds: 60 }] })
  })

  it('the two ends of a carried order are told apart', () => {
    const carried = [{ vehicle: 'van', stops: ['a', 'b', 'a'] }]
    expect(lines(carried, { routes: [route('van', stop('a', 0, 'pickup'), stop('a'), stop('b'))] })).toEqual(['resequenced a 0:2→0:1'])
  })
})
