import type { Pace } from '../shared/pace.tsx'

/** Answers of the programme room: targets, tasks, bulletins; and the parts of a city's plan that pages show. */

export interface NamedUnit {
  readonly code: string
  readonly name: string
}

export interface AskedQuestion {
  readonly id: string
  readonly question: string
  readonly askUnit: string | null
  readonly clause: string
}

export interface Baseline {
  readonly quantity: string
  readonly value: number | null
  readonly unit: string
  readonly asOf: string | null
  readonly source: string | null
  readonly madeUp?: boolean
  readonly openQuestion: string | null
}

export interface TargetRow {
  readonly code: string
  readonly name: string
  readonly group: string
  readonly comparator: string
  readonly target: number | null
  readonly targetText: string
  readonly unit: string
  readonly actual: number | null
  readonly actualText: string | null
  readonly met: boolean | null
  readonly expectedText: string | null
  readonly pace: Pace
  readonly reason: string
  readonly baseline: Baseline | null
  readonly valueId: string | null
  readonly rowsCounted: number | null
  readonly rowsExcluded: number | null
  readonly asOf: string | null
  readonly leadUnits: readonly NamedUnit[]
  readonly openQuestions: readonly AskedQuestion[]
  readonly clause: string
}

export interface Standing<Row> {
  readonly cityCode: string
  readonly period: string
  readonly asOf: string
  readonly items: readonly Row[]
}

export type TaskState = 'done' | 'due' | 'upcoming' | 'past' | 'ongoing' | 'undated'

export interface TaskRow {
  readonly id: string
  readonly numbers: readonly { readonly numbering: string; readonly number: string; readonly clause: string }[]
  readonly title: string
  readonly text: string
  readonly group: { readonly number: string | null; readonly title: string }
  readonly lead: readonly NamedUnit[]
  readonly joint: readonly NamedUnit[]
  readonly assignment: 'lead-and-joint' | 'by-duty'
  readonly deadline: { readonly kind: string; readonly text: string }
  readonly nextOccurrence: { readonly label: string; readonly opens: string | null; readonly dueBefore: string } | null
  readonly state: TaskState
  readonly targets: readonly { readonly code: string; readonly name: string; readonly targetText: string; readonly actualText: string | null; readonly pace: Pace; readonly valueId: string | null }[]
  readonly openQuestions: readonly AskedQuestion[]
  readonly note: string | null
}

/** The parts of GET /profiles/{code} that pages show. */
export interface PlanIndicator {
  readonly code: string
  readonly name: string
  readonly unit: string
  readonly targetText: string
  readonly definition: { readonly status: 'stated' | 'implied' | 'open'; readonly text: string; readonly formula: string | null }
  readonly yearly: { readonly kind: string; readonly values: readonly { readonly year: number; readonly value: number | null; readonly text: string }[]; readonly merged?: boolean; readonly clause: string } | null
  readonly quotes: readonly { readonly clause: string; readonly text: string }[]
  readonly scope: { readonly area: string; readonly text: string }
}

export interface Plan {
  readonly code: string
  readonly name: string
  readonly madeUp: boolean
  readonly words: Readonly<Record<string, string>>
  readonly numberings: readonly { readonly key: string; readonly name: string }[]
  readonly document: { readonly title: string; readonly number: string | null; readonly status: string }
  readonly period: { readonly text: string; readonly from: string | null; readonly to: string | null }
  readonly indicators: readonly PlanIndicator[]
  readonly openQuestions: readonly { readonly id: string; readonly question: string; readonly about: readonly string[]; readonly askUnit: string | null; readonly clause: string }[]
  readonly units: readonly NamedUnit[]
}

export interface FigureRun {
  readonly figure: { readonly valueId: string; readonly indicatorCode: string; readonly text: string; readonly unit: string }
}
export type Run = { readonly text: string } | FigureRun

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly id: string; readonly runs: readonly Run[] }
  | { readonly kind: 'paragraph'; readonly id: string; readonly runs: readonly Run[] }
  | { readonly kind: 'table'; readonly id: string; readonly caption: string; readonly columns: readonly { readonly title: string; readonly width: number; readonly align: 'left' | 'center' | 'right' }[]; readonly rows: readonly (readonly (readonly Run[])[])[] }

export interface OfficialDocument {
  readonly issuer: string
  readonly headText: string
  readonly documentNumber: string
  readonly signer: string | null
  readonly title: string
  readonly recipients: readonly string[]
  readonly blocks: readonly Block[]
  readonly attachments: readonly string[]
  readonly signature: string
  readonly date: string
  readonly copyTo: readonly string[]
  readonly printedBy: string
  readonly printedOn: string
  readonly draftMark: string | null
}

export interface BulletinEntry {
  readonly id: string
  readonly cityCode: string
  readonly period: string
  readonly version: number
  readonly status: 'draft' | 'published'
  readonly asOf: string
  readonly recordedAt: string
  readonly authorName: string
  readonly reason: string | null
  readonly title: string
  readonly documentNumber: string
}

export interface Bulletin extends Omit<BulletinEntry, 'title' | 'documentNumber'> {
  readonly document: OfficialDocument
}
