import type { IndicatorValue } from '../indicators/index.ts'

/**
 * What the programme needs of a recorded indicator value. A value of null means it could not be computed; why stands in the open
 * questions. Comparator and target come from the plan, not from the measurement.
 */
export type MeasuredValue = Readonly<Omit<IndicatorValue, 'comparator' | 'target' | 'openQuestions'>> & { readonly openQuestions: readonly string[] }
