import { areAlike, type Instance } from '../instance/instance.ts'

/** Stops from which on a route is long for strings of ten. */
const longRoute = 30

/**
 * Whether routes may be cut and put together anew by sums at the cuts alone, and that is worth it: no loads that rise along the route, nothing that
 * needs the whole of it. `meanStops`: stops a route of the first plan; without time, short routes gained nothing from it.
 */
export function cutsSayAll({ has }: Instance, meanStops: number): boolean {
  return (has.time || meanStops >= longRoute) && !(has.exact || has.carried || has.peaks || has.severalWindows || has.backhaulsLast)
}

/** Whether vehicles of different kinds may exchange stops: they differ in depot, shift and money by the day or the hour at most. */
export const mayExchangeAcross = (instance: Instance): boolean => areAlike(instance) && instance.fleet.mayServe.every((each) => each === 1)

/** Duration of a head and the way to a tail, waiting for the tail included (Vidal et al. 2014): `span` is driven, the head may leave as late as `late`. */
export const join = (span: number, late: number, early: number): number => span + Math.max(0, early - span - late)
