import type { Routes } from '../routes.ts'
import type { Insertion } from './exact-route.ts'

/** Writes the stops of a route into `sequence` and returns how many there are. */
export function writeRoute(routes: Routes, route: number, sequence: Int32Array): number {
  const { next } = routes
  let length = 0
  for (let node = next[routes.startOf(route)]!; next[node]! >= 0; node = next[node]!) sequence[length++] = node
  return length
}

/** Writes the stops of a route with a candidate task, and its mate if it has one, where they would stand; returns how many there are. */
export function writeInsertion(routes: Routes, { route, task, after, mate, mateAfter }: Insertion, sequence: Int32Array): number {
  const { next } = routes
  const start = routes.startOf(route)
  let length = 0
  for (let node = start; next[node]! >= 0; node = next[node]!) {
    if (node !== start) sequence[length++] = node
    if (node === after) {
      sequence[length++] = task
      if (mateAfter === task) sequence[length++] = mate
    }
    if (mate >= 0 && node === mateAfter) sequence[length++] = mate
  }
  return length
}
