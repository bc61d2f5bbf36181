/** How long to search. With `iterations` the clock decides nothing, and the same seed gives the same plan. */
export interface Budget {
  readonly seconds?: number
  readonly iterations?: number
}

/** What the search needs of the world outside. */
export interface Surroundings {
  /** seconds on any steady clock */
  now(): number
  isCancelled(): boolean
  report?(progress: Progress): void
}

/** After a cancel, milliseconds in which a thread may still hand over the beginning of a first plan. */
export const graceMs = 60
/** After a cancel, seconds in which reasons are still looked for. */
const explainingSeconds = 0.03

/** Whether there is time to find out why an order was left out: asked before each of them, after a cancel only so long. */
export function explainsWith({ now, isCancelled }: Surroundings): () => boolean {
  let first: number | null = null
  return () => !isCancelled() || now() - (first ??= now()) < explainingSeconds
}

export interface Progress {
  readonly iterations: number
  readonly cost: number
  readonly vehicles: number
  readonly unassigned: number
}
