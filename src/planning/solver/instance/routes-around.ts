import type { Instance } from './instance.ts'

/** Which route each task is in (-1: none), how many stops a route has, and when the routes found are enough: beyond so many stops, but not before so few routes. */
export interface AroundWish {
  readonly routeOf: Int32Array
  sizeOf(route: number): number
  readonly stops: number
  readonly fewest: number
}

/** Routes of a plan that lie side by side: those met first when the neighbours of a task, then theirs, are gone through. */
export function routesAround({ near, nearWidth, tasks }: Instance, task: number, { routeOf, sizeOf, stops, fewest }: AroundWish): number[] {
  const routes: number[] = []
  let found = 0
  const isSeen = new Uint8Array(tasks)
  const queue = [task]
  isSeen[task] = 1
  for (let head = 0; head < queue.length; head++) {
    const route = routeOf[queue[head]!]!
    if (route >= 0 && !routes.includes(route)) {
      found += sizeOf(route)
      if (found > stops && routes.length >= fewest) break
      routes.push(route)
    }
    for (let at = queue[head]! * nearWidth, to = at + nearWidth; at < to; at++) {
      const other = near[at]!
      if (other < 0 || isSeen[other] === 1) continue
      isSeen[other] = 1
      queue.push(other)
    }
  }
  return routes
}
