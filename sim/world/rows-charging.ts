import { firmOf } from './firms.ts'
import { pointOf } from './rows-places.ts'
import type { SeedRow } from './seed.ts'
import type { Site } from './sites.ts'

/** Piles put up at a station on a day. `others`: not open to delivery vehicles. */
interface Phase {
  readonly on: string
  readonly count: number
  readonly others?: number
}

const phases: readonly (readonly Phase[])[] = [
  [{ on: '2024-05-22', count: 8, others: 1 }],
  [{ on: '2025-03-19', count: 8, others: 1 }],
  [{ on: '2025-09-24', count: 6 }, { on: '2027-09-08', count: 6 }],
  [{ on: '2026-04-15', count: 10 }],
  [{ on: '2026-10-12', count: 6 }, { on: '2028-03-15', count: 6 }],
  [{ on: '2027-03-24', count: 12 }],
]
/** Broken for good, and taken down: left out of the count from that day. */
const faultyOn: Readonly<Record<string, string>> = { 'QG01-05': '2026-07-21' }
const removedOn: Readonly<Record<string, string>> = { 'QG02-08': '2026-03-02' }

/** Charging stations and their piles. */
export function chargingRows(sites: readonly Site[]): SeedRow[] {
  return sites.filter((site) => site.kind === 'charging-station').flatMap((site, at) => stationRows(site, at, phases[at]!))
}

function stationRows(site: Site, at: number, list: readonly Phase[]): SeedRow[] {
  const firm = firmOf(at === 3 ? 'park' : 'minghu')
  const openedOn = list[0]!.on
  const rows: SeedRow[] = []
  let count = 0
  let usable = 0
  for (const { on, count: more, others = 0 } of list) {
    const from = count
    count += more
    usable += more - others
    rows.push({ register: 'charging-station', key: site.name, on, data: {
      name: site.name, stationId: `QG${String(at + 1).padStart(2, '0')}`, operator: firm.data['name'], operatorId: firm.uscc.slice(8, 17), enterprise: firm.uscc,
      stationType: at === 3 ? '102' : '1', status: 'open', openedOn, pileCount: count, pilesUsableByDelivery: usable, powerKw: count * 60, district: site.district, address: site.address, point: pointOf(site),
    } })
    for (let pile = from; pile < count; pile++) rows.push(...pileRows(site, at, { pile, openedOn: on, usableByDelivery: pile - from >= others }))
  }
  return rows
}

function pileRows(site: Site, at: number, { pile, openedOn, usableByDelivery }: { pile: number; openedOn: string; usableByDelivery: boolean }): SeedRow[] {
  const code = `QG${String(at + 1).padStart(2, '0')}-${String(pile + 1).padStart(2, '0')}`
  const isFast = pile % 4 !== 3
  const data = { code, station: site.name, pileType: isFast ? '1' : '2', powerKw: isFast ? 60 : 7, connectorCount: isFast ? 2 : 1, usableByDelivery, status: 'in-use', openedOn, district: site.district }
  const row = (on: string, more: Record<string, unknown>): SeedRow => ({ register: 'pile', key: code, on, data: { ...data, ...more } })
  return [
    row(openedOn, {}),
    ...(faultyOn[code] ? [row(faultyOn[code], { status: 'fault' })] : []),
    ...(removedOn[code] ? [row(removedOn[code], { status: 'removed', removedOn: removedOn[code] })] : []),
  ]
}
