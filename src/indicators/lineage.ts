import type { Actor } from '../accounts/index.ts'
import { addDays, formatInstant, parseInstant, parsePeriod, startOfDay } from '../base/time.ts'
import { listDayPositions, listVehicleDays, type VehicleDayRow } from '../city/journeys/index.ts'
import { notFound } from '../runtime/http.ts'
import type { Db } from '../runtime/database.ts'
import { definitionOf } from './definitions/index.ts'
import { implausibleMetres } from './definitions/utilisation-mean-daily-distance.ts'
import type { Fact } from './facts.ts'
import { mayReadRow } from './scope.ts'
import type { Combine, Measured, MeasuredRow } from './types.ts'

const shownRows = 20

const kindTitles: Readonly<Record<string, string>> = {
  node: '配送节点', 'stop-point': '停靠点', 'charging-station': '充电站', pile: '充电桩', vehicle: '车辆', enterprise: '企业', 'policy-document': '政策文件和平台', 'vehicle-days': '车日', baseline: '期初值', indicator: '指标',
}
const registerPaths: Readonly<Record<string, string>> = { node: 'nodes', 'stop-point': 'stop-points', 'charging-station': 'charging-stations', pile: 'piles', vehicle: 'vehicles', enterprise: 'enterprises', 'policy-document': 'policy-documents' }

/** A row as shown: what it is, whether it counts and why not, and where it opens. */
export function presentRow(row: MeasuredRow, { id, asOf }: { id: string; asOf: string }) {
  const path = registerPaths[row.kind]
  const lineage = row.kind === 'vehicle-days' ? `/api/v1/facts/${id}/lineage?row=${encodeURIComponent(`vehicle-days:${row.id}`)}` : null
  return { ...row, kindTitle: kindTitles[row.kind] ?? row.kind, href: path ? `/api/v1/${path}/${row.id}?asOf=${encodeURIComponent(asOf)}` : null, lineage }
}

const plain = (value: number): string => String(Number(value.toFixed(4)))

/** The calculation in one line a reader can redo: `5 ÷ 20 × 100% = 25`. */
function calculationOf({ value, numerator, denominator, baseline }: Pick<Measured, 'value' | 'numerator' | 'denominator' | 'baseline'>, combine: Combine): string | null {
  if (value === null || numerator === null) return null
  if (combine.kind === 'sum') return plain(numerator)
  const fraction = `${plain(numerator)} ÷ ${plain(denominator!)}`
  if (combine.kind === 'ratio') return `${fraction}${combine.scale === 100 ? ' × 100%' : ''} = ${plain(value)}`
  if (combine.kind === 'all') return `${plain(numerator)} 项达到，共 ${plain(denominator!)} 项`
  return `（${fraction} － ${plain(baseline!)}）÷ ${plain(baseline!)} × 100% = ${plain(value)}`
}

/** The family tree of a figure: definition and clause → calculation → rows counted and left out, each with where it opens. */
export function explainFact({ origin, value, recorded, differs }: Fact, actor: Pick<Actor, 'scope'>) {
  const definition = definitionOf(value.snapshot.indicator.canonical)
  const { indicator } = value.snapshot
  const visible = value.rows.filter((row) => mayReadRow(actor, row))
  const side = (included: boolean) => {
    const rows = visible.filter((row) => row.included === included)
    return { rows: rows.slice(0, shownRows).map((row) => presentRow(row, value)), rowsShown: Math.min(rows.length, shownRows), rowsVisible: rows.length, more: `/api/v1/facts/${value.id}/rows?included=${included}` }
  }
  const leftOut = value.rows.filter((row) => !row.included)
  return {
    ...presentValue(value, origin),
    ...(recorded && { measuredAt: formatInstant(recorded.measuredAt), measuredBy: recorded.measuredBy }),
    /** measured again just now from the same rows: the recorded figure still follows from them */
    verification: { rowDigest: value.rowDigest, recordedDigest: recorded?.rowDigest ?? null, differs },
    definitionDetail: {
      id: definition.id, version: definition.version, text: definition.text, formula: definition.formula, source: definition.source,
      cityText: indicator.definition.text, cityFormula: indicator.definition.formula, status: indicator.definition.status,
      clause: indicator.clause, quotes: indicator.quotes, scope: indicator.scope, variant: indicator.variant ?? {}, targetText: indicator.targetText,
    },
    calculation: calculationOf(recorded ? { ...value, value: recorded.value, numerator: recorded.numerator, denominator: recorded.denominator } : value, definition.combine),
    baseline: indicator.baseline,
    counted: { count: value.rowsCounted, ...side(true) },
    leftOut: { count: value.rowsExcluded, reasons: reasonsOf(leftOut), ...side(false) },
    rowsHidden: value.rows.length - visible.length,
  }
}

