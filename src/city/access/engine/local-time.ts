import { z } from 'zod'
import { dayMs, parseInstant, startOfDay } from '../../../base/time.ts'
import { msFromMinutes } from '../../../base/units.ts'

/** Rules think in whole minutes of Asia/Shanghai: a *local minute* counts them from 1970-01-01 00:00 there. */
const offsetMs = -startOfDay('1970-01-01')
const minuteMs = msFromMinutes(1)
export const minutesOfDay = dayMs / minuteMs

export const localMinuteOf = (instant: number): number => Math.floor((instant + offsetMs) / minuteMs)
export const instantOfMinute = (localMinute: number): number => localMinute * minuteMs - offsetMs

/** Days since 1970-01-01 of `2025-03-31`. */
export const dayNumberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs
export const dayOfNumber = (dayNumber: number): string => new Date(dayNumber * dayMs).toISOString().slice(0, 10)

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (dayNumber: number): number => ((((dayNumber + 3) % 7) + 7) % 7) + 1
export const monthOf = (dayNumber: number): number => new Date(dayNumber * dayMs).getUTCMonth() + 1

/** Minutes since midnight of `07:30`; `24:00` is 1440. */
export const minutesFromClock = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
export const clockFromMinutes = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** On the wire: a whole minute with offset, `2026-11-20T08:00:00+08:00`. */
export const minuteInstant = z.string().refine((text) => (parseInstant(text) ?? 0.5) % minuteMs === 0, { message: '应为带时区的整分钟时刻，如 2026-11-20T08:00:00+08:00' })
