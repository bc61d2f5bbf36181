import type { CanonicalIndicatorId, ProfileIndicator } from '../profiles/index.ts'

/** A number as documents and tables print it, and what follows it. */
export interface FigureWording {
  readonly text: string
  readonly unit: string
}

/** At most two decimals, none that say nothing: 52.40 → 52.4. */
export const plainNumber = (value: number): string => String(Number(value.toFixed(2)))

const inForce = (done: string, missing: string) => (value: number): FigureWording => ({ text: value >= 1 ? done : missing, unit: '' })

/** Indicators whose value is not read as a bare number: ratios keep the order of their two sides. */
const special: Partial<Record<CanonicalIndicatorId, (value: number) => FigureWording>> = {
  'charging.vehicles-per-pile': (value) => ({ text: `${plainNumber(value)}∶1`, unit: '' }),
  'charging.piles-per-vehicle': (value) => ({ text: value > 0 ? `1∶${plainNumber(1 / value)}` : '0∶1', unit: '' }),
  'nodes.network-formula': inForce('建成', '未建成'),
}

/** How a value of an indicator is printed: `82`+`个`, `3.6∶1`, `已出台`. */
export function figureWording(indicator: Pick<ProfileIndicator, 'canonical' | 'comparator' | 'unit'>, value: number): FigureWording {
  const wording = special[indicator.canonical]
  if (wording) return wording(value)
  if (indicator.comparator === 'document') return inForce('已出台', '未出台')(value)
  return { text: plainNumber(value), unit: indicator.unit }
}

/** The same in one string, for tables and sentences without links. */
export const figureText = (indicator: Pick<ProfileIndicator, 'canonical' | 'comparator' | 'unit'>, value: number): string => {
  const { text, unit } = figureWording(indicator, value)
  return `${text}${unit}`
}
