/**
 * What the programme needs of a recorded indicator value: the shape `indicators/` records. A value of null means it could not be
 * computed; why stands in the open questions.
 */
export interface MeasuredValue {
  /** id of the recorded value; figures of documents are bound to it */
  readonly id: string
  /** division code of the city or district */
  readonly city: string
  /** indicator code of the city's profile, e.g. `L-03` */
  readonly code: string
  readonly definition: string
  readonly definitionVersion: string
  readonly period: string
  /** RFC 3339: everything known by then */
  readonly asOf: string
  readonly value: number | null
  readonly unit: string
  readonly numerator: number | null
  readonly denominator: number | null
  readonly rowsCounted: number
  readonly rowsExcluded: number
  readonly met: boolean | null
  readonly openQuestions: readonly string[]
}
