import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { api, type Query, type Read } from '../api/client.ts'

/** What every desk address carries: the instant asked for and the district looked at. */
export interface FrameSearch {
  /** `2025-06-30`: what was known by the end of that day */
  readonly asOf?: string | undefined
  readonly district?: string | undefined
}

export const useFrameSearch = (): FrameSearch => useSearch({ strict: false }) as FrameSearch

/** `?asOf=` of a day: its end in the city's time, which is the first instant of the next. */
export const asOfInstant = (day: string | undefined): string | undefined => (day ? `${new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)}T00:00:00+08:00` : undefined)

interface ReadOptions {
  /** milliseconds between looks while the page is open */
  readonly every?: number
  readonly enabled?: boolean
  /** false: the endpoint takes no asOf */
  readonly asOf?: boolean
  /** what else the answer depends on; another one is read anew */
  readonly key?: string | number
}

/** GET as the desk reads it: the as-of date of the top bar goes into every read; earlier rows stay while the next page loads. */
export function useRead<Body>(path: string, query: Query = {}, { every, enabled = true, asOf = true, key }: ReadOptions = {}): UseQueryResult<Body> {
  const frame = useFrameSearch()
  const full: Query = asOf ? { asOf: asOfInstant(frame.asOf), ...query } : query
  return useQuery({
    queryKey: key === undefined ? [path, full] : [path, full, key],
    queryFn: ({ signal }) => api.get<Body>(path, full, signal),
    placeholderData: keepPreviousData,
    enabled,
    ...(every ? { refetchInterval: every } : {}),
  })
}

/** The same with the version that a change must name. */
export function useReadWithVersion<Body>(path: string, query: Query = {}, { enabled = true }: ReadOptions = {}): UseQueryResult<Read<Body>> {
  const frame = useFrameSearch()
  const full: Query = { asOf: asOfInstant(frame.asOf), ...query }
  return useQuery({ queryKey: [path, full, 'version'], queryFn: ({ signal }) => api.getWithVersion<Body>(path, full, signal), enabled })
}
