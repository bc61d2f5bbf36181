import { distanceMetres } from '../../../base/geo.ts'
import { msFromSeconds } from '../../../base/units.ts'
import { findNode, type Nodes } from './collect-nodes.ts'
import type { Carriageway, Way } from './collect-ways.ts'
import { Growing } from './growing.ts'
import type { LeaveOut } from './way-signs.ts'

/** Directed edges before they are sorted by vertex; columns of equal length. */
export interface LaidEdges {
  readonly tail: Growing
  readonly head: Growing
  readonly twin: Growing
  readonly lengthMetres: Growing
  readonly durationMs: Growing
  readonly roadClass: Growing
  readonly isRoundabout: Growing
  readonly name: Growing
  readonly signs: Growing
  readonly shape: Growing
  readonly isReversed: Growing
  readonly osmWay: Growing
  readonly shapeFirst: Growing
  /** node indices of the shapes */
  readonly shapeNodes: Growing
}

/** Two one-way ways over the same nodes in opposite order are one road with two directions. */
export function pairOpposite(ways: readonly Way[], nodeOf: Int32Array): Way[] {
  const waiting = new Map<string, Way[]>()
  const paired: Way[] = []
  const places = new Map<Way, number>()
  for (const way of ways) {
    const isOneWay = (way.forward === null) !== (way.backward === null)
    const [first, last] = [nodeOf[way.firstRef]!, nodeOf[way.endRef - 1]!]
    const length = way.endRef - way.firstRef
    const opposite = isOneWay && way.forward ? waiting.get(`${last},${first},${length}`)?.find((each) => each.backward === null && isReverse(each, way, nodeOf)) : undefined
    if (opposite) {
      const at = places.get(opposite)!
      paired[at] = { ...opposite, backward: way.forward }
      const list = waiting.get(`${last},${first},${length}`)!
      list.splice(list.indexOf(opposite), 1)
      continue
    }
    if (isOneWay && way.forward) {
      const key = `${first},${last},${length}`
      const list = waiting.get(key)
      if (list) list.push(way)
      else waiting.set(key, [way])
    }
    places.set(way, paired.length)
    paired.push(way)
  }
  return paired
}

function isReverse(a: Way, b: Way, nodeOf: Int32Array): boolean {
  if (a.roadClass !== b.roadClass || a.isRoundabout !== b.isRoundabout) return false
  const length = a.endRef - a.firstRef
  for (let at = 0; at < length; at++) if (nodeOf[a.firstRef + at] !== nodeOf[b.endRef - 1 - at]) return false
  return true
}

/** Node index of every reference; −1 where the extract holds no coordinates. */
export function resolveRefs(refs: Float64Array, nodes: Nodes): Int32Array {
  return Int32Array.from(refs, (id) => {
    const at = findNode(nodes.ids, id)
    return at < 0 || Number.isNaN(nodes.lon[at]!) ? -1 : at
  })
}

/** Nodes where roads begin, end or meet, and barriers. */
export function markVertices(ways: readonly Way[], nodeOf: Int32Array, nodes: Nodes): Uint8Array {
  const uses = new Uint8Array(nodes.ids.length)
  const use = (node: number, count: number): void => void (node >= 0 && (uses[node] = Math.min(2, uses[node]! + count)))
  for (const { firstRef, endRef } of ways) {
    for (let at = firstRef; at < endRef; at++) {
      const isEnd = at === firstRef || at === endRef - 1 || nodeOf[at - 1]! < 0 || nodeOf[at + 1]! < 0
      use(nodeOf[at]!, isEnd ? 2 : 1)
    }
  }
  for (const node of nodes.barriers.keys()) use(node, 2)
  return uses.map((count) => (count === 2 ? 1 : 0))
}

/** Cuts the ways at vertices into directed edges that share their shapes. */
export function layEdges(ways: readonly Way[], { nodeOf, isVertex, nodes, leaveOut }: { nodeOf: Int32Array; isVertex: Uint8Array; nodes: Nodes; leaveOut: LeaveOut }): LaidEdges {
  const make = (): Growing => new Growing()
  const laid: LaidEdges = { tail: make(), head: make(), twin: make(), lengthMetres: make(), durationMs: make(), roadClass: make(), isRoundabout: make(), name: make(), signs: make(), shape: make(), isReversed: make(), osmWay: make(), shapeFirst: make(), shapeNodes: make() }
  laid.shapeFirst.push(0)
  for (const way of ways) {
    let piece: number[] = []
    for (let at = way.firstRef; at < way.endRef; at++) {
      const node = nodeOf[at]!
      if (node < 0) {
        leaveOut('数据范围外的节点')
        piece = []
        continue
      }
      piece.push(node)
      if (isVertex[node] && piece.length > 1) {
        layPiece(laid, way, piece, nodes)
        piece = [node]
      }
    }
  }
  return laid
}

function layPiece(laid: LaidEdges, way: Way, piece: readonly number[], { lon, lat }: Nodes): void {
  let lengthMetres = 0
  for (let at = 1; at < piece.length; at++) {
    const [a, b] = [piece[at - 1]!, piece[at]!]
    lengthMetres += distanceMetres({ lon: lon[a]!, lat: lat[a]! }, { lon: lon[b]!, lat: lat[b]! })
  }
  const shape = laid.shapeFirst.length - 1
  for (const node of piece) laid.shapeNodes.push(node)
  laid.shapeFirst.push(laid.shapeNodes.length)
  const [from, to] = [piece[0]!, piece.at(-1)!]
  const edge = laid.tail.length
  const isTwoWay = way.forward !== null && way.backward !== null
  const lay = ({ signs, metresPerSecond, name, osmWay }: Carriageway, ends: readonly [number, number], twin: number): void => {
    laid.tail.push(ends[0])
    laid.head.push(ends[1])
    laid.twin.push(isTwoWay ? twin : -1)
    laid.lengthMetres.push(lengthMetres)
    laid.durationMs.push(Math.max(1, Math.round(msFromSeconds(lengthMetres / metresPerSecond))))
    laid.roadClass.push(way.roadClass)
    laid.isRoundabout.push(way.isRoundabout ? 1 : 0)
    laid.name.push(name)
    laid.signs.push(signs)
    laid.shape.push(shape)
    laid.isReversed.push(ends[0] === from && !(from === to && twin === edge) ? 0 : 1)
    laid.osmWay.push(osmWay)
  }
  if (way.forward) lay(way.forward, [from, to], edge + 1)
  if (way.backward) lay(way.backward, [to, from], edge)
}
