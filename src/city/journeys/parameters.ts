import { msFromHours, msFromMinutes, msFromSeconds } from '../../base/units.ts'

/**
 * The numbers the derivations rest on, each with its reason. Changing one means a new `version`: every vehicle-day
 * then gets a new version of its own when it is derived again, and readings as of an earlier time keep the old one.
 */
export const journeyParameterTable = {
  plausibleSpeedKmh: { value: 150, reason: 'no delivery vehicle goes faster; the motorway limit for trucks is 100 km/h (道路交通安全法实施条例 第七十八条)' },
  jumpSlackMetres: { value: 100, reason: 'two good fixes a second apart may disagree by this much between tall buildings' },
  excursionPoints: { value: 20, reason: 'a run of positions elsewhere is an error of the receiver when it is short and the track goes on where it left' },
  secondSourceReachMs: { value: msFromMinutes(5), reason: 'two receivers disagree by metres and would add a zigzag; the second one counts only where the first is silent' },
  stillWindowMs: { value: msFromSeconds(60), reason: 'long enough for a crawl to show, short enough to find the minute of arrival' },
  stillMetres: { value: 50, reason: 'two fixes of a standing vehicle (10 m noise each axis) are further apart in 2 of 1,000 cases; in 60 s it means under 3 km/h' },
  spikeMs: { value: msFromMinutes(2), reason: 'a single wild fix while standing must not cut a halt in two' },
  spikeSpeedKmh: { value: 8, reason: 'the receiver itself reports (nearly) no speed while a fix wanders' },
  haltMs: { value: msFromMinutes(3), reason: 'longer than a red light in city traffic, shorter than the quickest delivery worth counting' },
  yardMetres: { value: 100, reason: 'moving to the next ramp is the same stay' },
  yardMs: { value: msFromMinutes(5), reason: 'as above' },
  yardSpeedKmh: { value: 10, reason: 'yards are driven at a walking pace; faster means the vehicle left' },
  tripMetres: { value: 200, reason: 'shorter stretches cannot be told from a wandering fix' },
  gapMs: { value: msFromMinutes(10), reason: 'terminals report at least every 5 minutes while parked (JT/T 808 sleep interval as commonly set); twice that is silence' },
  parkedGapMetres: { value: 150, reason: 'silent and still at the same place: the terminal slept' },
  parkedGapOdometerMetres: { value: 500, reason: 'a round trip that ends where it began shows on the odometer' },
  bridgeMs: { value: msFromHours(24), reason: 'an odometer difference over a longer silence cannot be given to a day' },
  contextMs: { value: msFromHours(2), reason: 'positions around midnight decide to which halt or trip the minutes at the edge belong' },
  odometerStepMetres: { value: 200, reason: 'readings come in steps of 0.1 km, rounded either way; a step may fall on a short interval' },
  odometerShare: { value: 0.8, reason: 'with fewer readings the odometer misses the ends of the day' },
  odometerAgreement: { value: 1.5, reason: 'odometer ÷ GNSS outside 1/1.5 … 1.5 over 2 km or more: one of them is wrong, and only GNSS can be checked on the map' },
  odometerAgreementFromMetres: { value: 2000, reason: 'below this the 0.1 km step of the odometer dominates' },
} as const satisfies Record<string, { value: number; reason: string }>

export type JourneyParameters = Readonly<Record<keyof typeof journeyParameterTable, number>> & { readonly version: string }

export const journeyParameters: JourneyParameters = {
  version: 'journeys-1',
  ...(Object.fromEntries(Object.entries(journeyParameterTable).map(([name, { value }]) => [name, value])) as Record<keyof typeof journeyParameterTable, number>),
}
