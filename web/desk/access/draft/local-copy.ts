import type { RuleSet } from '../../../api/access.ts'

/** Work that has not reached the server, kept by the browser: what it was begun from, and as it stands. */
export interface LocalCopy {
  readonly draftId: string
  readonly revision: number
  readonly base: RuleSet
  readonly ruleSet: RuleSet
  /** epoch ms */
  readonly keptAt: number
}

const storeName = 'drafts'

/** A zone's border may be larger than what localStorage holds, so copies lie in IndexedDB. */
function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('lvpei-access', 1)
    asked.addEventListener('upgradeneeded', () => asked.result.createObjectStore(storeName, { keyPath: 'draftId' }))
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB')))
  })
}

async function run<Result>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await open()
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode)
      const request = act(transaction.objectStore(storeName))
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('error', () => reject(transaction.error ?? new Error('IndexedDB')))
    })
  } finally {
    database.close()
  }
}

/** A browser that refuses storage loses the safety net, not the page. */
const orNothing = <Result>(work: Promise<Result>): Promise<Result | undefined> => work.catch(() => undefined)

export const keepCopy = (copy: LocalCopy): Promise<unknown> => orNothing(run('readwrite', (store) => store.put(copy)))
export const findCopy = (draftId: string): Promise<LocalCopy | undefined> => orNothing(run<LocalCopy | undefined>('readonly', (store) => store.get(draftId)))
export const dropCopy = (draftId: string): Promise<unknown> => orNothing(run('readwrite', (store) => store.delete(draftId)))
export const listCopies = async (): Promise<readonly string[]> => ((await orNothing(run('readonly', (store) => store.getAllKeys()))) ?? []).map(String)
