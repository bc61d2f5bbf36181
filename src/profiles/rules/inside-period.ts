import type { ProfileFinding, ProfileRule } from '../rule.ts'
import { dayAfter, firstDay } from '../stated-date.ts'

/** Yearly values and dated deadlines lie inside the creation period, as far as the document states one. */
export const insidePeriod: ProfileRule = (profile) => {
  const { from, to } = profile.period
  const first = from ? Number(from.slice(0, 4)) : -Infinity
  const last = to ? Number(to.slice(0, 4)) : Infinity
  const years: ProfileFinding[] = profile.indicators.flatMap(({ code, yearly }, index) =>
    (yearly?.values ?? []).flatMap(({ year }, at) =>
      year >= first && year <= last ? [] : [{ code: 'year-outside-period' as const, path: ['indicators', index, 'yearly', 'values', at], details: { code, year, from: from ?? '（未写明）', to: to ?? '（未写明）' } }],
    ),
  )
  const deadlines: ProfileFinding[] = profile.tasks.flatMap(({ title, deadline }, index) =>
    deadline.kind === 'date' && to && firstDay(deadline.by) >= dayAfter(to) ? [{ code: 'deadline-outside-period' as const, path: ['tasks', index, 'deadline'], details: { title, by: deadline.by, to } }] : [],
  )
  return [...years, ...deadlines]
}
