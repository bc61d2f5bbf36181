/** A document with its past and future. Changes with the same key in a row (dragging, typing in one field) are one step back. */
export interface History<Document> {
  readonly present: Document
  readonly past: readonly Document[]
  readonly future: readonly Document[]
  readonly key: string | null
}

/** Steps kept; a step shares all it did not change with the one before. */
const depth = 200

export const begin = <Document>(present: Document): History<Document> => ({ present, past: [], future: [], key: null })

export function record<Document>({ present, past, key: before }: History<Document>, next: Document, key: string | null = null): History<Document> {
  return { present: next, past: key !== null && key === before ? past : [...past, present].slice(-depth), future: [], key }
}

export const undo = <Document>(history: History<Document>): History<Document> => {
  const last = history.past.at(-1)
  return last === undefined ? history : { present: last, past: history.past.slice(0, -1), future: [history.present, ...history.future], key: null }
}

export const redo = <Document>(history: History<Document>): History<Document> => {
  const [next, ...future] = history.future
  return next === undefined ? history : { present: next, past: [...history.past, history.present], future, key: null }
}
