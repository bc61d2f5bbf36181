import { useEffect, useRef, useState } from 'react'
import { api, ApiProblem, type ProblemDetail } from '../../api/client.ts'
import type { Bulletin, Run } from '../../api/programme.ts'
import { savingAfter, type Saving } from '../../shared/states.tsx'

/** What is waiting to be saved: lines of the document and new runs by block. */
export interface Edit {
  readonly lines: Readonly<Record<string, unknown>>
  readonly blocks: Readonly<Record<string, readonly Run[]>>
}

const nothing: Edit = { lines: {}, blocks: {} }
const isEmpty = ({ lines, blocks }: Edit) => Object.keys(lines).length + Object.keys(blocks).length === 0
const merged = (before: Edit, later: Edit): Edit => ({ lines: { ...before.lines, ...later.lines }, blocks: { ...before.blocks, ...later.blocks } })

/** Saves two seconds after the last key, one write at a time, each naming the version the one before made. */
export function useAutosave(bulletin: Bulletin, etag: string | null, onSaved: (saved: Bulletin, etag: string | null) => void) {
  const [saving, setSaving] = useState<Saving>({ state: 'idle' })
  const [problems, setProblems] = useState<readonly ProblemDetail[]>([])
  const waiting = useRef<Edit>(nothing)
  const version = useRef(etag)
  const reason = useRef<string | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const running = useRef<Promise<void>>(Promise.resolve())

  const save = async () => {
    const edit = waiting.current
    if (isEmpty(edit)) return
    waiting.current = nothing
    setSaving({ state: 'saving' })
    try {
      const body = { ...edit.lines, ...(Object.keys(edit.blocks).length > 0 ? { blocks: Object.entries(edit.blocks).map(([id, runs]) => ({ id, runs })) } : {}), ...(reason.current ? { reason: reason.current } : {}) }
      const { body: saved, etag: next } = await api.patch<Bulletin>(`/bulletins/${bulletin.id}`, body, version.current)
      version.current = next
      reason.current = undefined
      setProblems([])
      setSaving({ state: isEmpty(waiting.current) ? 'saved' : 'unsaved' })
      onSaved(saved, next)
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'edit-empty') return setSaving({ state: 'saved' })
      // what was refused stays waiting, so that the next try carries it too
      waiting.current = merged(edit, waiting.current)
      setProblems(error instanceof ApiProblem ? error.errors : [])
      setSaving(savingAfter(error))
      if (error instanceof ApiProblem && error.status === 0) timer.current = setTimeout(flush, 5000)
    }
  }
  const flush = () => {
    clearTimeout(timer.current)
    running.current = running.current.then(save)
    return running.current
  }
  const change = (edit: Partial<Edit>) => {
    waiting.current = merged(waiting.current, { ...nothing, ...edit })
    setSaving({ state: 'unsaved' })
    clearTimeout(timer.current)
    timer.current = setTimeout(flush, 2000)
  }
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!isEmpty(waiting.current)) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void flush()
    }
  }, [])
  return { saving, problems, change, flush, version, setReason: (text: string) => { reason.current = text } }
}
