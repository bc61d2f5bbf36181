/** How often each fault came, for `/metrics`: a gateway counts every one, also those it no longer stores. */
export class FaultCounts {
  readonly #counts = new Map<string, number>()
  readonly #onFault: (code: string) => void

  constructor(onFault: (code: string) => void = () => undefined) {
    this.#onFault = onFault
  }

  count(code: string): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1)
    this.#onFault(code)
  }

  get(code: string): number {
    return this.#counts.get(code) ?? 0
  }

  get total(): number {
    let sum = 0
    for (const count of this.#counts.values()) sum += count
    return sum
  }

  list(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts)
  }
}
