import type { Codec, NumberCodec } from '../wire/index.ts'

/** What a quantity of GB/T 32960 can be: a physical value, or one of the two markers that say there is none. */
export type Quantity = number | 'invalid' | 'abnormal'

const highest = { 8: 0xff, 16: 0xffff, 32: 0xffffffff } as const

export interface Scale {
  /** raw steps per unit: 10 for steps of 0.1; 1 by default */
  readonly stepsPerUnit?: number
  /** what a raw 0 means, in units: −40 for most temperatures; 0 by default */
  readonly lowest?: number
}

/**
 * A scaled number. The highest raw value means invalid and the one below it abnormal (GB/T 32960.3 §7.2.3 tables).
 * Computed in whole steps, so that 0.1 + 0.2 never shows up in a reading.
 */
export function physical(width: NumberCodec, { stepsPerUnit = 1, lowest = 0 }: Scale = {}): Codec<Quantity> {
  const invalid = highest[width.bits]
  const lowestSteps = lowest * stepsPerUnit
  return {
    read: (reader, edition) => {
      const raw = width.read(reader, edition)
      if (raw === invalid) return 'invalid'
      if (raw === invalid - 1) return 'abnormal'
      return (raw + lowestSteps) / stepsPerUnit
    },
    write: (writer, value, edition) => width.write(writer, rawOf(value), edition),
  }
  function rawOf(value: Quantity): number {
    if (value === 'invalid') return invalid
    if (value === 'abnormal') return invalid - 1
    return Math.max(0, Math.min(invalid - 2, Math.round(value * stepsPerUnit - lowestSteps)))
  }
}

/** A list behind its count, where the two markers as a count mean that no list follows. */
export const countedList = <Value>(width: NumberCodec, item: Codec<Value>): Codec<Value[]> => ({
  read: (reader, edition) => {
    const count = width.read(reader, edition)
    const values: Value[] = []
    if (count >= highest[width.bits] - 1) return values
    for (let index = 0; index < count; index++) values.push(item.read(reader, edition))
    return values
  },
  write: (writer, values, edition) => {
    width.write(writer, values.length, edition)
    for (const value of values) item.write(writer, value, edition)
  },
})
