import { accessProblem, type CheckFinding } from './check-finding.ts'
import type { CompiledRules } from './compile.ts'
import { stretchesOfDay } from './answers.ts'
import { clockFromMinutes, dayNumberOf, minutesOfDay } from './local-time.ts'
import { noRule } from './ranked-rule.ts'
import type { RuleSet } from './rule-set.ts'
import { addDays } from '../../../base/time.ts'
import { dayKindNames, type DayKind } from './calendar.ts'

/**
 * Times of a zone at which no rule speaks of a vehicle class of the set: there it is allowed because nobody said otherwise. One
 * day of each kind is looked at, the next ones from `today` on.
 */
export function checkGaps(ruleSet: RuleSet, compiled: CompiledRules, today: string): CheckFinding[] {
  const days = sampleDays(compiled, today)
  return ruleSet.zones.flatMap((zone, at) => ruleSet.vehicleClasses.flatMap(({ title, facts }) => {
    const vehicle = compiled.vehicle(facts)
    const byHours = new Map<string, string[]>()
    for (const [kind, dayNumber] of days) {
      const silent = stretchesOfDay(vehicle, [at, compiled.everywhere], dayNumber).filter((each) => each.rank === noRule)
      const hours = silent.map(({ from, to }) => `${clockFromMinutes(from - dayNumber * minutesOfDay)}—${clockFromMinutes(to - dayNumber * minutesOfDay)}`).join('、')
      if (hours !== '') byHours.set(hours, [...(byHours.get(hours) ?? []), dayKindNames[kind]])
    }
    return [...byHours].map(([hours, kinds]): CheckFinding => ({ severity: 'note', path: ['zones', at], problem: accessProblem('access-gap', { zone: zone.title, zoneCode: zone.code, vehicle: title, days: kinds.join('、'), hours: hours === '00:00—24:00' ? '全天' : hours }) }))
  }))
}

/** The next day of each kind in the calendar, within a year. */
function sampleDays({ days }: CompiledRules, today: string): Map<DayKind, number> {
  const found = new Map<DayKind, number>()
  for (let offset = 0; offset < 366 && found.size < 3; offset++) {
    const dayNumber = dayNumberOf(addDays(today, offset))
    const kind = days.kindOf(dayNumber)
    if (!found.has(kind)) found.set(kind, dayNumber)
  }
  return found
}
