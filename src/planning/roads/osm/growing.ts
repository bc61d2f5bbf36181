/** A typed array that grows by doubling: columns of unknown length without an object a row. */
export class Growing {
  #values: Float64Array<ArrayBuffer>
  length = 0

  constructor(capacity = 1024) {
    this.#values = new Float64Array(capacity)
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Float64Array(this.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[this.length++] = value
  }

  at(index: number): number {
    return this.#values[index]!
  }

  /** The values so far, not a copy. */
  view(): Float64Array<ArrayBuffer> {
    return this.#values.subarray(0, this.length)
  }
}

/** Numbers things that are equal by their text the same; the things in order of first sight. */
export class Interned<Thing> {
  readonly things: Thing[] = []
  readonly #known = new Map<string, number>()
  readonly #keyOf: (thing: Thing) => string

  constructor(keyOf: (thing: Thing) => string) {
    this.#keyOf = keyOf
  }

  indexOf(thing: Thing): number {
    const key = this.#keyOf(thing)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.things.length)
    return this.things.push(thing) - 1
  }
}
