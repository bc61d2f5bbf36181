import type { ProfileFinding, ProfileRule } from '../rule.ts'

/** What is open is asked: undefined formulas, missing baselines, tasks nobody leads. Invented values stay in invented cities. */
export const openThings: ProfileRule = (profile) => [
  ...profile.indicators.flatMap((indicator, index): ProfileFinding[] => {
    const { code, definition, baseline, openQuestions } = indicator
    const findings: ProfileFinding[] = []
    if (definition.status === 'open' && openQuestions.length === 0) findings.push({ code: 'open-without-question', path: ['indicators', index, 'definition'], details: { code, what: '口径' } })
    if (baseline && baseline.value === null && baseline.openQuestion === null) findings.push({ code: 'open-without-question', path: ['indicators', index, 'baseline'], details: { code, what: '期初值' } })
    if (baseline?.madeUp && !profile.madeUp) findings.push({ code: 'made-up-in-real-city', path: ['indicators', index, 'baseline', 'madeUp'], details: { code } })
    return findings
  }),
  ...profile.tasks.flatMap(({ title, lead, openQuestions }, index): ProfileFinding[] => (lead.length === 0 && openQuestions.length === 0 ? [{ code: 'lead-missing', path: ['tasks', index, 'lead'], details: { title } }] : [])),
]
