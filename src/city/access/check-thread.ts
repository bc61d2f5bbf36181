import { parentPort, workerData } from 'node:worker_threads'
import type { LargeCheck } from './check-aside.ts'
import { knowPlaces } from './engine/check-coordinates.ts'
import { checkRuleSet } from './engine/check-rule-set.ts'
import { readKnownLines } from './rule-files.ts'

// The body of a worker thread: one check, then it ends.
const { value, worldDirectory, context } = workerData as LargeCheck
parentPort?.postMessage(checkRuleSet(value, { ...context, known: worldDirectory === null ? null : knowPlaces(readKnownLines(worldDirectory)) }))
