import { join } from 'node:path'
import { dayMs } from '../../base/time.ts'
import type { Problem } from '../../base/problems.ts'
import { msFromSeconds } from '../../base/units.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Db } from '../../runtime/database.ts'
import { createCheckAside, isLarge } from './check-aside.ts'
import { derivePartsInForce } from './derive-parts.ts'
import { knowPlaces, type KnownPlaces } from './engine/check-coordinates.ts'
import { checkRuleSet, type CheckedRuleSet } from './engine/check-rule-set.ts'
import { calendarWarnings } from './engine/check-rules.ts'
import { compile, type CompiledRules, type Part } from './engine/compile.ts'
import type { WorkCalendar } from './engine/calendar.ts'
import type { RuleSet } from './engine/rule-set.ts'
import { factNames } from './fact-names.ts'
import { findCityRules, readKnownLines } from './rule-files.ts'
import { findVersion, getRevision, listClosures, listVersionHeads } from './store.ts'
import { horizonDays } from './engine/answers.ts'
import { localMinuteOf } from './engine/local-time.ts'

export interface RulesDeps {
  readonly db: Db
  readonly clock: Clock
  /** where a city keeps its files; undefined: unknown city */
  readonly directoryOf: (cityCode: string) => string | undefined
  readonly calendars: ReadonlyMap<string, WorkCalendar>
}

/** The rules of one city, compiled, as of a revision. */
export interface RulesInForce {
  readonly revision: number
  readonly compiled: CompiledRules
  readonly parts: readonly Part[]
  /** the set in force at the moment of asking, whose vehicle classes may be asked for by code; null: the city has no rules */
  readonly current: RuleSet | null
  /** what somebody should see to before it spoils answers: the work calendar ends */
  readonly warnings: readonly Problem[]
}

export interface Rules {
  of(cityCode: string): Promise<RulesInForce>
  /** another set in place of the published ones, from its own effective date on: for what-if */
  compileDraft(ruleSet: RuleSet): CompiledRules
  /** everything there is to say about a rule set; a large one is looked at in a thread of its own */
  check(cityCode: string, value: unknown): Promise<CheckedRuleSet>
  /** the set the city's files bring along */
  fileOf(cityCode: string): RuleSet | null
  calendarOf(code: string): WorkCalendar | null
}

/** The published or filed set in force at an instant, closures aside; null: none yet. */
export const ruleSetAt = (parts: readonly Part[], at: number): RuleSet | null => parts.filter((part) => part.ruleSet.code !== 'closure').findLast((part) => part.from === null || part.from <= localMinuteOf(at))?.ruleSet ?? null

/** How long a process may answer from rules it has not compared with the store: half of the two seconds a publication may take. */
const freshMs = msFromSeconds(0.8)

/** Reads, compiles and keeps the rules of every city asked for; a publication in any process is seen within `freshMs`. */
export function createRules({ db, clock, directoryOf, calendars }: RulesDeps): Rules {
  const held = new Map<string, { checkedAt: number; rules: Promise<RulesInForce> }>()
  const files = new Map<string, RuleSet | null>()
  const places = new Map<string, KnownPlaces | null>()
  const calendarOf = (code: string): WorkCalendar | null => calendars.get(code) ?? null
  const knownOf = (cityCode: string): KnownPlaces | null => remember(places, cityCode, () => {
    const directory = directoryOf(cityCode)
    return directory === undefined ? null : knowPlaces(readKnownLines(join(directory, 'world')))
  })
  const contextOf = (value: unknown) => ({ calendar: calendarOf(String((value as { calendar?: unknown } | null)?.calendar)), now: clock(), factNames })
  const checkHere = (cityCode: string, value: unknown): CheckedRuleSet => checkRuleSet(value, { ...contextOf(value), known: knownOf(cityCode) })
  const checkAside = createCheckAside()
  const check = async (cityCode: string, value: unknown): Promise<CheckedRuleSet> => {
    if (!isLarge(value)) return checkHere(cityCode, value)
    const directory = directoryOf(cityCode)
    return checkAside({ value, worldDirectory: directory === undefined ? null : join(directory, 'world'), context: contextOf(value) })
  }
  const fileOf = (cityCode: string): RuleSet | null => remember(files, cityCode, () => {
    const file = findCityRules(directoryOf(cityCode))
    if (!file) return null
    // Rules that cannot be trusted are not half applied: a broken file of a city stops here with its place.
    const { ruleSet, findings } = checkHere(cityCode, file.value)
    const errors = [...file.problems, ...findings.filter((each) => each.severity === 'error' && each.problem.code !== 'access-rule-past').map((each) => file.place(each))]
    if (!ruleSet || errors.length > 0) throw new Error(`rules of city ${cityCode}: ${errors.map((each) => `${String(each.details['file'])}:${String(each.details['line'])} ${each.message}`).join('; ')}`)
    return ruleSet
  })
  // A version never changes: a publication reads its own document, not the history's.
  const documents = new Map<string, RuleSet>()
  const documentOf = async (cityCode: string, versionId: string): Promise<RuleSet> => {
    const document = documents.get(versionId) ?? (await findVersion(db, cityCode, versionId))!.document
    documents.set(versionId, document)
    return document
  }
  const read = async (cityCode: string): Promise<RulesInForce> => {
    const revision = await getRevision(db, cityCode)
    const now = clock()
    const versions = await Promise.all((await listVersionHeads(db, cityCode)).map(async ({ versionId, effectiveFrom }) => ({ effectiveFrom, document: await documentOf(cityCode, versionId) })))
    const parts = derivePartsInForce(fileOf(cityCode), versions, await listClosures(db, cityCode, now - horizonDays * dayMs))
    // A version published for later takes over at its minute without another look at the store.
    const currentAt = (at: number): RuleSet | null => ruleSetAt(parts, at) ?? parts[0]?.ruleSet ?? null
    const compiled = compile(parts, calendarOf(currentAt(now)?.calendar ?? ''))
    return {
      revision, parts, compiled,
      get current() {
        return currentAt(clock())
      },
      get warnings() {
        const current = currentAt(clock())
        return current ? calendarWarnings(current, calendarOf(current.calendar), clock()) : []
      },
    }
  }
  const of = async (cityCode: string): Promise<RulesInForce> => {
    const known = held.get(cityCode)
    if (known && clock() - known.checkedAt < freshMs && clock() >= known.checkedAt) return known.rules
    const checkedAt = clock()
    const before = known && (await known.rules.catch(() => undefined))
    if (before && (await getRevision(db, cityCode)) === before.revision) {
      held.set(cityCode, { checkedAt, rules: Promise.resolve(before) })
      return before
    }
    const rules = read(cityCode)
    held.set(cityCode, { checkedAt, rules })
    rules.catch(() => held.delete(cityCode))
    return rules
  }
  return { of, check, fileOf, calendarOf, compileDraft: (ruleSet) => compile([{ ruleSet, from: null, to: null }], calendarOf(ruleSet.calendar)) }
}

function remember<Value>(memo: Map<string, Value>, key: string, make: () => Value): Value {
  if (!memo.has(key)) memo.set(key, make())
  return memo.get(key)!
}
