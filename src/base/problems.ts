/**
 * A problem: something a person outside can act on. Never thrown past the border it belongs to, never a log line.
 * Findings (verdicts about data) live with their rules; errors (ours) are plain `Error`s.
 */
export interface Problem {
  /** stable kebab-case English code; its page is docs/generated/problems.md */
  readonly code: string
  /** what is wrong, one Chinese sentence */
  readonly message: string
  /** why it is wrong, Chinese */
  readonly cause: string
  /** what to do, Chinese, an imperative */
  readonly action: string
  /** machine-readable particulars: sheet, row, column, file, line, pointer, value … */
  readonly details: Readonly<Record<string, unknown>>
}

/** Thrown only to carry problems up to the nearest border (route, command, import), which answers with them. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[]
  /** HTTP status for the border that speaks HTTP. */
  readonly status: number

  constructor(problems: Problem | readonly Problem[], status = 400) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem]
    super(list.map((each) => `${each.code}: ${each.message}`).join('; '))
    this.name = 'ProblemError'
    this.problems = list
    this.status = status
  }
}

/** Sentences of one kind of problem; `{name}` is filled from the details. */
export interface ProblemKind {
  readonly message: string
  readonly cause: string
  readonly action: string
}

/** Every declared kind by code, collected so that the problem page can be generated and compared in a test. */
export const problemKinds = new Map<string, ProblemKind & { room: string }>()

/**
 * Declares the problem kinds of a room and returns its maker.
 * @example const problem = declareProblems('registers', { 'plate-invalid': { message: '车牌号“{value}”不合规则', cause: '…', action: '…' } })
 *          problem('plate-invalid', { value, row: 7 })
 */
export function declareProblems<Kinds extends Record<string, ProblemKind>>(room: string, kinds: Kinds) {
  for (const [code, kind] of Object.entries(kinds)) {
    const known = problemKinds.get(code)
    if (known && known.room !== room) throw new Error(`problem code ${code} is declared by ${known.room} and ${room}`)
    problemKinds.set(code, { ...kind, room })
  }
  return (code: keyof Kinds & string, details: Readonly<Record<string, unknown>> = {}): Problem => {
    const kind = kinds[code]!
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '—'))
    return { code, message: fill(kind.message), cause: fill(kind.cause), action: fill(kind.action), details }
  }
}

/** One line for stderr: `code: message (cause; action)`. */
export const problemLine = (problem: Problem): string => {
  const { file, line } = problem.details
  const place = file ? `${String(file)}${line ? `:${String(line)}` : ''}: ` : ''
  return `${problem.code}: ${place}${problem.message} (${problem.cause}; ${problem.action})`
}
