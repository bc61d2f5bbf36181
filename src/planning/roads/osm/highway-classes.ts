import { kmhFromMilesPerHour, metresPerSecondFromKmh } from '../../../base/units.ts'

export interface HighwayClass {
  readonly code: string
  /** driven by a delivery truck on an empty road where no limit is posted */
  readonly speedKmh: number
  /** 2 anybody, 1 who has business there, 0 nobody, unless other tags say so */
  readonly level: 0 | 1 | 2
  readonly oneWay?: true
  /** a truck may not stop here to deliver, so no place is snapped to it */
  readonly noStopping?: true
}

/**
 * OSM's `highway` classes. The speeds are this project's ASSUMPTION, not a measurement: below what 道路交通安全法实施条例 第四十五条
 * (30–70 km/h without posted limits) and 第七十八条 (trucks at most 100 km/h on expressways) allow. Journeys measured by a city's own
 * vehicles should replace them. Stopping on expressways is forbidden by 道路交通安全法 第六十八条 and 实施条例 第八十二条.
 */
export const highwayClasses: readonly HighwayClass[] = [
  { code: 'motorway', speedKmh: 80, level: 2, oneWay: true, noStopping: true },
  { code: 'motorway_link', speedKmh: 40, level: 2, oneWay: true, noStopping: true },
  { code: 'trunk', speedKmh: 55, level: 2 },
  { code: 'trunk_link', speedKmh: 35, level: 2 },
  { code: 'primary', speedKmh: 45, level: 2 },
  { code: 'primary_link', speedKmh: 30, level: 2 },
  { code: 'secondary', speedKmh: 38, level: 2 },
  { code: 'secondary_link', speedKmh: 28, level: 2 },
  { code: 'tertiary', speedKmh: 32, level: 2 },
  { code: 'tertiary_link', speedKmh: 25, level: 2 },
  { code: 'unclassified', speedKmh: 28, level: 2 },
  { code: 'residential', speedKmh: 22, level: 2 },
  { code: 'living_street', speedKmh: 12, level: 2 },
  { code: 'service', speedKmh: 15, level: 2 },
  { code: 'road', speedKmh: 20, level: 2 },
  { code: 'track', speedKmh: 10, level: 1 },
  { code: 'pedestrian', speedKmh: 10, level: 0 },
]

/** Share of a posted limit that is driven: ASSUMPTION. */
const postedShare = 0.8
/** 道路交通安全法实施条例 第七十八条: other vehicles than cars at most 100 km/h. */
const truckLimitKmh = 100
const walkingKmh = 7

export const classIndex: ReadonlyMap<string, number> = new Map(highwayClasses.map(({ code }, at) => [code, at]))

/** km/h of a `maxspeed` value; undefined when it names none (none, signals, CN:urban …). */
export function postedKmh(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (value === 'walk') return walkingKmh
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph)?$/.exec(value.trim())
  if (!match || Number(match[1]) <= 0) return undefined
  return match[2] === 'mph' ? kmhFromMilesPerHour(Number(match[1])) : Number(match[1])
}

/** Metres a second on an empty road. */
export function speedOf(highwayClass: HighwayClass, posted: number | undefined): number {
  return metresPerSecondFromKmh(posted === undefined ? highwayClass.speedKmh : Math.min(posted, truckLimitKmh) * postedShare)
}
