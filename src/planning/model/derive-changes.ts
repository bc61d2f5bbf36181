import type { Plan } from './plan.ts'
import type { GivenRoute } from './problem.ts'

/** One thing that differs between the routes people follow and a new plan; routes and positions count from 0 in their own document. */
export interface PlanChange {
  /**
   * added: not in the old routes · dropped: in the old routes only · moved: another vehicle · resequenced: same vehicle, another order of
   * stops · retimed: same vehicle and order, served at another time than planned
   */
  readonly kind: 'added' | 'dropped' | 'moved' | 'resequenced' | 'retimed'
  readonly order: string
  readonly stop: 'pickup' | 'delivery' | null
  readonly fromRoute: number | null
  readonly fromPosition: number | null
  readonly toRoute: number | null
  readonly toPosition: number | null
  /** later when positive; only where planned starts are known */
  readonly shiftSeconds?: number
}

export interface PlanDifference {
  /** old routes driven otherwise than before or no longer, and new routes */
  readonly routesTouched: number
  readonly routesKept: number
  readonly changes: readonly PlanChange[]
}

/** What people notice of a schedule: less than a minute is no change. */
const noticedSeconds = 60

interface Visit {
  readonly order: string
  /** an order's first or second stop: order id and number tell the two ends of a carried order apart */
  readonly key: string
  readonly route: number
  readonly position: number
  readonly kind: 'pickup' | 'delivery' | null
  readonly start?: number | undefined
}

type Before = Pick<GivenRoute, 'vehicle' | 'stops' | 'plannedStarts'> & { readonly frozenStops?: number }

function visitsOf(stops: readonly { order: string; kind: Visit['kind']; start?: number | undefined }[], route: number): Visit[] {
  const seen = new Map<string, number>()
  return stops.map(({ order, kind, start }, position) => {
    const nth = seen.get(order) ?? 0
    seen.set(order, nth + 1)
    return { order, key: `${nth}:${order}`, route, position, kind, start }
  })
}

const visitsBefore = (route: Before, at: number): Visit[] => visitsOf(route.stops.map((order, stop) => ({ order, kind: null, start: route.plannedStarts?.[stop] })), at)

const visitsAfter = (plan: Pick<Plan, 'routes'>, at: number): Visit[] =>
  visitsOf(plan.routes[at]!.stops.flatMap(({ kind, order, start }) => (kind === 'pickup' || kind === 'delivery' ? [{ order, kind, start }] : [])), at)

/**
 * The old route each new route continues: the one whose frozen stops it begins with, else of the same kind of vehicle the one with most stops
 * in common, each old route once; -1 for a route of its own.
 */
function matchRoutes(before: readonly Before[], after: Pick<Plan, 'routes'>, oldOf: ReadonlyMap<string, Visit>, visits: readonly (readonly Visit[])[]): number[] {
  const pairs: { from: number; to: number; common: number }[] = []
  after.routes.forEach(({ vehicle }, to) => {
    const common = new Map<number, number>()
    for (const { key } of visits[to]!) {
      const from = oldOf.get(key)?.route
      if (from !== undefined && before[from]!.vehicle === vehicle) common.set(from, (common.get(from) ?? 0) + 1)
    }
    const first = visits[to]![0] && oldOf.get(visits[to]![0]!.key)
    for (const [from, count] of common) {
      const isUnderWay = first?.route === from && first.position === 0 && (before[from]!.frozenStops ?? 0) > 0
      pairs.push({ from, to, common: isUnderWay ? Infinity : count })
    }
  })
  const match = after.routes.map(() => -1)
  const taken = new Set<number>()
  for (const { from, to } of pairs.toSorted((a, b) => (b.common === a.common ? 0 : b.common - a.common) || a.to - b.to)) {
    if (match[to] !== -1 || taken.has(from)) continue
    match[to] = from
    taken.add(from)
  }
  return match
}

/** Positions of a longest increasing subsequence (patience sorting with back links). */
function increasing(values: readonly number[]): Set<number> {
  const tails: number[] = []
  const back = values.map(() => -1)
  values.forEach((value, at) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[tails[middle]!]! < value) low = middle + 1
      else high = middle
    }
    back[at] = low > 0 ? tails[low - 1]! : -1
    tails[low] = at
  })
  const chosen = new Set<number>()
  for (let at = tails.at(-1) ?? -1; at >= 0; at = back[at]!) chosen.add(at)
  return chosen
}

const change = (kind: PlanChange['kind'], from: Visit | undefined, to: Visit | undefined): PlanChange => ({
  kind, order: (to ?? from)!.order, stop: to?.kind ?? null,
  fromRoute: from?.route ?? null, fromPosition: from?.position ?? null, toRoute: to?.route ?? null, toPosition: to?.position ?? null,
})

/** Changes within one route that continues another: what stayed on the vehicle is out of sequence or at another time. */
function changesWithin(visits: readonly Visit[], oldOf: ReadonlyMap<string, Visit>, from: number): PlanChange[] {
  const stayed = visits.filter(({ key }) => oldOf.get(key)?.route === from)
  const kept = increasing(stayed.map(({ key }) => oldOf.get(key)!.position))
  return stayed.flatMap((to, at) => {
    const old = oldOf.get(to.key)!
    if (!kept.has(at)) return [change('resequenced', old, to)]
    const shiftSeconds = (to.start ?? 0) - (old.start ?? to.start ?? 0)
    return Math.abs(shiftSeconds) >= noticedSeconds ? [{ ...change('retimed', old, to), shiftSeconds }] : []
  })
}

/**
 * What differs between routes given before and a plan: every order that came, went, changed its vehicle, its place in the sequence or its
 * time. Pure; the desk shows the same list the planner reports.
 */
export function deriveChanges(before: readonly Before[], after: Pick<Plan, 'routes'>): PlanDifference {
  const old = before.map(visitsBefore)
  const visits = after.routes.map((_, at) => visitsAfter(after, at))
  const oldOf = new Map(old.flat().map((visit) => [visit.key, visit]))
  const match = matchRoutes(before, after, oldOf, visits)
  const now = new Set(visits.flat().map(({ key }) => key))
  const changes = [
    ...old.flat().filter(({ key }) => !now.has(key)).map((visit) => change('dropped', visit, undefined)),
    ...visits.flatMap((route, at) => [
      ...route.flatMap((visit) => {
        const from = oldOf.get(visit.key)
        return from === undefined ? [change('added', undefined, visit)] : from.route === match[at] ? [] : [change('moved', from, visit)]
      }),
      ...changesWithin(route, oldOf, match[at]!),
    ]),
  ]
  const isSame = (to: number): boolean => match[to]! >= 0 && visits[to]!.length === old[match[to]!]!.length && visits[to]!.every(({ key }, at) => old[match[to]!]![at]!.key === key)
  const routesKept = visits.filter((_, to) => isSame(to)).length
  const continued = new Set(match.filter((from) => from >= 0))
  const gone = old.filter((route, at) => route.length > 0 && !continued.has(at)).length
  return { routesTouched: visits.length - routesKept + gone, routesKept, changes }
}
