import { parseConditional, type Condition } from '../conditions.ts'
import type { RoadNetwork, TurnRule } from '../network.ts'
import { truckClasses, type TruckClass } from '../vehicle.ts'
import type { RawRestriction } from './collect-ways.ts'
import type { LeaveOut } from './way-signs.ts'

/** What turn restrictions need to find their edges. */
export interface TurnGround {
  readonly network: Pick<RoadNetwork, 'tail' | 'head' | 'first'>
  /** directed edges of an OSM way */
  edgesOfWay(osmWay: number): readonly number[]
  /** vertex of an OSM node; −1: it is none */
  vertexOfNode(osmNode: number): number
  readonly leaveOut: LeaveOut
}

/** Ways a restriction may speak of. */
export const waysNamed = (restrictions: readonly RawRestriction[]): Set<number> => new Set(restrictions.flatMap((each) => each.members.filter((member) => member.kind === 'way').map((member) => member.id)))

interface Said {
  readonly value: string
  readonly classes: readonly TruckClass[]
  readonly when: Condition | null
}

const classesNamed: Readonly<Record<string, readonly TruckClass[]>> = { '': truckClasses, ':vehicle': truckClasses, ':motor_vehicle': truckClasses, ':hgv': ['hgv'], ':goods': ['goods'] }

/** What the tags forbid, to whom, when; `except` frees those it names. */
function saidBy({ tags }: RawRestriction): Said[] {
  const except = new Set((tags.get('except') ?? '').split(';').map((each) => each.trim()))
  const isFree = (each: TruckClass): boolean => except.has(each) || except.has('motor_vehicle') || except.has('vehicle')
  return Object.entries(classesNamed).flatMap(([suffix, named]) => {
    const classes = named.filter((each) => !isFree(each))
    const value = tags.get(`restriction${suffix}`)
    const conditional = parseConditional(tags.get(`restriction${suffix}:conditional`) ?? '')
    if (classes.length === 0) return []
    return [...(value === undefined ? [] : [{ value, classes, when: null }]), ...conditional.map((each) => ({ value: each.value, classes, when: each.when }))]
  })
}

/** Restrictions as runs of edges. What cannot be placed is counted, never guessed. */
export function resolveTurns(restrictions: readonly RawRestriction[], ground: TurnGround): TurnRule[] {
  return restrictions.flatMap((restriction) => {
    const said = saidBy(restriction)
    if (said.length === 0) return []
    const runs = runsOf(restriction, ground)
    if (runs.length === 0) {
      ground.leaveOut('转向限制的成员不全或不相接')
      return []
    }
    return said.flatMap(({ value, classes, when }): TurnRule[] => {
      const kind = /^(no|only)_/.exec(value)?.[1]
      if (kind !== 'no' && kind !== 'only') {
        ground.leaveOut(`restriction=${value}`)
        return []
      }
      return runs.map((edges) => ({ kind, edges, classes, when }))
    })
  })
}

/** Every run from a `from` edge over the via to a `to` edge; several for no_entry and no_exit. */
function runsOf({ members }: RawRestriction, ground: TurnGround): number[][] {
  const ids = (role: string, kind: string): number[] => members.filter((each) => each.role === role && each.kind === kind).map((each) => each.id)
  const [from, to] = [ids('from', 'way'), ids('to', 'way')]
  const [viaNodes, viaWays] = [ids('via', 'node'), ids('via', 'way')]
  const { tail, head } = ground.network
  if (viaNodes.length === 1) {
    const via = ground.vertexOfNode(viaNodes[0]!)
    const into = from.map((way) => ground.edgesOfWay(way).filter((edge) => head[edge] === via))
    const outOf = to.map((way) => ground.edgesOfWay(way).filter((edge) => tail[edge] === via))
    // A way that passes the via node does not say which side it means.
    if (via < 0 || [...into, ...outOf].some((each) => each.length !== 1)) return []
    return into.flat().flatMap((first) => outOf.flat().map((last) => [first, last]))
  }
  if (viaNodes.length > 0 || viaWays.length === 0) return []
  const between = new Set(viaWays.flatMap((way) => ground.edgesOfWay(way)))
  const targets = new Set(to.flatMap((way) => ground.edgesOfWay(way)))
  return from.flatMap((way) => ground.edgesOfWay(way)).flatMap((edge) => walk([edge], { between, targets, network: ground.network, wanted: viaWays, edgesOfWay: ground.edgesOfWay }))
}

interface Walk {
  readonly between: ReadonlySet<number>
  readonly targets: ReadonlySet<number>
  readonly network: TurnGround['network']
  readonly wanted: readonly number[]
  readonly edgesOfWay: TurnGround['edgesOfWay']
}

/** Goes on over via edges, each vertex once, until a `to` edge leaves and every via way was used. */
function walk(run: readonly number[], ground: Walk): number[][] {
  const { between, targets, network: { first, tail, head }, wanted, edgesOfWay } = ground
  const at = head[run.at(-1)!]!
  const found: number[][] = []
  const hasAll = wanted.every((way) => edgesOfWay(way).some((edge) => run.includes(edge)))
  for (let edge = first[at]!; edge < first[at + 1]!; edge++) {
    if (hasAll && targets.has(edge) && !between.has(edge)) found.push([...run, edge])
    if (between.has(edge) && !run.some((each) => tail[each] === head[edge])) found.push(...walk([...run, edge], ground))
  }
  return found
}
