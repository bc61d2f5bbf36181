import type { AnyRegister, CheckContext, FieldProblem } from './define.ts'
import { registerProblem as problem } from './problems.ts'
import { readValue } from './values.ts'

export interface Checked {
  /** stored form: only known fields with a value, in the register's order */
  readonly data: Record<string, unknown>
  readonly problems: readonly FieldProblem[]
}

export const hasError = (problems: readonly FieldProblem[]): boolean => problems.some((each) => each.severity === 'error')

/** Applies the register's and then the city's view of how grave each problem is. */
function weigh(register: AnyRegister, data: Record<string, unknown>, context: CheckContext, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.flatMap((each) => {
    const severity = context.severities?.[each.problem.code] ?? register.severityOf?.(each.problem.code, data) ?? each.severity
    return severity === 'off' ? [] : [{ ...each, severity }]
  })
}

/** Checks a row in API form, field by field and then as a whole. Unknown fields are problems, never dropped silently. */
export function checkData(register: AnyRegister, raw: Readonly<Record<string, unknown>>, context: CheckContext): Checked {
  const data: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const name of Object.keys(raw)) if (!Object.hasOwn(register.fields, name)) problems.push({ field: name, severity: 'error', problem: problem('field-unknown', { field: name, register: register.title }) })
  for (const code of register.codes) {
    const field = register.fields[code]!
    const read = readValue(field, raw[code], context)
    if (read.value !== undefined) data[code] = read.value
    if (read.problem) problems.push({ field: code, severity: 'error', problem: read.problem })
    else if (field.required && read.value === undefined) problems.push({ field: code, severity: 'error', problem: problem('field-required', { title: field.title }) })
  }
  const rules = register.rules as ((data: Record<string, unknown>, context: CheckContext) => readonly FieldProblem[]) | undefined
  if (rules) problems.push(...rules(data, context))
  return { data, problems: weigh(register, data, context, problems) }
}

/** Fields in which two stored rows differ; absent and empty are the same. */
export function differences(register: AnyRegister, before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return register.codes.filter((code) => !sameValue(before[code], after[code]))
}

/** Same stored value. Points are the same when they were declared the same: the shift to WGS-84 follows from that. */
function sameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return false
  if (Array.isArray(before)) return Array.isArray(after) && before.length === after.length && before.every((each, at) => each === after[at])
  const [a, b] = [before, after] as [Record<string, unknown>, Record<string, unknown>]
  return a['system'] === b['system'] && a['declaredLon'] === b['declaredLon'] && a['declaredLat'] === b['declaredLat']
}
