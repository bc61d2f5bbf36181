import { effects, ruleSetSchema, type RuleSet, type ZoneGeometry } from './rule-set.ts'
import { vehicleFactsSchema, type VehicleFacts } from './vehicle-match.ts'
import type { WorkCalendar } from './calendar.ts'
import type { OrderedClosure } from './oracle.fixture.ts'

/** A small, seedable random source (mulberry32), so that a failing case can be made again. */
export function randomFrom(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number): number => Math.floor(next() * count)
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!
  const some = <Item>(items: readonly Item[]): Item[] => items.filter(() => next() < 0.4)
  return { next, below, pick, some }
}
export type Random = ReturnType<typeof randomFrom>

/** Made-up holidays around a leap day and a year's end. */
export const randomCalendar: WorkCalendar = {
  code: 'random', title: '试验用日历', from: '2027-12-01', to: '2029-01-01', sources: [{ number: '无', title: '试验用', issuedOn: '2027-11-01' }],
  holidays: [{ day: '2028-01-01', name: '元旦' }, { day: '2028-02-28', to: '2028-03-02', name: '闰日假' }, { day: '2028-05-01', to: '2028-05-06', name: '五月假' }, { day: '2028-12-31', name: '岁末' }],
  makeUpWorkdays: [{ day: '2028-02-26', name: '闰日假' }, { day: '2028-05-07', name: '五月假' }],
}

const middle = { lon: 120.8, lat: 34.65 }
const spread = 0.1
const energies = ['bev', 'phev', 'diesel', 'petrol']
const bodies = ['box', 'refrigerated', 'flatbed']

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** A star-shaped ring: never crosses itself. */
function ring(random: Random, { lon, lat, reach, corners }: { lon: number; lat: number; reach: number; corners: number }): number[][] {
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = (at / corners) * 2 * Math.PI
    const far = reach * (0.6 + 0.4 * random.next())
    return [round(lon + far * Math.cos(angle)), round(lat + far * Math.sin(angle))]
  })
  return [...points, points[0]!]
}

function geometry(random: Random, { corners, reach: wide }: { corners: number; reach: number }): ZoneGeometry {
  const place = () => ({ lon: middle.lon + (random.next() - 0.5) * 2 * spread, lat: middle.lat + (random.next() - 0.5) * 2 * spread })
  const reach = wide * (0.2 + 0.8 * random.next())
  const kind = random.below(10)
  if (kind === 0) return { type: 'RoadList', reachMetres: 15 + random.below(60), roads: [{ name: '试验路', line: Array.from({ length: 5 }, () => place()).map(({ lon, lat }) => [round(lon), round(lat)]) }] }
  const around = place()
  if (kind === 1) return { type: 'Polygon', coordinates: [ring(random, { ...around, reach, corners }), ring(random, { ...around, reach: reach / 3, corners: 8 }).reverse()] }
  if (kind === 2) return { type: 'MultiPolygon', coordinates: [[ring(random, { ...around, reach, corners })], [ring(random, { ...place(), reach, corners })]] }
  return { type: 'Polygon', coordinates: [ring(random, { ...around, reach, corners })] }
}

const clock = (random: Random): string => `${String(random.below(24)).padStart(2, '0')}:${random.pick(['00', '15', '30', '59'])}`

function rule(random: Random, at: number, { zone, zoneCodes }: { zone: string; zoneCodes: readonly string[] }): unknown {
  const from = clock(random)
  const match = () => ({ ...(random.next() < 0.6 && { energy: [random.pick(energies)] }), ...(random.next() < 0.3 && { body: [random.pick(bodies)] }), ...(random.next() < 0.3 && (random.next() < 0.5 ? { grossMassKgOver: 4500 } : { grossMassKgUpTo: 4500 })), ...(random.next() < 0.15 && { unifiedMark: random.next() < 0.5 }), ...(random.next() < 0.1 && { passes: [random.pick(['P1', 'P2'])] }) })
  const effect = random.pick(effects)
  const isDated = random.next() < 0.2
  return {
    code: `r${at}`, title: `规则${at}`, zones: random.next() < 0.005 ? ['*'] : random.next() < 0.1 ? [zone, random.pick(zoneCodes)] : [zone],
    times: Array.from({ length: 1 + random.below(2) }, () => ({ ...(random.next() < 0.4 && { days: random.pick([['workday'], ['holiday', 'rest-day'], ['holiday'], ['workday', 'rest-day']]) }), ...(random.next() < 0.2 && { weekdays: [1 + random.below(7), 1 + random.below(7)] }), ...(random.next() < 0.2 && { months: [2, 1 + random.below(12)] }), ...(random.next() < 0.9 && { from, to: random.next() < 0.2 ? '24:00' : clock(random) }) })),
    vehicles: [match(), ...(random.next() < 0.3 ? [match()] : [])], exceptions: random.next() < 0.3 ? [{ energy: [random.pick(energies)], body: [random.pick(bodies)] }] : [],
    effect, passes: effect === 'pass-needed' ? [random.pick(['P1', 'P2'])] : [], priority: random.below(6) * 10,
    effectiveFrom: isDated ? `2028-02-29T${clock(random)}:00+08:00` : null, effectiveTo: isDated && random.next() < 0.5 ? `2028-0${4 + random.below(5)}-15T${clock(random)}:00+08:00` : null,
    notice: { code: 'n', text: `条文${at}` },
  }
}

