import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { Plan } from '../../api/programme.ts'
import { useSession } from '../session.tsx'

/** The city's own plan: words, yearly values, definitions, quotes. */
export function usePlan(): UseQueryResult<Plan> {
  const { scope } = useSession()
  return useQuery({ queryKey: ['plan', scope.cityCode], queryFn: () => api.get<Plan>(`/profiles/${scope.cityCode}`), staleTime: Infinity })
}

/** Years of the plan's yearly values, in order. */
export const planYears = (plan: Plan | undefined): number[] => [...new Set(plan?.indicators.flatMap((each) => each.yearly?.values.map(({ year }) => year) ?? []) ?? [])].sort((a, b) => a - b)
