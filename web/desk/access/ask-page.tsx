import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { askRules, askWithFacts, type Answer, type RulesInForce, type Zones } from '../../api/access.ts'
import { ApiProblem } from '../../api/client.ts'
import type { MapPoint } from '../../shared/map/city-map-types.ts'
import { LazyZoneMap } from '../../shared/map/lazy-zone-map.tsx'
import type { MapZone } from '../../shared/map/zone-map-types.ts'
import { PageTitle } from '../../shared/page.tsx'
import { AnswerText } from '../../shared/rules/answer.tsx'
import { EffectLegend, EffectPatterns } from '../../shared/rules/effect.tsx'
import { useRuleWords } from '../../shared/rules/words.ts'
import { Loading, ProblemLine, Reading } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { useMay } from '../session.tsx'
import { titlesOf } from './titles.ts'
import { InstantChoice, queryOf, VehicleChoice, type Chosen } from './vehicle-choice.tsx'
import { useAccessWords } from './words.ts'
import './access.css'

interface AskSearch extends Chosen {
  /** `120.795,34.64` */
  readonly point?: string | undefined
  readonly zone?: string | undefined
}

const pointOf = (text: string | undefined): { lon: number; lat: number } | undefined => {
  const [lon, lat] = (text ?? '').split(/[,，\s]+/).map(Number)
  return text && lon !== undefined && lat !== undefined && Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : undefined
}

/** The question as the server takes it; a described vehicle goes by the way of many questions. */
async function ask(search: AskSearch, firstClass: string | undefined): Promise<Answer> {
  const { at, grossMassKg, ...facts } = queryOf(search)
  const point = pointOf(search.point)
  if (search.by !== 'facts') return askRules({ vehicle: facts['vehicle'] ?? firstClass, at, ...(point ? { point: `${point.lon},${point.lat}` } : { zone: search.zone }) })
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value))
  const { items: [answer] } = await askWithFacts({ facts: { ...known, ...(grossMassKg && { grossMassKg: Number(grossMassKg) }) }, ...(at && { at }), ...(point ? { point } : { zone: search.zone }) })
  if (answer && 'problem' in answer) throw new ApiProblem({ status: 422, code: 'refused', title: answer.problem.message, action: answer.problem.action })
  return answer!
}

/** May this vehicle be here then: vehicle, place, instant, and the answer with its notice. */
export function AskPage() {
  const t = useAccessWords()
  const rules = useRead<RulesInForce>('/access/rules', {}, { asOf: false })
  return (
    <>
      <PageTitle title={t('ask-title')} state={t('ask-state')} />
      <Reading read={rules}>{({ ruleSet }) => <Asking classes={ruleSet.vehicleClasses} zones={ruleSet.zones} passTitles={titlesOf(ruleSet.passes)} />}</Reading>
    </>
  )
}

type Titled = readonly { readonly code: string; readonly title: string }[]

function Asking({ classes, zones, passTitles }: { classes: Titled; zones: Titled; passTitles: Readonly<Record<string, string>> }) {
  const t = useAccessWords()
  const words = useRuleWords()
  const may = useMay()
  const search = useSearch({ strict: false }) as AskSearch
  const navigate = useNavigate()
  const change = (part: AskSearch) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true })
  const point = pointOf(search.point)
  const isAsked = (point !== undefined || search.zone !== undefined) && (search.by !== 'plate' || search.plate !== undefined)
  const answer = useQuery({ queryKey: ['ask', search], queryFn: () => ask(search, classes[0]?.code), enabled: isAsked, retry: false, refetchInterval: search.at ? false : 60_000 })
  // the picture needs a vehicle that is known; a plate is asked for its answer only
  const picture = useRead<Zones>('/access/zones', queryOf(search.by === 'plate' ? { at: search.at } : search), { asOf: false }).data
  const mapZones = useMemo(() => (picture?.features ?? []).map(({ id, geometry, properties }): MapZone => ({ id, geometry, title: properties.title, look: search.by === 'plate' ? 'border' : properties.now.effect })), [picture, search.by])
  const marks = useMemo((): MapPoint[] => (point ? [{ id: 'place', icon: 'place', ...point }] : []), [search.point])
  const chosenZone = picture?.features.find(({ properties }) => properties.code === search.zone)?.id ?? null
  return (
    <>
      <EffectPatterns />
      <div className="filters">
        <VehicleChoice classes={classes} chosen={search} onChange={change} plates={may('registers:read')} />
        <label>
          {t('place')}
          <select className="plain-select" style={{ display: 'block' }} value={point ? 'point' : (search.zone ?? '')} onChange={(event) => change({ zone: event.target.value || undefined, point: undefined })}>
            <option value="" />
            {point ? <option value="point">{t('place-point', point)}</option> : null}
            {zones.map(({ code, title }) => <option key={code} value={code}>{title}</option>)}
          </select>
        </label>
        <label>
          {t('place-typed')}
          <input key={search.point} className="plain-input" style={{ display: 'block', width: 190 }} defaultValue={search.point ?? ''} onKeyDown={(event) => (event.key === 'Enter' ? event.currentTarget.blur() : undefined)} onBlur={(event) => (pointOf(event.target.value) ? change({ point: event.target.value.replace(/[，\s]+/, ','), zone: undefined }) : undefined)} />
        </label>
        <InstantChoice at={search.at} onChange={(at) => change({ at })} />
      </div>
      <div className="ask-split">
        <div aria-live="polite" className="ask-answer">
          {isAsked ? answer.error ? <ProblemLine error={answer.error} /> : answer.data ? <AnswerText answer={answer.data} passTitles={passTitles} /> : <Loading /> : <p className="secondary">{t('ask-waiting')}</p>}
          <p className="secondary small no-print">{t('place-on-map')}</p>
          <EffectLegend />
        </div>
        <LazyZoneMap title={words('zone-map')} zones={mapZones} points={marks} selected={chosenZone} onPlace={({ lon, lat }) => change({ point: `${lon},${lat}`, zone: undefined })} />
      </div>
    </>
  )
}
