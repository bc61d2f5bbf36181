import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Calendar, RulesInForce, RuleSet, Version, Zones } from '../../api/access.ts'
import { ApiProblem } from '../../api/client.ts'
import { dateInText } from '../../shared/format.ts'
import { LazyZoneMap } from '../../shared/map/lazy-zone-map.tsx'
import type { MapZone } from '../../shared/map/zone-map-types.ts'
import { PageTitle, Section } from '../../shared/page.tsx'
import { EffectLegend, EffectPatterns, useZoneWord } from '../../shared/rules/effect.tsx'
import { useRuleWords } from '../../shared/rules/words.ts'
import { ZoneList } from '../../shared/rules/zone-list.tsx'
import { EmptyState, Loading, ProblemLine } from '../../shared/states.tsx'
import { AsOf } from '../../shared/figure.tsx'
import { useFrameSearch, useRead } from '../reads.ts'
import { useMay } from '../session.tsx'
import { useMayMakeRules } from './may.ts'
import { RuleTable } from './rule-table.tsx'
import { titlesOf } from './titles.ts'
import { InstantChoice, queryOf, VehicleChoice, type Chosen } from './vehicle-choice.tsx'
import { useAccessWords } from './words.ts'
import './access.css'

interface RulesSearch extends Chosen {
  readonly zone?: string
}

/** Where the version in force comes from, in one sentence. */
function useSource(): string {
  const t = useAccessWords()
  const may = useMay()
  const versions = useRead<{ items: readonly Version[] }>('/access/versions', {}, { asOf: false, enabled: may('access:read') })
  const version = versions.data?.items.find(({ state }) => state === 'in-force')
  return version ? t('from-version', { number: version.number, notice: version.noticeNumber, from: dateInText(version.effectiveFrom), author: version.authorName }) : t('from-file')
}

/** The rules in force: what holds where for a vehicle at an instant, on the map, in strips and as a table. */
export function RulesPage() {
  const t = useAccessWords()
  const mayMake = useMayMakeRules()
  const search = useSearch({ strict: false }) as RulesSearch
  const { asOf } = useFrameSearch()
  const at = search.at ?? (asOf ? `${asOf}T23:59` : undefined)
  const query = queryOf({ ...search, at })
  const zones = useRead<Zones>('/access/zones', query, { asOf: false, ...(at ? {} : { every: 60_000 }) })
  const rules = useRead<RulesInForce>('/access/rules', { at: query['at'] }, { asOf: false })
  const source = useSource()
  const failed = rules.error ?? zones.error
  if (failed instanceof ApiProblem && failed.code === 'access-city-without-rules') return <><PageTitle title={t('rules')} /><EmptyState title={t('rules-empty')} provider={t('rules-empty-provider')} /></>
  if (failed && !zones.data) return <ProblemLine error={failed} onRetry={() => void Promise.all([rules.refetch(), zones.refetch()])} />
  if (!rules.data || !zones.data) return <Loading />
  const { ruleSet } = rules.data
  return (
    <>
      <PageTitle
        title={t('rules')}
        state={t('rules-state', { zones: ruleSet.zones.length, rules: ruleSet.rules.length, source })}
        actions={<>{mayMake('access:write') ? <Link className="button" to="/desk/access/drafts">{t('draft-now')}</Link> : null}<Link className="button" to="/desk/access/ask">{t('ask')}</Link><button type="button" className="button" onClick={() => window.print()}>{t('print')}</button></>}
      />
      <CalendarWarning />
      {failed ? <ProblemLine error={failed} /> : null}
      <ZonesAndRules zones={zones.data} ruleSet={ruleSet} search={{ ...search, ...(at && { at }) }} isNow={!at} />
      <AsOf at={zones.data.asOf} source={`《${ruleSet.title}》`} />
    </>
  )
}

function CalendarWarning() {
  const t = useAccessWords()
  const calendar = useRead<Calendar>('/access/calendar', {}, { asOf: false }).data
  return calendar?.isEnding ? <div className="problem-line no-print">{t('calendar-ending', { to: calendar.calendar.to })}</div> : null
}

function ZonesAndRules({ zones, ruleSet, search, isNow }: { zones: Zones; ruleSet: RuleSet; search: RulesSearch; isNow: boolean }) {
  const t = useAccessWords()
  const words = useRuleWords()
  const zoneWord = useZoneWord()
  const navigate = useNavigate()
  const change = (part: RulesSearch | Record<string, undefined>) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }), replace: true })
  const { features } = zones
  const chosen = features.find(({ properties }) => properties.code === search.zone)
  const choose = (id: string | null) => change({ zone: features.find((each) => each.id === id)?.properties.code })
  const mapZones = useMemo(() => features.map(({ id, geometry, properties }): MapZone => ({ id, geometry, title: properties.title, look: properties.now.effect, word: zoneWord(properties.now) })), [features, words('now')])
  const deciding = new Set(features.flatMap(({ properties }) => properties.now.decidedBy?.rule ?? []))
  return (
    <>
      <EffectPatterns />
      <div className="filters">
        <VehicleChoice classes={zones.vehicleClasses} chosen={search} onChange={change} />
        <InstantChoice at={search.at} onChange={(at) => change({ at })} />
      </div>
      <EffectLegend />
      <div className="zone-split">
        <section aria-label={t('zones-list')}>
          {features.length === 0 ? <p className="secondary">{t('zones-none')}</p> : null}
          <ZoneList features={features} chosen={chosen?.id ?? null} onChoose={choose} at={zones.asOf} isNow={isNow} passTitles={titlesOf(zones.passes)} />
        </section>
        <LazyZoneMap title={words('zone-map')} zones={mapZones} selected={chosen?.id ?? null} onSelect={choose} />
      </div>
      <Section title={t('rules-table')}>
        <RuleTable ruleSet={ruleSet} zone={search.zone ?? null} deciding={deciding} onChooseZone={(code) => change({ zone: code })} />
      </Section>
    </>
  )
}
