import { addDays } from '../../src/base/time.ts'
import { firmOf } from './firms.ts'
import type { SeedRow } from './seed.ts'
import type { Site } from './sites.ts'

/** When a node was planned, begun, opened and closed; what never happens is absent. */
interface Course {
  readonly planned: string
  readonly building?: string
  readonly opened?: string
  readonly closed?: string
}

const hubCourses: readonly Course[] = [
  { planned: '2025-06-20', building: '2025-09-10', opened: '2026-04-28' },
  { planned: '2025-12-15', building: '2026-09-22', opened: '2027-09-16' },
  { planned: '2026-06-30' },
]
/** Five open by 2028 as the plan asks; one slipped from 2026 into 2027, one is built and not open, one only planned. */
const centreCourses: readonly Course[] = [
  { planned: '2025-06-20', building: '2025-07-15', opened: '2025-11-20' },
  { planned: '2025-07-10', building: '2025-10-09', opened: '2026-03-26' },
  { planned: '2025-11-05', building: '2026-02-20', opened: '2026-10-15' },
  { planned: '2025-12-15', building: '2026-05-11', opened: '2027-03-30' },
  { planned: '2026-08-12', building: '2027-04-07', opened: '2028-02-24' },
  { planned: '2026-10-09', building: '2027-06-16' },
  { planned: '2027-01-20' },
  { planned: '2025-06-20' },
]
/** Stations opened in each year, from `first` on, evenly. */
const stationYears = [
  { count: 8, first: '2025-08-06', apartDays: 18 },
  { count: 14, first: '2026-01-15', apartDays: 25 },
  { count: 12, first: '2027-01-13', apartDays: 28 },
  { count: 6, first: '2028-01-12', apartDays: 26 },
]

const openings = (years: readonly { count: number; first: string; apartDays: number }[]): string[] =>
  years.flatMap(({ count, first, apartDays }) => Array.from({ length: count }, (_, at) => addDays(first, at * apartDays)))

function stationCourses(): Course[] {
  const opened = openings(stationYears).map((day) => ({ planned: addDays(day, -150), building: addDays(day, -60), opened: day }))
  const closed: Course = { planned: '2025-07-01', building: '2025-08-11', opened: '2025-10-13', closed: '2026-05-25' }
  return [...opened, closed, { planned: '2025-10-20', building: '2026-04-13' }, { planned: '2026-03-09' }, { planned: '2026-09-14' }]
}

const functionsOf: Readonly<Record<string, readonly string[]>> = {
  hub: ['storage', 'sorting', 'load-matching', 'delivery', 'information', 'transfer', 'parking', 'charging'],
  'public-dc': ['storage', 'sorting', 'delivery', 'information', 'charging'],
  'terminal-station': ['delivery', 'stacking'],
}
const areas: Readonly<Record<string, readonly [number, number]>> = { hub: [186_000, 1400], 'public-dc': [9200, 310], 'terminal-station': [120, 3] }

/** The node register: each step of a node's course is a version of its row. */
export function nodeRows(sites: readonly Site[]): SeedRow[] {
  const courses: Readonly<Record<string, readonly Course[]>> = { hub: hubCourses, 'public-dc': centreCourses, 'terminal-station': stationCourses() }
  return Object.entries(courses).flatMap(([tier, list]) =>
    sites.filter((site) => site.kind === tier).flatMap((site, at) => {
      const [areaM2, more] = areas[tier]!
      const firm = tier === 'hub' ? firmOf('park') : tier === 'public-dc' ? firmOf((['xunfan', 'huilin', 'yunji'] as const)[at % 3]!) : firmOf(at % 3 === 2 ? 'haitang' : 'houniao')
      const data = {
        name: site.name, tier, district: site.district, address: site.address, point: pointOf(site), areaM2: areaM2 + more * at, functions: functionsOf[tier],
        enterprise: firm.uscc, inCentre: site.inCentre,
      }
      return courseRows(site.name, list[at] ?? { planned: '2028-06-01' }, data)
    }),
  )
}

export const pointOf = ({ lon, lat }: Site): Record<string, unknown> => ({ system: 'WGS-84', lon, lat })

function courseRows(key: string, { planned, building, opened, closed }: Course, data: Record<string, unknown>): SeedRow[] {
  const row = (on: string, more: Record<string, unknown>): SeedRow => ({ register: 'node', key, on, data: { ...data, ...more } })
  return [
    row(planned, { status: 'planned' }),
    ...(building ? [row(building, { status: 'building' })] : []),
    ...(opened ? [row(opened, { status: 'in-operation', inOperationSince: opened })] : []),
    ...(closed ? [row(closed, { status: 'closed', inOperationSince: opened, closedOn: closed })] : []),
  ]
}

const stopYears = [
  { count: 12, first: '2023-09-12', apartDays: 50 },
  { count: 8, first: '2025-08-18', apartDays: 16 },
  { count: 12, first: '2026-01-26', apartDays: 29 },
  { count: 12, first: '2027-01-25', apartDays: 29 },
  { count: 8, first: '2028-01-17', apartDays: 20 },
  { count: 2, first: '2025-09-08', apartDays: 7 },
]
const areaKinds = ['commercial', 'residential', 'public', 'production'] as const

/** Those that were there lie outside of the centre; the programme makes new ones inside it first. */
function stopsInOrder(sites: readonly Site[]): Site[] {
  const stops = sites.filter((site) => site.kind === 'stop-point')
  const outside = stops.filter((site) => !site.inCentre)
  const before = stopYears[0]!.count
  return [...outside.slice(0, before), ...stops.filter((site) => site.inCentre), ...outside.slice(before)]
}

/** The stop-point register; the last two were taken out of use again. */
export function stopPointRows(sites: readonly Site[]): SeedRow[] {
  const days = openings(stopYears)
  return stopsInOrder(sites).flatMap((site, at) => {
    const createdOn = days[at]!
    const kind = at % 5 === 4 ? 'dedicated-unloading' : at % 5 === 3 ? 'time-limited' : 'temporary-in-road'
    const data = {
      name: site.name, kind, inRoad: kind !== 'dedicated-unloading', areaKind: areaKinds[at % 4], inCentre: site.inCentre, bayCount: 1 + ((at * 7) % 4), createdOn, status: 'in-use',
      timeLimitMinutes: kind === 'dedicated-unloading' ? 120 : 30, district: site.district, address: site.address, point: pointOf(site),
    }
    const row = (on: string, more: Record<string, unknown>): SeedRow => ({ register: 'stop-point', key: site.name, on, data: { ...data, ...more } })
    if (at === days.length - 2) return [row(createdOn, {}), row('2026-08-03', { status: 'suspended' })]
    if (at === days.length - 1) return [row(createdOn, {}), row('2026-04-20', { status: 'removed', removedOn: '2026-04-20' })]
    return [row(createdOn, {})]
  })
}
