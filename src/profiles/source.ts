import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import type { Problem } from '../base/problems.ts'
import { profileProblem } from './problems.ts'

export type FieldPath = readonly (string | number)[]

export interface Place {
  readonly file: string
  /** 1-based */
  readonly line: number
  readonly column: number
}

/** The files of one profile as one value, able to say where each field stands. */
export interface ProfileSource {
  readonly value: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
  /** Where a field stands; for a missing one, the nearest enclosing thing that exists. */
  placeOf(path: FieldPath): Place
}

interface SourceFile {
  readonly file: string
  readonly text: string
  readonly tree: Node | undefined
}

const placeAt = ({ file, text }: SourceFile, offset: number): Place => {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { file, line, column: offset - before.lastIndexOf('\n') }
}

export const pointerOf = (path: FieldPath): string => path.map((each) => `/${String(each)}`).join('')

/** Reads all `*.jsonc` directly inside a directory; each top-level key may stand in one file only. */
export function readProfileSource(directory: string): ProfileSource {
  const files = listFiles(directory).map(readSourceFile)
  const problems: Problem[] = []
  const value: Record<string, unknown> = {}
  const owner = new Map<string, SourceFile>()
  if (files.length === 0) problems.push(profileProblem('profile-not-found', { directory, file: directory }))
  for (const { source, errors } of files) {
    for (const error of errors) problems.push(profileProblem('profile-syntax', { reason: printParseErrorCode(error.error), ...placeAt(source, error.offset) }))
    for (const property of source.tree?.children ?? []) {
      const key = String(property.children?.[0]?.value)
      if (key === '$schema') continue
      if (owner.has(key)) problems.push(profileProblem('profile-key-twice', { key, pointer: `/${key}`, ...placeAt(source, property.offset) }))
      else owner.set(key, source)
      value[key] = property.children?.[1] ? (getNodeValue(property.children[1]) as unknown) : undefined
    }
  }
  const first = files[0]?.source ?? { file: directory, text: '', tree: undefined }
  return { value, problems, placeOf: (path) => placeOf(path, owner.get(String(path[0])) ?? first) }
}

const listFiles = (directory: string): string[] => {
  try {
    return readdirSync(directory).filter((name) => name.endsWith('.jsonc')).sort().map((name) => join(directory, name))
  } catch {
    return []
  }
}

function readSourceFile(path: string): { source: SourceFile; errors: ParseError[] } {
  const text = readFileSync(path, 'utf8')
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  return { source: { file: join(basename(join(path, '..')), basename(path)), text, tree }, errors }
}

function placeOf(path: FieldPath, source: SourceFile): Place {
  for (let length = path.length; length > 0 && source.tree; length--) {
    const node = findNodeAtLocation(source.tree, path.slice(0, length))
    if (node) return placeAt(source, node.offset)
  }
  return placeAt(source, 0)
}
