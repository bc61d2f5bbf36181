import { useEffect, useRef, useState } from 'react'
import { api, ApiProblem } from '../../../api/client.ts'
import type { Draft, Finding, RuleSet } from '../../../api/access.ts'
import { nowMs } from '../../../shared/format.ts'
import { savingAfter, type Saving } from '../../../shared/states.tsx'
import { begin, record, redo, undo, type History } from './history.ts'
import { dropCopy, keepCopy, type LocalCopy } from './local-copy.ts'

/** What the server holds of the draft, and what it found in it. */
export interface SavedDraft {
  readonly ruleSet: RuleSet
  readonly revision: number
  readonly title: string
  readonly baseVersionId: string | null
  readonly authorName: string
  readonly updatedAt: string
  readonly findings: readonly Finding[]
  readonly publishable: boolean
  readonly examplesRan: boolean
}

/** Somebody saved meanwhile: what both began from, mine and theirs. */
export interface Conflict {
  readonly base: RuleSet
  readonly theirs: SavedDraft
}

export const savedOf = ({ document, ...draft }: Draft): SavedDraft => ({ ...draft, ruleSet: document as RuleSet })

const autosaveMs = 1500
const retryMs = 5000

export interface DraftWork {
  readonly ruleSet: RuleSet
  readonly saved: SavedDraft
  readonly saving: Saving
  readonly conflict: Conflict | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** false: the person may only read */
  readonly mayWrite: boolean
  /** `key`: changes with the same key in a row are one step back */
  change(next: (before: RuleSet) => RuleSet, key?: string): void
  undo(): void
  redo(): void
  /** saves what is waiting now; resolves when it has been tried */
  save(): Promise<void>
  /** takes what was settled as mine, on top of what they saved; `base`: the version it is now based on, when that changes */
  resolve(ruleSet: RuleSet, base?: string | null): void
  /** gives up what is not saved */
  discard(): void
}

interface Waiting {
  ruleSet: RuleSet
  baseVersionId?: string | null
}

/**
 * A draft in hand: every change is kept by the browser at once and saved a moment later; one write at a time, each naming the
 * revision before. When somebody saved meanwhile nothing is written until it is settled.
 */
export function useDraft(draftId: string, first: SavedDraft, copy: LocalCopy | undefined, mayWrite: boolean): DraftWork {
  const [history, setHistory] = useState<History<RuleSet>>(() => begin(copy?.ruleSet ?? first.ruleSet))
  const [saved, setSaved] = useState(first)
  const [saving, setSaving] = useState<Saving>({ state: copy ? 'unsaved' : 'idle' })
  const [conflict, setConflict] = useState<Conflict | null>(() => (copy && copy.revision < first.revision ? { base: copy.base, theirs: first } : null))
  const server = useRef(first)
  const waiting = useRef<Waiting | null>(copy ? { ruleSet: copy.ruleSet } : null)
  const isHeld = useRef(conflict !== null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const running = useRef<Promise<void>>(Promise.resolve())

  const refused = async (error: unknown, sent: Waiting): Promise<void> => {
    waiting.current ??= sent
    setSaving(savingAfter(error))
    if (!(error instanceof ApiProblem)) return
    if (error.status === 412) {
      isHeld.current = true
      const theirs = await api.get<Draft>(`/access/drafts/${draftId}`).catch(() => undefined)
      if (theirs) setConflict({ base: server.current.ruleSet, theirs: savedOf(theirs) })
      else isHeld.current = false
    } else if (error.status === 0 || error.status === 401 || error.status >= 500) timer.current = setTimeout(flush, retryMs)
  }
  const write = async (): Promise<void> => {
    const sent = waiting.current
    if (!sent || isHeld.current) return
    waiting.current = null
    setSaving({ state: 'saving' })
    try {
      const answer = await api.put<Draft>(`/access/drafts/${draftId}`, { document: sent.ruleSet, ...(sent.baseVersionId !== undefined && { baseVersionId: sent.baseVersionId }) }, `"${server.current.revision}"`)
      server.current = savedOf(answer)
      // the page goes on with what it sent: the server stores it as it is
      setSaved(server.current)
      setSaving({ state: waiting.current ? 'unsaved' : 'saved' })
      if (!waiting.current) void dropCopy(draftId)
    } catch (error) {
      await refused(error, sent)
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer.current)
    running.current = running.current.then(write)
    return running.current
  }
  const queue = (next: Waiting): void => {
    waiting.current = next
    void keepCopy({ draftId, revision: server.current.revision, base: server.current.ruleSet, ruleSet: next.ruleSet, keptAt: nowMs() })
    if (!isHeld.current) setSaving({ state: 'unsaved' })
    clearTimeout(timer.current)
    timer.current = setTimeout(flush, autosaveMs)
  }
  const put = (next: History<RuleSet>): void => {
    held.current = next
    setHistory(next)
    if (mayWrite) queue({ ...waiting.current, ruleSet: next.present })
  }
  const held = useRef(history)
  useEffect(() => {
    if (copy && !isHeld.current) timer.current = setTimeout(flush, autosaveMs)
    const warn = (event: BeforeUnloadEvent) => (waiting.current ? event.preventDefault() : undefined)
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void flush()
    }
  }, [])

  return {
    ruleSet: history.present, saved, saving, conflict, mayWrite, canUndo: history.past.length > 0, canRedo: history.future.length > 0,
    change: (next, key) => put(record(held.current, next(held.current.present), key ?? null)),
    undo: () => put(undo(held.current)),
    redo: () => put(redo(held.current)),
    save: flush,
    resolve: (ruleSet, base) => {
      if (conflict) {
        server.current = conflict.theirs
        setSaved(conflict.theirs)
      }
      isHeld.current = false
      setConflict(null)
      const next = record(held.current, ruleSet)
      held.current = next
      setHistory(next)
      queue({ ruleSet, ...(base !== undefined && { baseVersionId: base }) })
    },
    discard: () => {
      const kept = conflict?.theirs ?? server.current
      clearTimeout(timer.current)
      waiting.current = null
      isHeld.current = false
      server.current = kept
      const next = record(held.current, kept.ruleSet)
      held.current = next
      setHistory(next)
      setSaved(kept)
      setConflict(null)
      setSaving({ state: 'idle' })
      void dropCopy(draftId)
    },
  }
}
