/**
 * How a value begins, as JSON, for the sentence of a problem. Written no further than it is shown: some values are whole matrices, and some
 * lie deeper than a call of `JSON.stringify` or `String` reaches.
 */
export function excerpt(value: unknown, room = 60): string {
  if (value === undefined) return '（无）'
  if (value === null || typeof value !== 'object') return (typeof value === 'string' ? JSON.stringify(value.slice(0, room)) : String(value)).slice(0, room)
  const isList = Array.isArray(value)
  let text = isList ? '[' : '{'
  const keys = isList ? Array.from({ length: Math.min(value.length, room) }, (_, at) => String(at)) : Object.keys(value)
  for (const [at, key] of keys.entries()) {
    if (text.length >= room) break
    const name = isList ? '' : `${excerpt(key, room)}:`
    text += `${at > 0 ? ',' : ''}${name}`
    // each level takes at least its bracket of the room, so that no depth is too deep
    text += excerpt((value as Record<string, unknown>)[key], Math.max(0, room - text.length))
  }
  return `${text}${isList ? ']' : '}'}`.slice(0, room)
}
