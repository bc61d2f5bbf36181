import { bcdTime, field, optional, sizedText, u16, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'

type Body = Readonly<Record<string, unknown>>

const hasBit = (bit: number, name: string) => (body: Body) => ((Number(body[name]) >>> bit) & 1) === 1
const hasTimes = hasBit(0, 'attribute')
const hasSpeedLimit = hasBit(1, 'attribute')
const is2019 = (_: Body, edition: string) => edition === '2019'

/** Rows shared by circle, rectangle and polygon: times by attribute bit 0, speed limit by bit 1 (JT/T 808 tables 60–64). */
export const areaTimes = [optional('startTime', bcdTime, hasTimes), optional('endTime', bcdTime, hasTimes)] as const
export const areaSpeed = [optional('maxSpeed', u16, hasSpeedLimit), optional('duration', u8, hasSpeedLimit)] as const

/** 2019 adds the speed limit at night and a name that is there even when it is empty. */
export const areaNight = [optional('nightMaxSpeed', u16, (body: Body, edition) => edition === '2019' && hasSpeedLimit(body))] as const
export const areaName = [optional('name', sizedText(u16) as Codec<string>, is2019)] as const

export const areaHead = (id: Codec<number>) => [field('id', id), field('attribute', u16)] as const
export { hasSpeedLimit, hasTimes, is2019 }
