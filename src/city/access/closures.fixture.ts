import type { OrderedClosure } from './engine/oracle.fixture.ts'
import type { Closure } from './store.ts'

/** A made-up closure as the database keeps it. */
export const storedAs = ({ code, withdrawnAt, ...closure }: OrderedClosure & { readonly withdrawnAt: number | null }): Closure => ({
  ...closure, vehicles: [...closure.vehicles], exceptions: [...closure.exceptions], closureId: `00000000-0000-7000-8000-${code.slice(-12)}`, title: code, reason: '试验', noticeNumber: '1', authority: '1', authorName: '', recordedAt: closure.startsAt, withdrawnAt,
})
