import type { Point } from '../../base/geo.ts'
import { metresFromCentimetres, secondsFromMs } from '../../base/units.ts'
import type { Way } from './many-to-many.ts'
import { pointsOf, type RoadNetwork } from './network.ts'
import { costsOf, partOf } from './search.ts'
import { linePart, sharesOf } from './way-line.ts'

/** One instruction and the stretch that follows it. */
export interface Step {
  readonly manoeuvre: 'depart' | 'straight' | 'slight-left' | 'slight-right' | 'left' | 'right' | 'sharp-left' | 'sharp-right' | 'u-turn' | 'roundabout' | 'arrive'
  readonly text: string
  /** '' where the road has no name */
  readonly street: string
  readonly distanceMetres: number
  readonly durationSeconds: number
  /** where the instruction is followed */
  readonly at: Point
}

const radians = Math.PI / 180

/** Degrees clockwise from north. */
function bearing(a: Point, b: Point): number {
  const x = (b.lon - a.lon) * Math.cos(a.lat * radians)
  return ((Math.atan2(x, b.lat - a.lat) / radians) + 360) % 360
}

const compass = ['北', '东北', '东', '东南', '南', '西南', '西', '西北']
const compassOf = (degrees: number): string => compass[Math.round(degrees / 45) % 8]!

/** Change of direction at a crossing, degrees to the right, and the word for it: the first whose limit is not passed. */
const turns: readonly { upTo: number; manoeuvre: Step['manoeuvre']; word: string }[] = [
  { upTo: -165, manoeuvre: 'u-turn', word: '掉头' }, { upTo: -120, manoeuvre: 'sharp-left', word: '向左后方转弯' }, { upTo: -55, manoeuvre: 'left', word: '左转' }, { upTo: -25, manoeuvre: 'slight-left', word: '向左前方行驶' },
  { upTo: 25, manoeuvre: 'straight', word: '直行' }, { upTo: 55, manoeuvre: 'slight-right', word: '向右前方行驶' }, { upTo: 120, manoeuvre: 'right', word: '右转' }, { upTo: 165, manoeuvre: 'sharp-right', word: '向右后方转弯' },
  { upTo: 180, manoeuvre: 'u-turn', word: '掉头' },
]

const leaving = (network: RoadNetwork, edge: number): number => {
  const [a, b] = pointsOf(network, edge)
  return bearing(a!, b!)
}
const arriving = (network: RoadNetwork, edge: number): number => {
  const [a, b] = pointsOf(network, edge).slice(-2)
  return bearing(a!, b!)
}

function turnBetween(network: RoadNetwork, edge: number, next: number): (typeof turns)[number] {
  const change = ((leaving(network, next) - arriving(network, edge) + 540) % 360) - 180
  return turns.find(({ upTo }) => change <= upTo)!
}

interface Draft {
  readonly manoeuvre: Step['manoeuvre']
  readonly text: string
  readonly street: string
  readonly at: Point
  cm: number
  ms: number
}

const named = (street: string): string => street || '无名道路'

/** The way in words, streets of the same name joined while one drives straight on. */
export function stepsOf(network: RoadNetwork, way: Way): Step[] {
  const { ms, cm } = costsOf(network)
  const drafts: Draft[] = []
  way.edges.forEach((edge, at) => {
    const [from, to] = sharesOf(way, at)
    const instruction = at === 0 ? begin(network, edge, linePart(network, edge, from, to)[0]!) : instructionAt(network, way, at)
    if (instruction) drafts.push({ ...instruction, cm: 0, ms: 0 })
    const last = drafts.at(-1)!
    last.cm += partOf(cm[edge]!, from, to)
    last.ms += partOf(ms[edge]!, from, to)
  })
  const end = linePart(network, way.edges.at(-1)!, ...sharesOf(way, way.edges.length - 1)).at(-1)!
  const arrival: Step = { manoeuvre: 'arrive', text: '到达目的地', street: drafts.at(-1)!.street, distanceMetres: 0, durationSeconds: 0, at: end }
  return [...drafts.map(({ cm: length, ms: time, ...rest }): Step => ({ ...rest, distanceMetres: metresFromCentimetres(length), durationSeconds: secondsFromMs(time) })), arrival]
}

function begin(network: RoadNetwork, edge: number, at: Point): Omit<Draft, 'cm' | 'ms'> {
  const street = network.names[network.nameOf[edge]!]!
  return { manoeuvre: 'depart', text: `沿${named(street)}向${compassOf(leaving(network, edge))}出发`, street, at }
}

/** What to say where an edge of the way begins; undefined: nothing, one simply drives on. */
function instructionAt(network: RoadNetwork, way: Way, at: number): Omit<Draft, 'cm' | 'ms'> | undefined {
  const [before, edge] = [way.edges[at - 1]!, way.edges[at]!]
  const street = network.names[network.nameOf[edge]!]!
  const point = pointsOf(network, edge)[0]!
  const [wasRound, isRound] = [network.isRoundabout[before] === 1, network.isRoundabout[edge] === 1]
  if (isRound) return wasRound ? undefined : { manoeuvre: 'roundabout', text: roundaboutText(network, way, at), street, at: point }
  if (wasRound) return { manoeuvre: 'straight', text: `驶出环岛，进入${named(street)}`, street, at: point }
  const isSame = network.nameOf[before] === network.nameOf[edge]
  const { manoeuvre, word } = turnBetween(network, before, edge)
  const hasChoice = network.first[network.head[before]! + 1]! - network.first[network.head[before]!]! > (network.twin[before]! < 0 ? 1 : 2)
  if (isSame && (manoeuvre === 'straight' || !hasChoice)) return undefined
  return { manoeuvre, text: manoeuvre === 'u-turn' ? '掉头' : isSame ? `${word}，继续沿${named(street)}行驶` : `${word}，进入${named(street)}`, street, at: point }
}

/** Exits are counted from where one drives in, the one taken included. */
function roundaboutText(network: RoadNetwork, way: Way, at: number): string {
  let exits = 0
  for (let each = at; each < way.edges.length && network.isRoundabout[way.edges[each]!]; each++) {
    const vertex = network.head[way.edges[each]!]!
    for (let out = network.first[vertex]!; out < network.first[vertex + 1]!; out++) if (!network.isRoundabout[out]) {
      exits++
      break
    }
  }
  return `进入环岛，从第 ${Math.max(1, exits)} 个出口驶出`
}
