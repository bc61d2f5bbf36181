import { mayReadPlan, type Actor } from '../accounts/index.ts'
import { dayOf } from '../base/time.ts'
import { findVersion, type BulletinVersion, type FigureRun, type OfficialDocument, type Run } from '../programme/index.ts'
import type { BulletinSource } from '../reports/index.ts'
import type { Core } from './core.ts'

/** What documents need of the platform. */
export type DocumentCore = Pick<Core, 'cities' | 'database' | 'settings'>

const runsOf = (document: OfficialDocument): Run[] =>
  document.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat(2) : [...block.runs]))

/** A bulletin ready to be set in type: each figure's name and as-of for the 依据 list, and its address in the web. */
export function bulletinSource({ cities }: Pick<Core, 'cities'>, bulletin: BulletinVersion, baseUrl: string): BulletinSource {
  const profile = cities.get(bulletin.cityCode)
  const names = new Map(profile.indicators.map((each) => [each.code, each.name]))
  const codes = new Map(runsOf(bulletin.document).flatMap((run): [string, string][] => ('figure' in run ? [[(run as FigureRun).figure.valueId, (run as FigureRun).figure.indicatorCode]] : [])))
  // A period that is over counts up to its last day: the instant that ends it belongs to the next one.
  const asOf = dayOf(bulletin.asOf - 1)
  return {
    document: bulletin.document,
    fileName: `${profile.shortName}${bulletin.period}通报-v${bulletin.version}`,
    documentUrl: `${baseUrl}/desk/bulletins/${bulletin.bulletinId}`,
    describeFigure: (valueId) => {
      const code = codes.get(valueId)
      const name = code === undefined ? undefined : names.get(code)
      return { asOf, ...(name !== undefined && { name }) }
    },
  }
}

/** The bulletin a person may read, or undefined: their city's, or one of a district below it. */
export async function findReadable({ cities, database: { db } }: DocumentCore, actor: Actor, { id, city, version }: { id: string; city?: string | undefined; version?: number | undefined }): Promise<BulletinVersion | undefined> {
  const { districtCode, cityCode } = actor.scope
  const own = (districtCode === null ? undefined : cities.find(districtCode)) ?? cities.find(cityCode)
  const profile = city === undefined ? own : cities.find(city)
  if (!profile || !mayReadPlan(actor, profile)) return undefined
  return findVersion(db, { cityCode: profile.code, bulletinId: id as BulletinVersion['bulletinId'], version: version ?? null })
}
