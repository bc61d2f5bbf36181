import { rows, sql, type Db } from '../../runtime/database.ts'

/** A vehicle and the calendar days [from, to) on which it was in service. */
export interface ServiceWindow {
  readonly vehicleId: string
  readonly from: string
  readonly to: string
}

export const vehicleDayClasses = ['counted', 'idle', 'implausible', 'out-of-service'] as const
/** `idle` no distance · `implausible` more than the limit · `out-of-service` before registration or after retirement */
export type VehicleDayClass = (typeof vehicleDayClasses)[number]

export interface VehicleDaySum {
  vehicleId: string
  class: VehicleDayClass
  days: number
  /** whole centimetres, so that the sum does not depend on the order of adding */
  centimetres: number
  /** sum of the versions' fingerprints, in text: it exceeds a double */
  fingerprint: string
}

export interface SumOptions {
  readonly windows: readonly ServiceWindow[]
  /** days [from, to) */
  readonly from: string
  readonly to: string
  readonly asOf: number
  /** a day above it is doubtful */
  readonly implausibleMetres: number
}

/**
 * Sums vehicle-days by vehicle and class as known at `asOf`, in one statement. Versions in force come from a covering index;
 * the few superseded since are added from the table.
 */
export const sumVehicleDays = (db: Db, { windows, from, to, asOf, implausibleMetres }: SumOptions): Promise<VehicleDaySum[]> =>
  rows(db, sql<VehicleDaySum>`
    with wanted as materialized (
      select * from unnest(${windows.map((each) => each.vehicleId)}::uuid[], ${windows.map((each) => each.from)}::date[], ${windows.map((each) => each.to)}::date[]) as w (vehicle_id, service_from, service_to)
    ), known as (
      select vehicle_id, day, distance_metres, fingerprint from vehicle_day
      where superseded_at is null and recorded_at <= to_timestamp(${asOf / 1000}) and day >= ${from}::date and day < ${to}::date
      union all
      select vehicle_id, day, distance_metres, fingerprint from vehicle_day
      where superseded_at is not null and superseded_at > to_timestamp(${asOf / 1000}) and recorded_at <= to_timestamp(${asOf / 1000}) and day >= ${from}::date and day < ${to}::date
    )
    select vehicle_id as "vehicleId", class, count(*) as days, sum((distance_metres * 100)::bigint) as centimetres, sum(fingerprint)::text as fingerprint
    from (
      select k.vehicle_id, k.distance_metres, k.fingerprint,
        case when k.day < w.service_from or k.day >= w.service_to then 'out-of-service' when k.distance_metres <= 0 then 'idle' when k.distance_metres > ${implausibleMetres} then 'implausible' else 'counted' end as class
      from known k join wanted w on w.vehicle_id = k.vehicle_id
    ) as classed
    group by vehicle_id, class order by vehicle_id, class`)
