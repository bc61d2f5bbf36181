import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Place } from './stream.ts'

export interface ChannelState {
  authCode?: string
  recent: Place
  /** absent when all of it is laid down */
  older?: Place
}

/** What must be known to go on where we stopped: kept beside the database it belongs to. */
export interface SimulationState {
  readonly version: 1
  /** city and database the places belong to */
  readonly key: string
  /** first day of the recent part, and of the older one before it */
  readonly recentFrom: string
  readonly olderFrom: string
  readonly channels: Record<string, ChannelState>
}

/** The state at `path`; undefined when there is none, it cannot be read, or it belongs to something else. */
export function readState(path: string, key: string): SimulationState | undefined {
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as SimulationState
    return state.version === 1 && state.key === key ? state : undefined
  } catch {
    return undefined
  }
}

/** Replaces the file in one step, so that a crash leaves the old one or the new one. */
export function writeState(path: string, state: SimulationState): void {
  mkdirSync(dirname(path), { recursive: true })
  // It holds the terminals' authentication codes.
  writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}
