/** What a document needs to know that is not written in it. */
export interface RenderOptions {
  /** public address of the web, e.g. `https://lp.example.gov.cn`; figures link to `${baseUrl}/facts/${valueId}` */
  readonly baseUrl: string
  /** address of this document in the web; with more than 24 figures the printed QR codes lead to its sections */
  readonly documentUrl?: string
  /** name and as-of day of a figure for the 依据 list; what is unknown is left out */
  readonly describeFigure?: (valueId: string) => FigureParticulars | undefined
}

export interface FigureParticulars {
  /** indicator name as the city calls it */
  readonly name?: string
  /** `2025-06-30` or as the city writes it */
  readonly asOf?: string
}
