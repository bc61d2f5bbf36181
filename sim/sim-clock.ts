import { dayMs } from '../src/base/time.ts'

/**
 * The time the made-up city lives in. At speed 1 it is the real one. Faster, it begins a day behind and runs until it has
 * caught up: a device never reports from the future.
 */
export function simClock({ realClock, speed, startedAt }: { realClock: () => number; speed: number; startedAt: number }): () => number {
  if (speed <= 1) return realClock
  const behind = startedAt - dayMs
  return () => Math.min(realClock(), behind + (realClock() - startedAt) * speed)
}
