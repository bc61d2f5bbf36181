import { describe, expect, it } from 'vitest'
import { holdsNow, parseConditional, parseHours } from './conditions.ts'
import { signsOf } from './osm/way-signs.ts'
import { levelOf, levels, parseRoadVehicle, type RoadVehicle } from './vehicle.ts'

const vehicle = (massKg: number, more: object = {}): RoadVehicle => parseRoadVehicle({ massKg, heightMetres: 3, widthMetres: 2, lengthMetres: 6, ...more })
const van = vehicle(3000)
const truck = vehicle(8000, { heightMetres: 3.8, widthMetres: 2.5, lengthMetres: 9 })
const day = { Mo: 0, We: 2, Sa: 5, Su: 6 }
const at = (weekday: keyof typeof day, clock: string) => ({ weekday: day[weekday], minute: Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) })

/** What signs of a residential street with these tags say. */
function level(tags: Record<string, string>, who: RoadVehicle, when = at('We', '12:00'), left: string[] = []) {
  return levelOf(signsOf(new Map(Object.entries(tags)), 'forward', { standard: levels.open, leaveOut: (what) => left.push(what) }), who, when)
}

describe('hours', () => {
  it('reads weekdays, times, lists and rules', () => {
    expect(parseHours('Mo-Fr 07:00-09:00,17:00-19:00; Sa 08:00-12:00')).toEqual([{ weekdays: 0b11111, from: 420, to: 540 }, { weekdays: 0b11111, from: 1020, to: 1140 }, { weekdays: 0b100000, from: 480, to: 720 }])
    expect(parseHours('22:00-06:00')).toEqual([{ weekdays: 0b1111111, from: 1320, to: 360 }])
    expect(parseHours('Sa,Su')).toEqual([{ weekdays: 0b1100000, from: 0, to: 1440 }])
    expect(parseHours('Fr-Mo 24/7')?.length).toBeGreaterThan(0)
  })

  it.each(['sunrise-sunset', 'PH', 'Mo-Fr 7-9', 'wet', ''])('does not guess at “%s”', (text) => expect(parseHours(text)).toBeUndefined())

  it('a span over midnight belongs to the day it begins on', () => {
    const { when } = parseConditional('no @ (Sa 22:00-06:00)')[0]!
    const holds = (weekday: keyof typeof day, clock: string) => holdsNow(when, { ...van, axleLoadKg: 1 }, at(weekday, clock))
    expect([holds('Sa', '21:59'), holds('Sa', '22:00'), holds('Su', '05:59'), holds('Su', '06:00'), holds('Sa', '05:00')]).toEqual(['no', 'yes', 'yes', 'no', 'no'])
  })
})

describe('signs', () => {
  it.each<[string, Record<string, string>, number, number]>([
    ['no motor vehicles', { motor_vehicle: 'no' }, 0, 0],
    ['no heavy goods vehicles', { hgv: 'no' }, 2, 0],
    ['heavy ones only to deliver', { hgv: 'destination' }, 2, 1],
    ['closed, but open to goods vehicles', { access: 'no', goods: 'yes' }, 2, 0],
    ['private: to the yard, not through it', { access: 'private' }, 1, 1],
    ['3.5 t', { maxweight: '3.5' }, 2, 0],
    ['in kg', { maxweight: '3500 kg' }, 2, 0],
    ['3.5 t except to deliver', { maxweight: '3.5', 'maxweight:conditional': 'none @ delivery' }, 2, 1],
    ['3.5 m high', { maxheight: '3.5' }, 2, 0],
    ['in feet', { maxheight: `11'6"` }, 2, 0],
    ['2.2 m wide', { maxwidth: '2.2 m' }, 2, 0],
    ['7 m long', { maxlength: '7' }, 2, 0],
    ['axles of 6 t', { maxaxleload: '6' }, 2, 0],
    ['what is forbidden the other way only', { 'hgv:backward': 'no' }, 2, 2],
    ['what is forbidden this way', { 'hgv:forward': 'no', hgv: 'yes' }, 2, 0],
    ['hours for all motor vehicles, but trucks are named', { 'motor_vehicle:conditional': 'no @ (07:00-19:00)', hgv: 'yes' }, 0, 2],
    ['an access nobody knows closes', { access: 'wizards' }, 0, 0],
  ])('%s', (_, tags, forVan, forTruck) => expect([level(tags, van), level(tags, truck)]).toEqual([forVan, forTruck]))

  it('change with the hour, the last that holds deciding', () => {
    const tags = { 'motor_vehicle:conditional': 'no @ (Mo-Fr 07:00-09:00); delivery @ (Mo-Fr 07:00-08:00)' }
    expect([level(tags, van, at('We', '06:59')), level(tags, van, at('We', '07:30')), level(tags, van, at('We', '08:30')), level(tags, van, at('Sa', '08:30'))]).toEqual([2, 1, 0, 2])
  })

  it('change with the vehicle', () => {
    const tags = { 'hgv:conditional': 'no @ (weight>7.5)', 'maxweight:conditional': '5 @ (22:00-06:00)' }
    expect([level(tags, truck), level(tags, vehicle(6000)), level(tags, vehicle(6000), at('We', '23:00'))]).toEqual([0, 2, 0])
  })

  it('tighten when a condition is not understood, never loosen, and say so', () => {
    const left: string[] = []
    expect([level({ 'hgv:conditional': 'no @ (wet)' }, truck, undefined, left), level({ hgv: 'no', 'hgv:conditional': 'yes @ (PH)' }, truck, undefined, left)]).toEqual([0, 0])
    expect(left).toEqual(['条件“wet”从严处理', '条件“PH”从严处理'])
  })

  it('a measure that is not given is the largest that is legal', () => {
    const unknown = parseRoadVehicle({ massKg: 3000 })
    expect([level({ maxheight: '3.9' }, unknown), level({ maxheight: '4' }, unknown)]).toEqual([0, 2])
  })
})
