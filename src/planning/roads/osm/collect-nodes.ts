import { attempt, readBlobs } from './blobs.ts'
import { visitBlock } from './primitive-block.ts'
import { barrierSigns, isEverOpen, type LeaveOut, type Tags } from './way-signs.ts'
import type { Signs } from '../vehicle.ts'

/** Nodes of the roads, by their place in the sorted list of OSM ids. */
export interface Nodes {
  /** ascending */
  readonly ids: Float64Array
  /** NaN where the extract holds no such node */
  readonly lon: Float64Array
  readonly lat: Float64Array
  readonly barriers: ReadonlyMap<number, Signs>
}

/** Distinct values in ascending order. */
function distinct(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort()
  let kept = 0
  for (let at = 0; at < sorted.length; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at]!
  return sorted.slice(0, kept)
}

/** Index of a node by its OSM id; −1 when no road uses it. */
export function findNode(ids: Float64Array, id: number): number {
  let [low, high] = [0, ids.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = ids[middle]!
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** Second reading: coordinates and barriers of the nodes the roads use. */
export function collectNodes(file: string, refs: Float64Array, leaveOut: LeaveOut): Nodes {
  const ids = distinct(refs)
  const lon = new Float64Array(ids.length).fill(Number.NaN)
  const lat = new Float64Array(ids.length).fill(Number.NaN)
  const barriers = new Map<number, Signs>()
  const visitor = {
    node: (id: number, x: number, y: number): void => {
      const at = findNode(ids, id)
      if (at < 0) return
      lon[at] = x
      lat[at] = y
    },
    taggedNode: (id: number, tags: Tags): void => {
      const at = findNode(ids, id)
      const signs = at < 0 ? undefined : barrierSigns(tags, leaveOut)
      if (signs) barriers.set(at, signs)
    },
  }
  for (const { data, offset } of readBlobs(file)) attempt(file, offset, () => visitBlock(data, visitor))
  return { ids, lon, lat, barriers }
}

/** Whether a barrier says anything at all to goods vehicles. */
export const isBarring = (signs: Signs): boolean => !isEverOpen(signs) || signs.level.goods < 2 || signs.level.hgv < 2 || Object.keys(signs.limits).length > 0 || signs.conditional.length > 0
