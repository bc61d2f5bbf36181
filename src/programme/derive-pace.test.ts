import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startOfDay } from '../base/time.ts'
import { loadProfile, type Profile } from '../profiles/index.ts'
import { derivePace, expectedBy } from './derive-pace.ts'

const profileOf = (name: string): Profile => loadProfile(join(import.meta.dirname, '../../cities', name)).profile!
const lianyungang = profileOf('lianyungang')
const read = (profile: Profile, code: string, value: number | null, day: string) => derivePace({ indicator: profile.indicators.find((each) => each.code === code)!, period: profile.period, value, asOf: startOfDay(day) })

describe('expected by now, by hand', () => {
  // L-03: increments 30 (2023), 40 (2024), 10 (2025); 2024 has 366 days.
  it.each([
    ['2023-01-01', 0],
    ['2024-01-01', 30],
    ['2024-01-02', 30 + 40 / 366],
    ['2024-07-01', 30 + (40 * 182) / 366],
    ['2024-12-31', 30 + (40 * 365) / 366],
    ['2025-01-01', 70],
    ['2026-01-01', 80],
    ['2030-01-01', 80],
  ])('increments at the beginning of %s: %d', (day, expected) => {
    expect(read(lianyungang, 'L-03', 0, day).expectedByNow).toBeCloseTo(expected, 9)
  })

  it('a running total is not added up: 1, 2, 3家 make 3, not 6', () => {
    expect(read(lianyungang, 'L-14', 0, '2026-01-01').expectedByNow).toBeCloseTo(3, 9)
    expect(read(lianyungang, 'L-14', 0, '2025-01-01').expectedByNow).toBeCloseTo(2, 9)
  })

  it('a level is asked for when its year is over, not a day earlier', () => {
    expect(read(lianyungang, 'L-12', 42, '2023-12-31')).toMatchObject({ expectedByNow: null, pace: 'unknown' })
    expect(read(lianyungang, 'L-12', 42, '2024-01-01')).toMatchObject({ expectedByNow: 40, pace: 'on-pace' })
    expect(read(lianyungang, 'L-12', 42, '2025-01-01')).toMatchObject({ expectedByNow: 45, pace: 'behind' })
  })

  it('the first year of a creation period that begins in July is spread over its half year', () => {
    const demo = profileOf('demo')
    const indicator = demo.indicators.find((each) => each.code === 'D-03')!
    // 8 in 2025, spread over 184 days from 1 July
    expect(expectedBy(indicator.yearly!, startOfDay('2025-07-01'), demo.period)).toBe(0)
    expect(expectedBy(indicator.yearly!, startOfDay('2025-10-01'), demo.period)).toBeCloseTo((8 * 92) / 184, 9)
    expect(expectedBy(indicator.yearly!, startOfDay('2026-01-01'), demo.period)).toBe(8)
    // 6 in 2028, spread over the 182 days to 30 June
    expect(expectedBy(indicator.yearly!, startOfDay('2028-04-01'), demo.period)).toBeCloseTo(34 + (6 * 91) / 182, 9)
    expect(expectedBy(indicator.yearly!, startOfDay('2028-07-01'), demo.period)).toBe(40)
  })
})

describe('the pace light', () => {
  it.each([
    [80, 'done'],
    [70, 'on-pace'],
    [69, 'behind'],
    [56, 'behind'],
    [55, 'far-behind'],
  ])('70 stations should be there at the end of 2024; %d are %s', (value, pace) => {
    expect(read(lianyungang, 'L-03', value, '2025-01-01').pace).toBe(pace)
  })

  it('says how it came about', () => {
    expect(read(lianyungang, 'L-03', 56, '2025-01-01').reason).toBe('按年度分解至今应达70个，目前56个，为应达数的80%')
  })

  it('is not invented where the plan has no yearly values, until the period is over', () => {
    const panjin = profileOf('panjin')
    expect(read(panjin, 'P-01', 1, '2025-09-30')).toMatchObject({ pace: 'unknown', reason: '方案没有年度分解，期限2025年9月未到，不能判断进度' })
    expect(read(panjin, 'P-01', 1, '2025-10-01')).toMatchObject({ pace: 'far-behind', reason: '期限2025年9月已过，未达到目标“2个”' })
    expect(read(panjin, 'P-01', 2, '2025-10-01').pace).toBe('done')
  })

  it('keeps direction and strictness of each city', () => {
    expect(read(profileOf('linzi'), 'Z-02', 3, '2024-01-01').pace).toBe('unknown')
    expect(read(profileOf('linzi'), 'Z-02', 2.99, '2024-01-01')).toMatchObject({ pace: 'done', reason: '已达到目标“小于3∶1”，期末前须保持' })
    expect(read(profileOf('luoyang'), 'Y-06', 4, '2024-01-01').pace).toBe('done')
    expect(read(lianyungang, 'L-07', 0.25, '2024-01-01').pace).toBe('done')
    expect(read(lianyungang, 'L-07', 0.2499, '2024-01-01').pace).toBe('unknown')
  })

  it('names the open question or the missing baseline where there is no value', () => {
    expect(read(lianyungang, 'L-18', null, '2024-01-01')).toMatchObject({ pace: 'unknown', reason: '口径待明确（L-Q01、L-Q02、L-Q06）' })
    expect(read(lianyungang, 'L-09', null, '2024-01-01').reason).toBe('创建期初新能源城市配送车辆保有量未登记（L-Q05）')
    expect(read(lianyungang, 'L-01', null, '2024-01-01').reason).toBe('暂无数据')
  })

  it('a platform planned for 2024 is not asked for before 2025', () => {
    expect(read(lianyungang, 'L-15', 0, '2024-12-31')).toMatchObject({ pace: 'unknown', reason: '方案要求2024年1，到年末评价，此前没有进度要求；目前0个' })
    expect(read(lianyungang, 'L-15', 0, '2025-01-01').pace).toBe('far-behind')
    expect(read(lianyungang, 'L-15', 1, '2024-03-01').pace).toBe('done')
  })
})
