/** A window of an order's stop with its price. Here and not beside its schema, because the search's threads start quicker without schemas. */
export interface PricedWindow {
  readonly from: number
  readonly to: number
  readonly cost: number
}

/** Both forms of a window as one. */
export const windowOf = (window: [number, number] | PricedWindow): PricedWindow => (Array.isArray(window) ? { from: window[0], to: window[1], cost: 0 } : window)