/** Left-out rows by reason; the particulars in brackets are taken off so that like reasons fall together. */
function reasonsOf(rows: readonly MeasuredRow[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const reason = row.reason!.replace(/（\d{4}-\d{2}-\d{2}）$/, '')
    counts.set(reason, (counts.get(reason) ?? 0) + row.count)
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
}

/** A value on the wire: the figure and everything needed to read it, without its rows. */
export function presentValue(value: Measured, origin: Fact['origin']) {
  const { rows: _, snapshot, rowDigest, ...rest } = value
  const { clause, targetText, direction, scope, group } = snapshot.indicator
  return { ...rest, origin, rowDigest, cityName: snapshot.cityName, madeUp: snapshot.madeUp, clause, targetText, direction, scope, group, lineage: `/api/v1/facts/${value.id}/lineage` }
}

export interface RowsPage {
  readonly items: ReturnType<typeof presentRow>[]
  readonly next: string | null
}

/** One page of a fact's rows in their fixed order; the cursor is a place in that order, which never changes for a fact. */
export function pageRows({ value }: Fact, actor: Pick<Actor, 'scope'>, { included, cursor, limit }: { included?: boolean | undefined; cursor?: string | undefined; limit: number }): RowsPage {
  const rows = value.rows.filter((row) => (included === undefined || row.included === included) && mayReadRow(actor, row))
  const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!Number.isSafeInteger(from) || from < 0) throw notFound('该页')
  return { items: rows.slice(from, from + limit).map((row) => presentRow(row, value)), next: from + limit < rows.length ? Buffer.from(String(from + limit)).toString('base64url') : null }
}

/** Opens one row: `vehicle-days:ID` to the days of a vehicle, `vehicle-day:ID/DAY` to the positions and frames of one day. */
export async function explainRow(db: Db, { value }: Fact, actor: Pick<Actor, 'scope'>, row: string) {
  const match = /^(vehicle-days|vehicle-day):([0-9a-f-]{36})(?:\/(.+))?$/.exec(row)
  const found = match && value.rows.find((each) => each.kind === 'vehicle-days' && each.id.startsWith(match[2]!))
  if (!match || !found || !mayReadRow(actor, found)) throw notFound('该行')
  const [, kind, vehicleId, rest] = match as unknown as [string, string, string, string | undefined]
  const period = parsePeriod(value.period)!
  const asOf = parseInstant(value.asOf)!
  const about = { factId: value.id, vehicle: { id: vehicleId, name: found.name, href: `/api/v1/vehicles/${vehicleId}?asOf=${encodeURIComponent(value.asOf)}` } }
  if (kind === 'vehicle-days') {
    const days = await listVehicleDays(db, { vehicleId, from: period.from, to: period.to, asOf })
    return { ...about, rows: value.rows.filter((each) => each.id.startsWith(vehicleId)).map((each) => presentRow(each, value)), days: days.map((day) => presentDay(day, value.id)) }
  }
  const isDay = rest !== undefined && parsePeriod(rest)?.kind === 'day' && rest >= period.from && rest < period.to
  const [day] = isDay ? await listVehicleDays(db, { vehicleId, from: rest, to: addDays(rest, 1), asOf }) : []
  if (!day) throw notFound('该车日')
  const positions = await listDayPositions(db, { vehicleId, day: day.day, asOf })
  return {
    ...about, day: presentDay(day, value.id),
    positions: positions.map((each) => ({ ...each, observedAt: formatInstant(each.observedAt), receivedAt: formatInstant(each.receivedAt), frame: `/api/v1/frames/${each.frameId}` })),
    frames: [...new Set(positions.map((each) => each.frameId))].map((id) => ({ id, href: `/api/v1/frames/${id}` })),
  }
}

function presentDay(day: VehicleDayRow, factId: string) {
  const from = formatInstant(startOfDay(day.day))
  const to = formatInstant(startOfDay(addDays(day.day, 1)))
  const doubt = day.distanceMetres <= 0 ? '当日没有行驶里程' : day.distanceMetres > implausibleMetres ? '单日里程超过1000公里，存疑' : null
  return {
    day: day.day, versionId: day.versionId, recordedAt: formatInstant(day.recordedAt), distanceMetres: day.distanceMetres, distanceSource: day.distanceSource, gnssDistanceMetres: day.gnssDistanceMetres,
    odometerDistanceMetres: day.odometerDistanceMetres, tripCount: day.tripCount, haltCount: day.haltCount, pointCount: day.pointCount, leftOutCount: day.leftOutCount, leftOut: day.leftOut,
    derivationVersion: day.derivationVersion, note: doubt,
    track: `/api/v1/vehicles/${day.vehicleId}/track?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
    lineage: `/api/v1/facts/${factId}/lineage?row=${encodeURIComponent(`vehicle-day:${day.vehicleId}/${day.day}`)}`,
  }
}
