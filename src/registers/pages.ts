import type { Db } from '../runtime/database.ts'
import { typed, type AnyRegister } from './define.ts'
import type { Entity, ListOptions } from './entity.ts'
import { listEntities } from './store.ts'

/** Every entity of a list, page after page, however many there are. */
export async function* everyPage(db: Db, register: AnyRegister, options: ListOptions): AsyncGenerator<Entity[]> {
  let cursor: string | undefined = options.cursor
  do {
    const page = await listEntities(db, typed(register), { ...options, limit: 1000, ...(cursor ? { cursor } : {}) })
    yield page.entities
    cursor = page.next ?? undefined
  } while (cursor)
}

/** The same pages with the first already read: what is wrong with the question is said before an answer begins to stream. */
export async function begun<Page>(pages: AsyncGenerator<Page>): Promise<AsyncIterable<Page>> {
  const first = await pages.next()
  return (async function* () {
    if (first.done) return
    yield first.value
    yield* pages
  })()
}
