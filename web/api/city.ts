import { api } from './client.ts'
import type { DemoAccount } from './session.ts'

/** The city one looks at; GET /city. */
export interface City {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly level: 'city' | 'district'
  readonly madeUp: boolean
  readonly districts: readonly { readonly code: string; readonly name: string }[]
  readonly units: readonly { readonly code: string; readonly name: string; readonly shortName: string; readonly kind: string }[]
  /** the city's own words: lead 牵头单位, joint 责任单位, period 创建期 … */
  readonly words: Readonly<Record<string, string>>
  readonly document: { readonly title: string; readonly number: string | null; readonly status: string }
  readonly period: { readonly text: string; readonly from: string | null; readonly to: string | null }
}

export const readCity = (): Promise<City> => api.get('/city')
export const readDemoAccounts = async (): Promise<readonly DemoAccount[]> => (await api.get<{ items: readonly DemoAccount[] }>('/demo-accounts')).items
