import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { RuleSet } from '../../../api/access.ts'
import type { Saving } from '../../../shared/states.tsx'
import { DraftSaver } from './draft-saver.ts'
import { begin, record, redo, undo, type History } from './history.ts'
import type { LocalCopy } from './local-copy.ts'
import type { Conflict, SavedDraft } from './saved-draft.ts'

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
  /** gives the draft another name, and saves */
  rename(title: string): void
  undo(): void
  redo(): void
  /** saves what is waiting now; resolves when it has been tried */
  save(): Promise<void>
  /** takes what was settled as mine, on top of what they saved; `base`: the version it is now based on, when that changes */
  resolve(ruleSet: RuleSet, base?: string | null): void
  /** gives up what is not saved */
  discard(): void
}

/** A closing window asks first while something waits; a page that is left saves it. */
function useLeaving(saver: DraftSaver): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => (saver.isWaiting ? event.preventDefault() : undefined)
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void saver.flush()
    }
  }, [saver])
}

/** A draft in hand: one document with its history, kept and saved as it changes. `copy`: what this machine kept of work not saved. */
export function useDraft(draftId: string, first: SavedDraft, copy: LocalCopy | undefined, mayWrite: boolean): DraftWork {
  const [history, setHistory] = useState<History<RuleSet>>(() => begin(copy?.ruleSet ?? first.ruleSet))
  const [saved, setSaved] = useState(first)
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const [conflict, setConflict] = useState<Conflict | null>(() => (copy && copy.revision < first.revision ? { base: copy.base, theirs: first } : null))
  const queries = useQueryClient()
  const onSaved = (next: SavedDraft): void => {
    setSaved(next)
    // the list names each draft and says who saved it last
    void queries.invalidateQueries({ queryKey: ['/access/drafts'] })
  }
  const [saver] = useState(() => new DraftSaver(draftId, first, { onSaving: setSaving, onSaved, onConflict: setConflict }))
  const held = useRef(history)
  const show = (next: History<RuleSet>): void => {
    held.current = next
    setHistory(next)
  }
  const put = (next: History<RuleSet>): void => {
    show(next)
    if (mayWrite) saver.queue({ ruleSet: next.present })
  }
  useEffect(() => {
    if (!copy || !mayWrite) return
    if (conflict) saver.hold()
    else saver.queue({ ruleSet: copy.ruleSet })
  }, [])
  useLeaving(saver)
  const takeTheirs = (): void => {
    if (conflict) {
      saver.continueFrom(conflict.theirs)
      setSaved(conflict.theirs)
    }
    setConflict(null)
  }
  return {
    ruleSet: history.present, saved, saving, conflict, mayWrite, canUndo: history.past.length > 0, canRedo: history.future.length > 0,
    change: (next, key) => put(record(held.current, next(held.current.present), key ?? null)),
    rename: (title) => {
      saver.queue({ ruleSet: held.current.present, title })
      void saver.flush()
    },
    undo: () => put(undo(held.current)),
    redo: () => put(redo(held.current)),
    save: () => saver.flush(),
    resolve: (ruleSet, base) => {
      takeTheirs()
      show(record(held.current, ruleSet))
      saver.queue({ ruleSet, ...(base !== undefined && { baseVersionId: base }) })
    },
    discard: () => {
      takeTheirs()
      show(record(held.current, saver.drop().ruleSet))
      setSaving({ state: 'idle' })
    },
  }
}
