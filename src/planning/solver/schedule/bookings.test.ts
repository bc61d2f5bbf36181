import { describe, expect, it } from 'vitest'
import { Bookings } from './bookings.ts'

describe('bookings', () => {
  const bookings = new Bookings([{ count: 1, slotSeconds: 100 }, { count: 2, slotSeconds: 60 }])
  bookings.add([{ shared: 0, slot: 1 }, { shared: 0, slot: 2 }])

  it('a stay begins when no slot of it is full, and may move on until the next full one', () => {
    expect(bookings.earliest(0, 20, 50)).toBe(20)
    expect(bookings.earliest(0, 70, 50)).toBe(300)
    expect(bookings.freeUntil(0, 20)).toBe(100)
    expect(bookings.freeUntil(0, 300)).toBe(Infinity)
  })

  it('confined to some slots it uses no others, full or not', () => {
    bookings.confine([{ shared: 0, slot: 4 }, { shared: 0, slot: 5 }, { shared: 0, slot: 8 }])
    expect(bookings.earliest(0, 20, 50)).toBe(400)
    expect(bookings.earliest(0, 430, 150)).toBe(430)
    expect(bookings.earliest(0, 460, 150)).toBe(Infinity)
    expect(bookings.earliest(0, 560, 50)).toBe(800)
    expect(bookings.freeUntil(0, 430)).toBe(600)
    // nothing is held there
    expect(bookings.earliest(1, 0, 10)).toBe(Infinity)
    bookings.confine(null)
    expect(bookings.earliest(0, 20, 50)).toBe(20)
    expect(bookings.earliest(1, 0, 10)).toBe(0)
  })
})
