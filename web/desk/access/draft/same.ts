/** Whether two values say the same. The store gives members back in an order of its own, so their order says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return (a ?? null) === (b ?? null)
  const [mine, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].every((key) => isSame(mine[key], theirs[key]))
}