/** A city of overlapping zones with rules of every kind; `reach`: of the widest zone, degrees. */
export function randomRuleSet({ seed, zones, rulesPerZone, corners = 24, reach = 0.03 }: { seed: number; zones: number; rulesPerZone: number; corners?: number; reach?: number }): RuleSet {
  const random = randomFrom(seed)
  const codes = Array.from({ length: zones }, (_, at) => `z${at}`)
  return ruleSetSchema.parse({
    code: 'random', title: '随机', cityCode: null, status: 'made-up', source: '试验', calendar: 'random', effectiveFrom: '2020-01-01T00:00:00+08:00',
    notices: [{ code: 'n', number: '试〔2028〕1号', title: '试验通告', authority: '试验机关', source: '试验' }],
    vehicleClasses: [{ code: 'any', title: '任意', facts: {} }],
    zones: codes.map((code) => ({ code, title: code, geometry: geometry(random, { corners, reach }) })),
    rules: codes.flatMap((zone, at) => Array.from({ length: rulesPerZone }, (_, index) => rule(random, at * rulesPerZone + index, { zone, zoneCodes: codes }))),
  })
}

/** Closures around the leap day, some over midnight, some lifted early; whole minutes. */
export function randomClosures(random: Random, count: number): (OrderedClosure & { readonly withdrawnAt: number | null })[] {
  const middays = ['2028-02-28', '2028-02-29', '2028-03-01', '2028-05-07', '2028-12-31'].map((day) => Date.parse(`${day}T12:00:00+08:00`))
  return Array.from({ length: count }, (_, at) => {
    const startsAt = random.pick(middays) + (random.below(1440) - 720) * 60_000
    const endsAt = startsAt + (1 + random.below(1800)) * 60_000
    const withdrawnAt = random.next() < 0.3 ? startsAt + random.below(600) * 60_000 : null
    return {
      code: `closure-${String(at).padStart(12, '0')}`, geometry: geometry(random, { corners: 10, reach: 0.05 }), startsAt, endsAt: withdrawnAt === null ? endsAt : Math.min(endsAt, withdrawnAt), withdrawnAt,
      vehicles: [random.next() < 0.5 ? {} : { energy: [random.pick(energies)] }], exceptions: random.next() < 0.3 ? [{ body: [random.pick(bodies)] }] : [],
    }
  })
}

/** Instants at the very edges of closures. */
export const edgesOf = (closures: readonly OrderedClosure[]): number[] => closures.flatMap(({ startsAt, endsAt }) => [startsAt - 1, startsAt, endsAt - 1, endsAt])

export const randomVehicle = (random: Random): VehicleFacts =>
  vehicleFactsSchema.parse({
    energy: random.next() < 0.1 ? null : random.pick(energies), body: random.pick(bodies), grossMassKg: random.pick([null, 2500, 4500, 4501, 12_000]), unifiedMark: random.pick([null, true, false]),
    passes: random.some(['P1', 'P2']).map((pass) => (random.next() < 0.4 ? heldPass(random, pass) : pass)),
  })

/** A pass that begins on the leap day or ends in some month, or is for the first zones only. */
const heldPass = (random: Random, pass: string) => ({
  pass, from: random.next() < 0.5 ? `2028-02-29T${clock(random)}:00+08:00` : null, to: random.next() < 0.5 ? `2028-0${3 + random.below(6)}-${10 + random.below(18)}T${clock(random)}:00+08:00` : null,
  zones: random.next() < 0.5 ? ['z0', 'z1', 'z2', 'z3'] : null,
})

export const randomPoint = (random: Random) => ({ lon: middle.lon + (random.next() - 0.5) * 2.4 * spread, lat: middle.lat + (random.next() - 0.5) * 2.4 * spread })

/** Instants that matter: boundary minutes to the second, days of the calendar, the leap day, any moment of the year. */
export function randomInstant(random: Random, clocks: readonly string[]): number {
  const day = random.next() < 0.3 ? random.pick(['2028-02-25', '2028-02-26', '2028-02-28', '2028-02-29', '2028-03-01', '2028-05-07', '2028-05-08', '2028-12-31', '2029-01-01']) : `2028-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`
  if (random.next() < 0.5) return Date.parse(`${day}T${random.pick(clocks)}:00+08:00`) + random.pick([-60_000, -1, 0, 1, 60_000])
  return Date.parse(`${day}T00:00:00+08:00`) + Math.floor(random.next() * 86_400_000)
}

export const clocksOf = (ruleSet: RuleSet): string[] => [...new Set(ruleSet.rules.flatMap((each) => each.times.flatMap((span) => [span.from, span.to])))].filter((each) => each !== '24:00')
