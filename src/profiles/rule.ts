import type { profileProblem } from './problems.ts'
import type { Profile } from './schema.ts'
import type { FieldPath } from './source.ts'

/** Something wrong at a place of a profile; the loader adds file, line and column. */
export interface ProfileFinding {
  readonly code: Parameters<typeof profileProblem>[0]
  readonly path: FieldPath
  readonly details: Readonly<Record<string, unknown>>
  /** another place the sentence speaks of: its line becomes `firstLine` */
  readonly firstPath?: FieldPath
}

/** One rule, one file: reads a profile of valid shape, gives findings. */
export type ProfileRule = (profile: Profile) => ProfileFinding[]
