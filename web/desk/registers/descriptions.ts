import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import { useMay, useSession } from '../session.tsx'

/** What every register looks like; read once a session. */
export function useRegisters(): UseQueryResult<{ readonly items: readonly RegisterDescription[] }> {
  const may = useMay()
  const { personId } = useSession()
  return useQuery({ queryKey: ['registers', personId], queryFn: () => api.get<{ readonly items: readonly RegisterDescription[] }>('/registers'), staleTime: Infinity, enabled: may('registers:read') })
}

/** One register by the plural of its address; undefined while loading or when there is none. */
export const useRegister = (plural: string): RegisterDescription | undefined => useRegisters().data?.items.find((each) => each.plural === plural)

/** Path of the register a reference points to. */
export const usePluralOf = (): ((code: string) => string | undefined) => {
  const registers = useRegisters().data?.items
  return (code) => registers?.find((each) => each.code === code)?.plural
}
