import type { Random } from '../random.ts'

/** A stretch of the first parent, the rest in the order of the second (order crossover OX: Oliver, Smith & Holland 1987; Prins 2004). */
export function orderCrossover(first: Int32Array, second: Int32Array, random: Random): Int32Array {
  const { length } = first
  const child = new Int32Array(length)
  const taken = new Uint8Array(length)
  const from = random.below(length)
  let to = random.below(length)
  while (to === from) to = random.below(length)
  let at = from
  for (; ; at = (at + 1) % length) {
    child[at] = first[at]!
    taken[first[at]!] = 1
    if (at === to) break
  }
  let place = (to + 1) % length
  for (let step = 1; step <= length; step++) {
    const task = second[(to + step) % length]!
    if (taken[task] === 1) continue
    child[place] = task
    place = (place + 1) % length
  }
  return child
}
