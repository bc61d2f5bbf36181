/**
 * All day tables in one array, the same contents once. A table is `count, minute, rank, minute, rank …`: from that minute on that
 * rule decides. Days, zones and vehicles that fare alike share it, so what is asked often stays in the processor's cache.
 */
export interface TableStore {
  /** replaced when it grows; read it anew after `add` */
  pool: Int32Array
  readonly add: (changes: readonly number[]) => number
}

export function createTableStore(): TableStore {
  const known = new Map<string, number>()
  // Offset 0 means: not made yet.
  let used = 1
  const store: TableStore = {
    pool: new Int32Array(4096),
    add(changes) {
      const key = changes.join()
      const held = known.get(key)
      if (held !== undefined) return held
      const offset = used
      used += changes.length + 1
      if (used > store.pool.length) {
        const grown = new Int32Array(Math.max(used, store.pool.length * 2))
        grown.set(store.pool)
        store.pool = grown
      }
      store.pool[offset] = changes.length >> 1
      store.pool.set(changes, offset + 1)
      known.set(key, offset)
      return offset
    },
  }
  return store
}

/** Rank that decides at a minute of a table's day. */
export function rankOf(pool: Int32Array, offset: number, minute: number): number {
  let low = 0
  let high = pool[offset]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (pool[offset + 1 + middle * 2]! <= minute) low = middle
    else high = middle
  }
  return pool[offset + 2 + low * 2]!
}

/** Minutes at which a table changes, 0 first. */
export const minutesOf = (pool: Int32Array, offset: number): number[] => Array.from({ length: pool[offset]! }, (_, at) => pool[offset + 1 + at * 2]!)
