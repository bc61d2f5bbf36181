import { closeSync, openSync, readSync } from 'node:fs'
import { ProblemError } from '../../base/problems.ts'
import type { RoadNetwork } from './network.ts'
import { loadNetwork, networkMagic } from './network-file.ts'
import { importExtract } from './osm/import-extract.ts'
import { roadProblem } from './problems.ts'

/** Opens a network: our own file, or an OSM extract, told by its first bytes. */
export function openNetwork(file: string): RoadNetwork {
  const head = Buffer.alloc(4)
  try {
    const descriptor = openSync(file, 'r')
    readSync(descriptor, head, 0, 4, 0)
    closeSync(descriptor)
  } catch (error) {
    throw new ProblemError(roadProblem('roads-file-unreadable', { file, reason: (error as Error).message }))
  }
  return head.readUInt32LE() === networkMagic ? loadNetwork(file) : importExtract(file)
}
