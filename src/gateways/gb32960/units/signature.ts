import { field, record, sizedHex, u16, u8 } from '../../wire/index.ts'
import type { ReadBy } from '../../wire/index.ts'

/** 2025: algorithm 1 SM2, 2 RSA, 3 ECC; the signed bytes are everything from the time up to the mark FF. */
export const signature = record(field('algorithm', u8), field('r', sizedHex(u16)), field('s', sizedHex(u16)))

export type Signature = ReadBy<typeof signature>
