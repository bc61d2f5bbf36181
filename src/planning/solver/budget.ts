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

export interface Progress {
  readonly iterations: number
  readonly cost: number
  readonly vehicles: number
  readonly unassigned: number
}
