import { addDays, dayOf, formatInstant } from '../../base/time.ts'
import { answer, stretchesOfDay } from './engine/answers.ts'
import type { CompiledRules } from './engine/compile.ts'
import type { VehicleTables } from './engine/day-tables.ts'
import { clockFromMinutes, dayNumberOf, localMinuteOf, minutesOfDay } from './engine/local-time.ts'
import { noRule } from './engine/ranked-rule.ts'
import { effectNames } from './engine/rule-set.ts'
import { presentAnswer } from './ask.ts'

/** One day of a zone for a vehicle, cut where the decision changes: hours half-open, `24:00` the end of the day. */
export interface DayStrip {
  readonly day: string
  readonly dayKind: string
  readonly dayName: string | null
  readonly parts: readonly { readonly from: string; readonly to: string; readonly allowed: boolean; readonly effect: string; readonly effectName: string; readonly rule: string | null; readonly text: string | null }[]
}

function stripOf(compiled: CompiledRules, vehicle: VehicleTables, zone: number, day: string): DayStrip {
  const dayNumber = dayNumberOf(day)
  const clock = (minute: number): string => clockFromMinutes(minute - dayNumber * minutesOfDay)
  const parts = stretchesOfDay(vehicle, [zone, compiled.everywhere], dayNumber).map(({ from, to, rank }) => {
    const rule = rank === noRule ? null : compiled.rules[rank]!.rule
    const effect = rule?.effect ?? 'allowed'
    return { from: clock(from), to: clock(to), allowed: vehicle.isAllowed(rank), effect, effectName: effectNames[effect], rule: rule?.code ?? null, text: rule?.notice.text ?? null }
  })
  return { day, dayKind: compiled.days.kindOf(dayNumber), dayName: compiled.days.nameOf(dayNumber), parts }
}

/**
 * Zones as GeoJSON for a map, each with what holds for the vehicle now, today and in the seven days from today. A zone of a version
 * or closure no longer or not yet in force is left out unless one of its rules holds within the week.
 */
export function deriveZoneFeatures(compiled: CompiledRules, vehicle: VehicleTables, at: number) {
  const today = dayOf(at)
  const weekEnds = localMinuteOf(at) + 7 * minutesOfDay
  return compiled.zones.flatMap((zone, index) => {
    const isLive = compiled.rules.some((rule) => rule.zones.includes(index) && rule.from < weekEnds && rule.to > localMinuteOf(at))
    if (!isLive || !zone.geometry) return []
    const geometry = zone.geometry.type === 'RoadList' ? { type: 'MultiLineString', coordinates: zone.geometry.roads.map((road) => road.line) } : zone.geometry
    const week = Array.from({ length: 7 }, (_, offset) => stripOf(compiled, vehicle, index, addDays(today, offset)))
    return [{
      type: 'Feature', id: `${zone.ruleSet.code}/${zone.code}`, geometry,
      properties: { code: zone.code, title: zone.title, ruleSet: zone.ruleSet.code, madeUp: zone.ruleSet.status === 'made-up', reachMetres: zone.geometry.type === 'RoadList' ? zone.geometry.reachMetres : null, asOf: formatInstant(at), now: presentAnswer(answer(compiled, vehicle, [index, compiled.everywhere], at)), today: week[0], week },
    }]
  })
}
