import type { ProfileFinding, ProfileRule } from '../rule.ts'

const directionOf: Partial<Record<string, 'up' | 'down'>> = { '≥': 'up', '>': 'up', '≤': 'down', '<': 'down' }

/** The comparator agrees with the direction (pile : vehicle and vehicle : pile point opposite ways), and has a number to compare with. */
export const targetDirection: ProfileRule = (profile) =>
  profile.indicators.flatMap(({ code, comparator, direction, target }, index): ProfileFinding[] => {
    const expected = directionOf[comparator]
    if (expected && target === null) return [{ code: 'target-missing', path: ['indicators', index, 'target'], details: { code, comparator } }]
    return expected && direction !== expected ? [{ code: 'direction-contradicts', path: ['indicators', index, 'direction'], details: { code, comparator, direction } }] : []
  })
