import { join } from 'node:path'
import { recordAudit } from '../accounts/index.ts'
import { journeysRoutes } from '../city/journeys/index.ts'
import { networkRoutes } from '../city/network/index.ts'
import type { FrameRow } from '../events/index.ts'
import { decodeGb32960Line, decodeJt808Line } from '../gateways/index.ts'
import { divisionsOf, registerRoutes } from '../registers/index.ts'
import type { Routes } from '../runtime/http.ts'
import type { Core } from './platform.ts'
import { allRegisters } from './registers.ts'

const decoders = { jt808: decodeJt808Line, gb32960: decodeGb32960Line }

/** A stored frame in words. */
export const decodeFrame = ({ protocol, bytes }: Pick<FrameRow, 'protocol' | 'bytes'>): unknown => decoders[protocol](bytes.toString('hex'))

const worldOf = (directory: string | undefined): string | undefined => directory && join(directory, 'world')

/** Every room's routes, handed what they need. A new room is a line here. */
export function roomRoutes({ database: { db }, clock, cities, vehicles }: Core): readonly Routes[] {
  const audit = (actor: Parameters<typeof recordAudit>[1]['actor'], action: string, detail: Readonly<Record<string, unknown>>) =>
    recordAudit(db, { actor, action, object: String(detail['object'] ?? action), detail }).then(() => undefined)
  return [
    registerRoutes({ db, clock, registers: allRegisters, divisions: (code) => divisionsOf(cities.get(code)), audit }),
    journeysRoutes({ db, clock, vehicles, decode: decodeFrame }),
    networkRoutes({ worldDirectoryOf: (code) => worldOf(cities.directoryOf(code)), defaultCity: cities.standard.code }),
  ]
}
