import type { Query } from '../../api/client.ts'
import type { RegisterDescription } from '../../api/registers.ts'
import type { FrameSearch } from '../reads.ts'

/** The register page's part of the address: `q`, `order`, `view`, and `f.<field>` for each filter. */
export type RegisterSearch = FrameSearch & Readonly<Record<string, string | undefined>>

const filterPrefix = 'f.'
export const filterKey = (code: string): string => `${filterPrefix}${code}`

/** Filters as the API wants them: exact for choices, `contains` for text. */
export function listQuery(register: RegisterDescription, search: RegisterSearch): Query {
  const filters: Record<string, string> = {}
  for (const field of register.fields) {
    const value = search[filterKey(field.code)]
    if (value) filters[field.type === 'text' ? `${field.code}[contains]` : field.code] = value
  }
  const district = register.fields.find(({ type }) => type === 'district')
  return { ...(district && search.district ? { [district.code]: search.district } : {}), ...filters, q: search['q'], order: search['order'] }
}

export const hasFilters = (register: RegisterDescription, search: RegisterSearch): boolean => Boolean(search['q']) || register.fields.some(({ code }) => search[filterKey(code)])
