import { parseInstant } from '../../../base/time.ts'
import { localMinuteOf } from './local-time.ts'
import type { VehicleFacts } from './vehicle-match.ts'

interface HeldPass {
  readonly kind: string
  /** local minutes, half-open */
  readonly from: number
  readonly to: number
  readonly zones: readonly string[] | null
}

/** Passes of a vehicle laid out for asking: which kinds are valid in a zone at a minute. */
export interface HeldPasses {
  /** local minutes at which a pass begins or ends, in order */
  readonly bounds: readonly number[]
  /** kinds valid there and then, in order; a pass for named zones does not answer a rule that holds everywhere (`null`) */
  validAt(zone: string | null, localMinute: number): readonly string[]
}

const bound = (text: string | null, open: number): number => (text === null ? open : localMinuteOf(parseInstant(text)!))

export function layOutPasses({ passes }: Pick<VehicleFacts, 'passes'>): HeldPasses {
  const held = passes.map((each): HeldPass => (typeof each === 'string' ? { kind: each, from: -Infinity, to: Infinity, zones: null } : { kind: each.pass, from: bound(each.from, -Infinity), to: bound(each.to, Infinity), zones: each.zones }))
  return {
    bounds: [...new Set(held.flatMap(({ from, to }) => [from, to]))].filter(Number.isFinite).sort((a, b) => a - b),
    validAt: (zone, localMinute) => [...new Set(held.filter((each) => each.from <= localMinute && localMinute < each.to && (each.zones === null || (zone !== null && each.zones.includes(zone)))).map((each) => each.kind))].sort(),
  }
}

/** Every kind of pass a vehicle holds, whenever and wherever valid. */
export const passKinds = ({ passes }: Pick<VehicleFacts, 'passes'>): string[] => passes.map((each) => (typeof each === 'string' ? each : each.pass))
