/** An import of a workbook into a register, step by step. */

export type ImportState = 'uploaded' | 'mapped' | 'checking' | 'checked' | 'applying' | 'applied' | 'reverted' | 'failed'

interface Problem {
  readonly code: string
  readonly message: string
  readonly cause: string
  readonly action: string
}

export interface ProposedColumn {
  readonly letter: string
  readonly heading: string
  readonly key: string | null
  readonly likeness: 'code' | 'title' | 'alias' | 'similar' | 'none'
  readonly samples: readonly string[]
}

export interface SheetChoice {
  readonly name: string
  readonly isHidden: boolean
  readonly proposal: {
    readonly mapping: Mapping
    readonly columns: readonly ProposedColumn[]
    readonly missing: readonly { readonly key: string; readonly title: string; readonly required: boolean }[]
  } | null
  readonly problem: Problem | null
}

export interface Mapping {
  readonly headerRow: number
  readonly columns: Readonly<Record<string, string | null>>
}

export interface RowChange {
  readonly row: number
  readonly naturalKey: string
  readonly outcome: 'created' | 'changed'
  readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
}

export interface ImportCounts {
  readonly rows: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly bad: number
  readonly warned: number
  readonly reverted?: { readonly removed: number; readonly restored: number; readonly kept: number }
}

export interface ImportRecord {
  readonly id: string
  readonly register: string
  readonly state: ImportState
  readonly fileName: string
  readonly sheets: readonly SheetChoice[]
  readonly sheet: string | null
  readonly mapping: Mapping | null
  readonly mode: 'all' | 'good' | null
  readonly rowsDone: number
  readonly rowsTotal: number | null
  readonly counts: ImportCounts | null
  readonly sample: readonly RowChange[] | null
  readonly failure: Problem | null
  readonly author: string
  readonly uploadedAt: string
  readonly appliedAt: string | null
}

export interface RowProblem {
  readonly sequence: number
  readonly row: number
  readonly column: string | null
  readonly field: string
  readonly severity: 'error' | 'warning'
  readonly value: string | null
  readonly problem: Problem
}
