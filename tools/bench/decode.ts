import { jt808 } from '../../src/gateways/index.ts'

/** One line of `lvpei bench`: always a ratio to something measured in the same run. */
export interface BenchLine {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly against: string
  readonly ratio: number
}

const frameCount = 20_000
const roundMs = 700
const rounds = 5

/** Positions as trucks send them: odometer, fuel, signal, satellites; every frame different. */
const frames: readonly Uint8Array[] = Array.from({ length: frameCount }, (_, index) =>
  jt808.positionFrame({ phone: `0139${String(index).padStart(8, '0')}`, version: index % 2 ? '2019' : '2011/2013' }, index, {
    alarm: 0,
    status: 3,
    latitude: 34_600_000 + index * 7,
    longitude: 119_200_000 + index * 11,
    altitude: index % 100,
    speed: index % 800,
    direction: index % 360,
    time: `2026-03-${String(1 + (index % 28)).padStart(2, '0')}T${String(index % 24).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}:00`,
    extras: { '01': 100_000 + index, '02': 120, '30': 25, '31': 12 },
  }),
)

/** Frames a second of `work` over all frames, in one round of about `roundMs`. */
function rate(work: (frame: Uint8Array) => number): number {
  const start = performance.now()
  let done = 0
  let sum = 0
  let elapsed = 0
  do {
    for (const frame of frames) sum += work(frame)
    done += frames.length
    elapsed = performance.now() - start
  } while (elapsed < roundMs)
  if (Number.isNaN(sum)) throw new Error('the benchmark decoded nothing')
  return (done * 1000) / elapsed
}

const sumBytes = (frame: Uint8Array): number => {
  let sum = 0
  for (let at = 0; at < frame.length; at++) sum += frame[at]!
  return sum
}

const report = jt808.findMessage(0x0200)! as jt808.Message<jt808.PositionBody>

/** What the gateway does with a position before its facts: unescape, checksum, header, body, additional information. */
const decodePosition = (bytes: Uint8Array): number => {
  const frame = jt808.decodeFrame(bytes)
  return jt808.decodeBody(report, frame.body, jt808.editionOf(frame.header)).latitude
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/** `decode.jt808.0200`: positions decoded a second, against summing the same bytes in a plain loop, turn by turn. */
export async function* benchDecode(): AsyncGenerator<BenchLine> {
  rate(decodePosition)
  rate(sumBytes)
  const decoded: number[] = []
  const summed: number[] = []
  for (let round = 0; round < rounds; round++) {
    decoded.push(rate(decodePosition))
    summed.push(rate(sumBytes))
  }
  const value = median(decoded)
  yield { name: 'decode.jt808.0200', value: Math.round(value), unit: 'frames/s', against: 'plain sum of the same bytes, frames/s', ratio: Number((value / median(summed)).toPrecision(3)) }
}
