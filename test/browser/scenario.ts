import { expect } from 'vitest'
import { visit, type VisitOptions, type WatchedPage } from './chromium.ts'
import type { Given } from './given.ts'

/** A sentence, and the clicks that prove it. */
export type Scenario = readonly [sentence: string, run: (given: Given) => Promise<void>]

/** Opens a page, does the work, and requires that the page complained about nothing. */
export async function looking(given: Given, options: VisitOptions, work: (watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await visit(given.browser, given.web, options)
  try {
    await work(watched)
    expect(watched.complaints, 'errors in the console').toEqual([])
  } finally {
    await watched.context.close()
  }
}
