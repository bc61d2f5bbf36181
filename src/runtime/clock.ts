/** The only place that reads the clock; everything else is handed a `Clock` or a `now`. */
export type Clock = () => number
export const systemClock: Clock = () => Date.now()

/** Resolves after `ms`; a rejected wait never happens. An unref'd timer does not keep the process alive. */
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
