/**
 * One text for one value: keys sorted by code unit, no spaces, `undefined` members left out, as in RFC 8785.
 * For hashing. Throws on what JSON cannot say (functions, bigint, NaN).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  const isText = value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  if (!isText) throw new Error(`canonical JSON cannot hold a ${typeof value}`)
  return JSON.stringify(value)
}
