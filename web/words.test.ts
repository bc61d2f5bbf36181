import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('.', import.meta.url))

const sources = (directory: string): string[] =>
  readdirSync(directory).flatMap((name) => {
    const path = join(directory, name)
    if (name === 'dist' || name === 'public') return []
    if (statSync(path).isDirectory()) return sources(path)
    return /\.tsx?$/.test(name) && !name.endsWith('.test.ts') ? [path] : []
  })

const chinese = /[\u3400-\u9fff]/
/** format.ts writes units and dates in both languages beside each other. */
const isDictionary = (path: string) => /words\.ts$|shared\/format\.ts$/.test(path)
const files = sources(root)
const textOf = (path: string) => readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '')
const dictionaries = files.filter(isDictionary)
const code = files.filter((path) => !isDictionary(path)).map(textOf).join('\n')

/** `'key': ['中文', 'English']` of a dictionary; tables after it are keyed by what the server names. */
const entries = (path: string) => [...textOf(path).split('} as const')[0]!.matchAll(/^ {2}'([^']+)': \['((?:[^'\\]|\\.)*)', (?:'((?:[^'\\]|\\.)*)'|"([^"]*)")\],?$/gm)].map(([, key, zh, en, english]) => ({ key: key!, zh: zh!, en: en ?? english! }))

describe('what people read', () => {
  test('stands in a dictionary, Chinese and English, and nowhere else', () => {
    const loose = files.filter((path) => !isDictionary(path)).flatMap((path) =>
      textOf(path).split('\n').flatMap((line, at) => {
        // a pair handed to wordNow is an entry of its own; official documents are Chinese in any language
        const rest = line.replace(/\['[^']*', '[^']*'\]/g, '')
        return chinese.test(rest) && !/zh \?|zh &&|: zh|`\$\{.*(年|第)|文件`|'，'|'、'|\[，、|（|　|：|；|。/.test(rest) ? [`${relative(root, path)}:${at + 1} ${line.trim()}`] : []
      }))
    expect(loose).toEqual([])
  })

  test('every entry has both languages and the same placeholders', () => {
    const wrong = dictionaries.flatMap((path) => entries(path).flatMap(({ key, zh, en }) => {
      const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort().join()
      if (zh === '' || en === '') return [`${relative(root, path)} ${key} lacks a language`]
      return names(zh) === names(en) ? [] : [`${relative(root, path)} ${key}: {${names(zh)}} against {${names(en)}}`]
    }))
    expect(dictionaries.flatMap(entries).length).toBeGreaterThan(300)
    expect(wrong).toEqual([])
  })

  test('no entry is left over', () => {
    const prefixes = [...code.matchAll(/`([a-z-]+-)\$\{/g)].map(([, prefix]) => prefix!)
    const unused = dictionaries.flatMap((path) => entries(path).filter(({ key }) => !code.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix))).map(({ key }) => `${relative(root, path)} ${key}`))
    // keys that arrive as data: states and kinds the server names
    const named = new Set(['trip', 'halt', 'error', 'warning', 'created', 'changed', 'draft', 'published'])
    expect(unused.filter((each) => !named.has(each.split(' ')[1]!))).toEqual([])
  })
})
