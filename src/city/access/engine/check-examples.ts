import { parseInstant } from '../../../base/time.ts'
import { answer } from './answers.ts'
import { accessProblem, type CheckFinding } from './check-finding.ts'
import { zonesAt, zonesNamed, type CompiledRules } from './compile.ts'
import { effectNames, type RuleExample, type RuleSet } from './rule-set.ts'

/** Runs every example of a rule set through the engine; a failed one says what was expected and what came out. */
export function checkExamples(ruleSet: RuleSet, compiled: CompiledRules): CheckFinding[] {
  return ruleSet.rules.flatMap((rule, at) => rule.examples.flatMap((example, index): CheckFinding[] => {
    const found = runExample(example, ruleSet, compiled)
    if (!found || found.holds) return []
    const { allowed, effect, rule: wanted } = example.expect
    const expected = [allowed ? '允许' : '不允许', ...(effect ? [effectNames[effect]] : []), ...(wanted === undefined ? [] : [wanted === null ? '没有规则适用' : nameOfRule(wanted, ruleSet)])].join('、')
    return [{ severity: 'error', path: ['rules', at, 'examples', index], problem: accessProblem('access-example-failed', { rule: rule.title, example: example.title, expected, found: found.words }) }]
  }))
}

const nameOfRule = (code: string, { rules }: RuleSet): string => `由“${rules.find((each) => each.code === code)?.title ?? code}”决定`

function runExample(example: RuleExample, ruleSet: RuleSet, compiled: CompiledRules): { holds: boolean; words: string } | undefined {
  const facts = ruleSet.vehicleClasses.find((each) => each.code === example.vehicle)?.facts
  const zones = example.point ? zonesAt(compiled, example.point.lon, example.point.lat) : example.zone ? zonesNamed(compiled, example.zone) : undefined
  if (!facts || !zones) return undefined
  const { allowed, effect, decidedBy } = answer(compiled, compiled.vehicle(facts), zones, parseInstant(example.at)!)
  const { expect } = example
  const holds = allowed === expect.allowed && (expect.effect === undefined || effect === expect.effect) && (expect.rule === undefined || (decidedBy?.rule ?? null) === expect.rule)
  return { holds, words: `${allowed ? '允许' : '不允许'}、${effectNames[effect]}、${decidedBy ? nameOfRule(decidedBy.rule, ruleSet) : '没有规则适用'}` }
}
