import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../base/problems.ts'
import { explainIssue } from './explain-issue.ts'
import { profileProblem } from './problems.ts'
import type { ProfileFinding, ProfileRule } from './rule.ts'
import { insidePeriod } from './rules/inside-period.ts'
import { knownReferences } from './rules/known-references.ts'
import { knownUnits } from './rules/known-units.ts'
import { openThings } from './rules/open-things.ts'
import { targetDirection } from './rules/target-direction.ts'
import { twoLevels } from './rules/two-levels.ts'
import { uniqueNumbers } from './rules/unique-numbers.ts'
import { yearlyValues } from './rules/yearly-values.ts'
import { profileSchema, type Profile } from './schema.ts'
import { pointerOf, readProfileSource, type ProfileSource } from './source.ts'

const rules: readonly ProfileRule[] = [twoLevels, uniqueNumbers, knownUnits, knownReferences, targetDirection, yearlyValues, insidePeriod, openThings]

export interface LoadedProfile {
  /** null when its shape is wrong; with rule problems the profile is there but should not be used for documents */
  readonly profile: Profile | null
  /** each with file, line, column and pointer in its details */
  readonly problems: readonly Problem[]
}

/** Reads and checks the profile in a directory. Shape first; the rules run when the shape is right. */
export function loadProfile(directory: string): LoadedProfile {
  const source = readProfileSource(directory)
  if (source.problems.length > 0) return { profile: null, problems: source.problems }
  const parsed = profileSchema.safeParse(source.value)
  if (!parsed.success) return { profile: null, problems: parsed.error.issues.flatMap((issue) => explainIssue(issue, source.value)).map((each) => place(each, source)) }
  return { profile: parsed.data, problems: rules.flatMap((rule) => rule(parsed.data)).map((each) => place(each, source)) }
}

function place({ code, path, firstPath, details }: ProfileFinding, source: ProfileSource): Problem {
  const first = firstPath ? { firstLine: source.placeOf(firstPath).line } : {}
  return profileProblem(code, { ...details, ...first, ...source.placeOf(path), pointer: pointerOf(path) })
}

/** Every profile below a directory (`cities/`), one a sub-directory, in the order of their names. */
export function listProfiles(citiesDirectory: string): (LoadedProfile & { directory: string })[] {
  return readdirSync(citiesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(citiesDirectory, entry.name)).some((name) => name.endsWith('.jsonc')))
    .map((entry) => join(citiesDirectory, entry.name))
    .sort()
    .map((directory) => ({ directory, ...loadProfile(directory) }))
}
