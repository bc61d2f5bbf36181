import { effects, type AccessRule, type Effect, type RuleSet } from '../../../api/access.ts'
import { spansText } from '../../../shared/rules/describe.ts'
import { parseSpans } from './times.ts'
import type { draftWords } from './words.ts'

type DraftWord = keyof typeof draftWords
/** What a cell's text became: a change of the rule, or why it is none. */
export type Read = { readonly change: Partial<AccessRule> } | { readonly wrong: DraftWord; readonly detail: Readonly<Record<string, string>> }

export interface GridColumn {
  readonly key: 'title' | 'zones' | 'vehicles' | 'times' | 'effect' | 'priority' | 'clause' | 'text' | 'examples'
  /** `form`: too much for a cell, opens the rule's form */
  readonly by: 'text' | 'choice' | 'form'
  readonly numeric?: boolean
  readonly text: (rule: AccessRule, ruleSet: RuleSet) => string
  readonly read: (text: string, rule: AccessRule, ruleSet: RuleSet) => Read
}

const wrong = (word: DraftWord, detail: Record<string, string> = {}): Read => ({ wrong: word, detail })
const none = (): Read => ({ change: {} })

/** Zones by title or code, `*` for everywhere; commas and spaces between. */
export function readZones(text: string, ruleSet: RuleSet): Read {
  const zones: string[] = []
  for (const word of text.split(/[，,、；;\s]+/).filter(Boolean)) {
    const found = ruleSet.zones.find(({ code, title }) => code === word || title === word)
    if (!found && word !== '*') return wrong('wrong-zone', { value: word })
    zones.push(found?.code ?? '*')
  }
  return zones.length === 0 ? wrong('wrong-empty') : { change: { zones: [...new Set(zones)] } }
}

const zonesText = ({ zones }: AccessRule, ruleSet: RuleSet): string => zones.map((code) => ruleSet.zones.find((zone) => zone.code === code)?.title ?? code).join('、')

function readTimes(text: string): Read {
  const read = parseSpans(text)
  return 'wrong' in read ? wrong('wrong-times', { value: read.wrong }) : { change: { times: read.value } }
}

/** Below the rank of temporary closures. */
export const isPriority = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 1_000_000

function readPriority(text: string): Read {
  const value = Number(text.normalize('NFKC').trim())
  return text.trim() !== '' && isPriority(value) ? { change: { priority: value } } : wrong('wrong-priority')
}

/** The table's columns in order: how a cell reads and what its text means. */
export const gridColumns: readonly GridColumn[] = [
  { key: 'title', by: 'text', text: ({ title }) => title, read: (text) => (text.trim() ? { change: { title: text.trim() } } : wrong('wrong-empty')) },
  { key: 'zones', by: 'text', text: zonesText, read: (text, _, ruleSet) => readZones(text, ruleSet) },
  { key: 'times', by: 'text', text: ({ times }) => spansText(times), read: readTimes },
  { key: 'vehicles', by: 'form', text: () => '', read: none },
  { key: 'effect', by: 'choice', text: ({ effect }) => effect, read: (text) => (effects.includes(text as Effect) ? { change: { effect: text as Effect } } : none()) },
  { key: 'priority', by: 'text', numeric: true, text: ({ priority }) => String(priority), read: readPriority },
  { key: 'clause', by: 'text', text: ({ notice }) => notice.clause, read: (text, { notice }) => ({ change: { notice: { ...notice, clause: text.trim() } } }) },
  { key: 'text', by: 'text', text: ({ notice }) => notice.text, read: (text, { notice }) => (text.trim() ? { change: { notice: { ...notice, text: text.trim() } } } : wrong('wrong-empty')) },
  { key: 'examples', by: 'form', text: ({ examples }) => String(examples.length), read: none },
]
