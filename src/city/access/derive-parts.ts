import { formatInstant } from '../../base/time.ts'
import { msFromMinutes } from '../../base/units.ts'
import type { Part } from './engine/compile.ts'
import { wholeOf } from './engine/compile.ts'
import { localMinuteOf } from './engine/local-time.ts'
import { ruleSetSchema, type RuleSet } from './engine/rule-set.ts'
import type { Closure, RuleVersion } from './store.ts'

/**
 * What is in force when: the city's own file until the first version takes effect, each version until the next one, closures on top.
 * A version published later wins from its effective date on, also over one whose date is later still.
 */
export function derivePartsInForce(file: RuleSet | null, versions: readonly Pick<RuleVersion, 'document' | 'effectiveFrom'>[], closures: readonly Closure[]): Part[] {
  const parts: Part[] = []
  let until: number | null = null
  for (const { document, effectiveFrom } of versions.toReversed()) {
    const from = localMinuteOf(effectiveFrom)
    if (until !== null && from >= until) continue
    parts.unshift({ ruleSet: document, from, to: until })
    until = from
  }
  if (file) {
    const own = wholeOf(file)
    if (until === null || own.from === null || own.from < until) parts.unshift({ ruleSet: file, from: own.from, to: until })
  }
  return [...parts, ...closures.map(closurePart)]
}

const minuteMs = msFromMinutes(1)
/** Above every rule an officer can write. */
export const closurePriority = 1_000_000

/** A closure as a rule set of one rule, so that it is answered, explained and drawn like any other. */
function closurePart(closure: Closure): Part {
  const ends = closure.withdrawnAt === null ? closure.endsAt : Math.min(closure.endsAt, closure.withdrawnAt)
  // The rules know whole minutes: a closure begins with its minute and ends before the one in which it is withdrawn.
  const [from, to] = [Math.floor(closure.startsAt / minuteMs) * minuteMs, Math.floor(ends / minuteMs) * minuteMs]
  const ruleSet = ruleSetSchema.parse({
    code: 'closure', title: closure.title, cityCode: null, status: 'policy', source: closure.noticeNumber, calendar: '-', effectiveFrom: formatInstant(from),
    notices: [{ code: 'notice', number: closure.noticeNumber, title: closure.title, authority: closure.authority, source: closure.noticeNumber }],
    vehicleClasses: [{ code: 'any', title: '任何车辆', facts: {} }],
    zones: [{ code: `closure-${closure.closureId.slice(-12)}`, title: closure.title, geometry: closure.geometry }],
    rules: [{
      code: `closure-${closure.closureId.slice(-12)}`, title: closure.title, zones: [`closure-${closure.closureId.slice(-12)}`], times: [{}], vehicles: closure.vehicles, exceptions: closure.exceptions,
      effect: 'no-go', priority: closurePriority, notice: { code: 'notice', text: closure.reason },
    }],
  })
  return { ruleSet, from: localMinuteOf(from), to: Math.max(localMinuteOf(from), localMinuteOf(to)) }
}
