import { byEdition, field, record, u16, u8 } from '../../wire/index.ts'
import type { Codec } from '../../wire/index.ts'
import { countedList, physical } from '../physical.ts'
import type { Quantity } from '../physical.ts'

const voltage = physical(u16, { stepsPerUnit: 1000 })
const temperature = physical(u8, { lowest: -40 })

export interface CellVoltages {
  readonly index: Quantity
  readonly voltage: Quantity
  readonly current: Quantity
  readonly cellTotal: Quantity
  /** 2016: large packs come in several frames of one time */
  readonly frameStartCell?: number
  readonly cells: readonly Quantity[]
}

/** In 2016 the current of a sub-system counts from −1000 A by the table; one public suite reads it from −3000 A. */
const of2016: Codec<CellVoltages> = record(
  field('index', physical(u8)),
  field('voltage', physical(u16, { stepsPerUnit: 10 })),
  field('current', physical(u16, { stepsPerUnit: 10, lowest: -1000 })),
  field('cellTotal', physical(u16)),
  field('frameStartCell', u16),
  field('cells', countedList(u8, voltage)),
)

const fields2025 = record(
  field('index', physical(u8)),
  field('voltage', physical(u16, { stepsPerUnit: 10 })),
  field('current', physical(u16, { stepsPerUnit: 10, lowest: -3000 })),
  field('cells', countedList(u16, voltage)),
)

const of2025: Codec<CellVoltages> = {
  read: (reader, edition) => {
    const { cells, ...rest } = fields2025.read(reader, edition)
    return { ...rest, cellTotal: cells.length, cells }
  },
  write: (writer, value, edition) => fields2025.write(writer, { ...value, cells: [...value.cells] }, edition),
}

/** Cell voltages, type 08 of 2016 and 07 of 2025. */
export const cellVoltages: Codec<CellVoltages[]> = byEdition(countedList(u8, of2025), { 2016: countedList(u8, of2016) })

/** Temperatures of the probes, type 09 of 2016 and 08 of 2025. */
export const probeTemps = countedList(u8, record(field('index', physical(u8)), field('temps', countedList(u16, temperature))))
