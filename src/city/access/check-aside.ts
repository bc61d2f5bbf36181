import { Worker } from 'node:worker_threads'
import type { CheckContext, CheckedRuleSet } from './engine/check-rule-set.ts'

/** A check as a thread is handed it: the city's known places are read there. */
export interface LargeCheck {
  readonly value: unknown
  readonly worldDirectory: string | null
  readonly context: Omit<CheckContext, 'known'>
}

/** Members, numbers included, from which a check takes long enough to be felt by others: some 5,000 positions. */
const largeFrom = 20_000

/** Whether a value has so many members that checking it would hold up other answers; stops counting there. */
export function isLarge(value: unknown): boolean {
  const left: unknown[] = [value]
  for (let count = 0; left.length > 0; count++) {
    const next = left.pop()
    if (count + left.length >= largeFrom) return true
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) left.push(each)
  }
  return false
}

/** Checks large rule sets in a thread beside the web, one at a time: each takes memory and a core. */
export function createCheckAside(): (check: LargeCheck) => Promise<CheckedRuleSet> {
  let last: Promise<unknown> = Promise.resolve()
  const run = (workerData: LargeCheck): Promise<CheckedRuleSet> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./check-thread.ts', import.meta.url), { workerData })
      thread.once('message', resolve)
      thread.once('error', reject)
      thread.once('exit', (code) => reject(new Error(`the check's thread ended with ${code}`)))
    })
  return (check) => {
    const mine = last.then(() => run(check))
    last = mine.catch(() => undefined)
    return mine
  }
}
