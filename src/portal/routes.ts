import { z } from 'zod'
import type { MeasuredValue, TargetRow } from '../programme/index.ts'
import { deriveTargets, shareOfWay } from '../programme/index.ts'
import { formatInstant } from '../base/time.ts'
import { listPublicStopPoints } from '../city/bays/index.ts'
import { listPublicStations } from '../city/charging/index.ts'
import { listPublicNodes, type PublicFeature } from '../city/places/index.ts'
import type { Profile } from '../profiles/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Db } from '../runtime/database.ts'
import { notFound, type Routes } from '../runtime/http.ts'

export interface PublishedDocument {
  readonly id: string
  readonly title: string
  readonly number: string | null
  readonly date: string | null
}

export interface PortalDeps {
  readonly db: Db
  readonly clock: Clock
  readonly profiles: readonly Profile[]
  readonly defaultCity: string
  /** newest recorded values of a city */
  readonly findValues: (question: { cityCode: string; period: string; asOf: number }) => Promise<readonly MeasuredValue[]>
  readonly periodAt: (instant: number) => string
  readonly listPublished: (cityCode: string) => Promise<readonly PublishedDocument[]>
}

const config = { access: 'public' } as const
const query = z.strictObject({ city: z.string().regex(/^\d{6}$/).optional() })

const placeLists = { nodes: listPublicNodes, 'stop-points': listPublicStopPoints, 'charging-stations': listPublicStations } as const

const presentTarget = (row: TargetRow) => ({
  code: row.code,
  name: row.name,
  text: row.actualText,
  unit: row.actualText === null ? '' : unitAfter(row),
  targetText: row.targetText,
  met: row.met,
  progress: shareOfWay(row),
  openQuestion: row.openQuestions[0]?.question ?? null,
})

/** The unit is printed after the figure unless the figure already carries it (`3.6∶1`, `52%`). */
const unitAfter = ({ actualText, unit }: TargetRow): string => (actualText!.endsWith(unit) || actualText!.includes('∶') ? '' : unit)

/** What the public may read, without signing in: progress in the city's own words, places, published documents. */
export function portalRoutes(deps: PortalDeps): Routes {
  const cityOf = (code: string | undefined): Profile => {
    const profile = deps.profiles.find((each) => each.code === (code ?? deps.defaultCity))
    if (!profile) throw notFound(`城市 ${code}`)
    return profile
  }
  const districtNames = (profile: Profile) => {
    const names = new Map([...profile.districts, { code: profile.code, name: profile.name }].map((each) => [each.code, each.name]))
    return (code: string | null) => (code === null ? null : (names.get(code) ?? null))
  }
  const places = (profile: Profile, kind: keyof typeof placeLists, asOf: number): Promise<PublicFeature[]> =>
    placeLists[kind](deps.db, { cityCode: profile.code, asOf, districtName: districtNames(profile) })
  return async (app) => {
    app.get('/api/v1/portal/overview', { config, schema: { tags: ['portal'], summary: '公众首页：目标进展、设施数量、已发布文件', querystring: query } }, async (request) => {
      const profile = cityOf(request.query.city)
      const now = deps.clock()
      const [values, documents, nodes, stopPoints, stations] = await Promise.all([
        deps.findValues({ cityCode: profile.code, period: deps.periodAt(now), asOf: now }),
        deps.listPublished(profile.code),
        places(profile, 'nodes', now),
        places(profile, 'stop-points', now),
        places(profile, 'charging-stations', now),
      ])
      const sum = (features: readonly PublicFeature[], property: string) => features.reduce((total, each) => total + Number(each.properties[property] ?? 0), 0)
      const newest = values.map((each) => each.asOf).sort().at(-1)
      return {
        city: { code: profile.code, name: profile.name, madeUp: profile.document.status === 'made-up', programme: profile.words.programme, period: profile.period.text },
        asOf: newest ?? formatInstant(now),
        targets: deriveTargets(profile, values, now).map(presentTarget),
        counts: { nodes: nodes.length, stopPoints: stopPoints.length, bays: sum(stopPoints, 'bayCount'), chargingStations: stations.length, piles: sum(stations, 'pileCount') },
        documents: documents.map((each) => ({ ...each, href: `/api/v1/portal/documents/${each.id}.pdf` })),
        organiser: profile.governance.leadingGroup?.name ?? null,
        contact: null,
      }
    })
    const file = z.strictObject({ kind: z.enum(Object.keys(placeLists).map((kind) => `${kind}.geojson`) as [string, ...string[]]) })
    app.get('/api/v1/portal/:kind', { config, schema: { tags: ['portal'], summary: '公众地图图层：节点、停靠点、充电站', params: file, querystring: query } }, async (request, reply) => {
      const profile = cityOf(request.query.city)
      const features = await places(profile, request.params.kind.slice(0, -'.geojson'.length) as keyof typeof placeLists, deps.clock())
      return reply.type('application/geo+json; charset=utf-8').header('cache-control', 'public, max-age=60').send(JSON.stringify({ type: 'FeatureCollection', features }))
    })
  }
}
