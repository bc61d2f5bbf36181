import type { ProfileRule } from '../rule.ts'

/** A district names its city, a city has nothing above it. */
export const twoLevels: ProfileRule = ({ level, parent }) => {
  if (level === 'district' && !parent) return [{ code: 'parent-missing', path: ['parent'], details: {} }]
  return level === 'city' && parent ? [{ code: 'parent-unexpected', path: ['parent'], details: {} }] : []
}
