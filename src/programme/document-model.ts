/**
 * An official document as structure: what the programme composes and `reports/` sets in type (GB/T 9704-2012).
 * Text is free; a figure is bound to one indicator value and can only be replaced by measuring again.
 */

/** A stretch of text somebody may edit. */
export interface TextRun {
  readonly text: string
}

/** A number of the programme: its wording may not be edited; `valueId` opens to rows and frames. */
export interface FigureRun {
  readonly figure: {
    /** id of the recorded indicator value, the 依据 link and QR code lead to it */
    readonly valueId: string
    readonly indicatorCode: string
    /** the figure as printed, e.g. `3.6∶1`, `82`, `52.4` */
    readonly text: string
    /** printed after the figure, e.g. `个`, `%`, `` */
    readonly unit: string
  }
}

export type Run = TextRun | FigureRun

/** Levels by GB/T 9704-2012: 1 黑体 `一、`, 2 楷体 `（一）`, 3 and body 仿宋. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly id: string; readonly runs: readonly Run[] }
  | { readonly kind: 'paragraph'; readonly id: string; readonly runs: readonly Run[] }
  | {
      readonly kind: 'table'
      readonly id: string
      readonly caption: string
      /** relative widths, one a column */
      readonly columns: readonly { readonly title: string; readonly width: number; readonly align: 'left' | 'center' | 'right' }[]
      readonly rows: readonly (readonly (readonly Run[])[])[]
    }

export interface OfficialDocument {
  /** e.g. 连云港市城市绿色货运配送示范工程创建工作领导小组办公室 — the red head is this + 文件 unless `headText` is set */
  readonly issuer: string
  readonly headText: string
  /** e.g. `连绿配办〔2025〕3号`; a number not yet given stays visible as a gap before 号 */
  readonly documentNumber: string
  readonly signer: string | null
  readonly title: string
  /** 主送 */
  readonly recipients: readonly string[]
  readonly blocks: readonly Block[]
  /** 附件说明 */
  readonly attachments: readonly string[]
  readonly signature: string
  /** 成文日期 `2025-07-15` */
  readonly date: string
  /** 抄送 */
  readonly copyTo: readonly string[]
  /** 印发机关 and date line */
  readonly printedBy: string
  readonly printedOn: string
  /** 版本 and state shown when it is not final, e.g. `草稿`; null once published */
  readonly draftMark: string | null
}
