import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { readCity, type City } from '../api/city.ts'
import { useSession } from './session.tsx'

/** The person's city: name, districts, units, words. */
export function usePlace(): UseQueryResult<City> {
  const { scope } = useSession()
  return useQuery({ queryKey: ['city', scope.cityCode], queryFn: readCity, staleTime: Infinity })
}
