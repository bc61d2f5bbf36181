/** sfc32 (C. Doty-Humphrey, PractRand): 128 bits of state in an Int32Array, so that a draw allocates nothing and a seed gives the same search on every machine. */
export class Random {
  readonly #s = new Int32Array(4)

  constructor(seed: number, stream = 0) {
    this.#s.set([seed | 0, Math.imul(seed, 0x9e3779b1) ^ 0x243f6a88, Math.imul(stream + 1, 0x85ebca6b), 1])
    for (let warm = 0; warm < 16; warm++) this.bits()
  }

  /** 32 random bits, unsigned. */
  bits(): number {
    const s = this.#s
    const sum = (((s[0]! + s[1]!) | 0) + s[3]!) | 0
    s[3] = (s[3]! + 1) | 0
    s[0] = s[1]! ^ (s[1]! >>> 9)
    s[1] = (s[2]! + (s[2]! << 3)) | 0
    s[2] = (s[2]! << 21) | (s[2]! >>> 11)
    s[2] = (s[2]! + sum) | 0
    return sum >>> 0
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return this.bits() * 2.3283064365386963e-10
  }

  /** Uniform integer in [0, below). */
  below(below: number): number {
    return (this.bits() * 2.3283064365386963e-10 * below) | 0
  }
}
