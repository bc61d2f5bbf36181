import type { Draft, RuleSet } from '../../../api/access.ts'
import { api, ApiProblem } from '../../../api/client.ts'
import { nowMs } from '../../../shared/format.ts'
import { savingAfter, type Saving } from '../../../shared/states.tsx'
import { dropCopy, keepCopy } from './local-copy.ts'
import { savedOf, type Conflict, type SavedDraft } from './saved-draft.ts'

const autosaveMs = 1500
const retryMs = 5000

/** What waits to be written; `baseVersionId` when the draft is put on another version, `title` when it is renamed. */
interface Waiting {
  readonly ruleSet: RuleSet
  readonly baseVersionId?: string | null
  readonly title?: string
}

interface SaverListener {
  onSaving(saving: Saving): void
  onSaved(saved: SavedDraft): void
  onConflict(conflict: Conflict): void
}

/** Writes a draft: one write at a time, each naming the revision before; when somebody saved meanwhile it holds until that is settled. */
export class DraftSaver {
  readonly #draftId: string
  readonly #listener: SaverListener
  #server: SavedDraft
  #waiting: Waiting | null = null
  #isHeld = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(draftId: string, server: SavedDraft, listener: SaverListener) {
    this.#draftId = draftId
    this.#server = server
    this.#listener = listener
  }

  get isWaiting(): boolean {
    return this.#waiting !== null
  }

  /** Nothing is written until the conflict is settled. */
  hold(): void {
    this.#isHeld = true
  }

  /** Takes a state of the draft to be saved: kept by the browser at once, written a moment later. */
  queue(next: Waiting): void {
    this.#waiting = { ...this.#waiting, ...next }
    void keepCopy({ draftId: this.#draftId, revision: this.#server.revision, base: this.#server.ruleSet, ruleSet: next.ruleSet, keptAt: nowMs() })
    if (!this.#isHeld) this.#listener.onSaving({ state: 'unsaved' })
    this.#later(autosaveMs)
  }

  /** Writes what waits now; resolves when it has been tried. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#running = this.#running.then(() => this.#write())
    return this.#running
  }

  /** Goes on from what the server holds now. */
  continueFrom(server: SavedDraft): void {
    this.#server = server
    this.#isHeld = false
  }

  /** Gives up what waits, and the browser's copy. */
  drop(): SavedDraft {
    clearTimeout(this.#timer)
    this.#waiting = null
    void dropCopy(this.#draftId)
    return this.#server
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), milliseconds)
  }

  async #write(): Promise<void> {
    const sent = this.#waiting
    if (!sent || this.#isHeld) return
    this.#waiting = null
    this.#listener.onSaving({ state: 'saving' })
    try {
      const { ruleSet: document, ...rest } = sent
      this.#server = savedOf(await api.put<Draft>(`/access/drafts/${this.#draftId}`, { document, ...rest }, `"${this.#server.revision}"`))
      this.#listener.onSaved(this.#server)
      this.#listener.onSaving({ state: this.isWaiting ? 'unsaved' : 'saved' })
      if (!this.isWaiting) void dropCopy(this.#draftId)
    } catch (error) {
      await this.#refused(error, sent)
    }
  }

  /** What was refused goes on waiting, under what was typed since. */
  async #refused(error: unknown, sent: Waiting): Promise<void> {
    this.#waiting = { ...sent, ...this.#waiting }
    this.#listener.onSaving(savingAfter(error))
    if (!(error instanceof ApiProblem)) return
    if (error.status === 0 || error.status === 401 || error.status >= 500) this.#later(retryMs)
    if (error.status !== 412) return
    this.hold()
    const theirs = await api.get<Draft>(`/access/drafts/${this.#draftId}`).catch(() => undefined)
    if (theirs) this.#listener.onConflict({ base: this.#server.ruleSet, theirs: savedOf(theirs) })
    else {
      this.#isHeld = false
      this.#later(retryMs)
    }
  }
}
