import type { Db } from '../../runtime/database.ts'
import type { JobHandler } from '../../runtime/jobs.ts'
import type { RuleSet } from './engine/rule-set.ts'
import { replayRecorded, type SavedReplay } from './replay.ts'
import type { Rules } from './rules-in-force.ts'

export const replayKind = 'access.replay'

/** What a replay was asked. */
export interface ReplayOrder {
  readonly draftId: string
  readonly draftTitle: string
  readonly draftRevision: number
  readonly from: string
  readonly to: string
  readonly asOf: number
}

/** Both sets as they were when it was asked, whatever becomes of the draft. */
export interface ReplayInput {
  readonly base: RuleSet
  readonly draft: RuleSet
}

/** Handlers of this room's jobs. Both sets are taken as if they had been in force all the time: a draft that changes nothing touches nothing. */
export const accessJobs = ({ db, rules }: { db: Db; rules: Pick<Rules, 'compileDraft'> }): Readonly<Record<string, JobHandler>> => ({
  async [replayKind](job, control) {
    const { from, to, asOf } = job.question as ReplayOrder
    const { base, draft } = job.input as ReplayInput
    const question = { scope: job, days: { from, to }, published: rules.compileDraft(base), draft: rules.compileDraft(draft), asOf }
    return replayRecorded(db, question, { report: (progress, checkpoint) => control.report(progress, checkpoint), saved: job.checkpoint as SavedReplay | null })
  },
})
