import { useMemo, useRef, useState } from 'react'
import type { Position, RoadList, Zone } from '../../../api/access.ts'
import type { MapPoint } from '../../../shared/map/city-map-types.ts'
import type { MapZone } from '../../../shared/map/zone-map-types.ts'
import { areaOf, drawable } from '../drawn-areas.ts'
import { BorderEditor } from './border-editor.tsx'
import { addZone, deleteZone, freeCode, rulesOfZone, withZone } from './edits.ts'
import { placeOf } from './findings.ts'
import { NumberField } from './number-field.tsx'
import type { DraftWork } from './use-draft.ts'
import { useDraftWords } from './words.ts'
import { pathsOf, squareAround } from './zone-paths.ts'

const newZoneSideMetres = 400

/** Zones of the draft: a list, the chosen one's border on the map and in figures, what was found in it. */
export function ZoneTab({ work, chosen, onChoose }: { work: DraftWork; chosen: string | null; onChoose: (code: string | null) => void }) {
  const t = useDraftWords()
  const { ruleSet, mayWrite } = work
  const at = Math.max(0, ruleSet.zones.findIndex(({ code }) => code === chosen))
  const zone = ruleSet.zones[at]
  const centre = useRef<Position>([0, 0])
  const [refusal, setRefusal] = useState<string | null>(null)
  const others = useMemo(() => ruleSet.zones.flatMap((each): MapZone[] => {
    const geometry = drawable(each)
    return geometry && each.code !== zone?.code ? [{ id: each.code, title: each.title, geometry: areaOf(geometry), look: 'border' }] : []
  }), [ruleSet.zones, zone?.code])
  const found = useMemo(() => work.saved.findings.filter((finding) => finding.severity !== 'note' && placeOf(finding, work.saved.ruleSet)?.tab === 'zones').map((finding) => ({ finding, place: placeOf(finding, work.saved.ruleSet) as { code: string; at: Position | null } })), [work.saved])
  const marks = useMemo(() => found.flatMap(({ place, finding }): MapPoint[] => (place.at ? [{ id: finding.code, lon: place.at[0], lat: place.at[1], icon: 'problem', label: finding.message }] : [])), [found])
  const borderWords = (each: Zone): string => {
    const geometry = drawable(each)
    return geometry ? t('zone-points', { count: pathsOf(geometry).reduce((sum, { points }) => sum + points.length, 0) }) : t('zone-without')
  }
  const add = () => {
    const code = freeCode('Z', ruleSet.zones)
    work.change(addZone({ code, title: t('new-zone'), geometry: { type: 'Polygon', coordinates: [squareAround(centre.current, newZoneSideMetres)] }, openQuestions: [] }))
    onChoose(code)
  }
  const remove = () => {
    const users = zone ? rulesOfZone(ruleSet, zone.code) : []
    setRefusal(users.length > 0 ? t('zone-in-use', { count: users.length }) : null)
    if (!zone || users.length > 0) return
    work.change(deleteZone(at))
    onChoose(null)
  }
  return (
    <div className="border-split">
      <section className="zone-names" aria-label={t('tab-zones')}>
        <ul>
          {ruleSet.zones.map((each) => {
            const problems = found.filter(({ place }) => place.code === each.code)
            return (
              <li key={each.code}>
                <button type="button" aria-pressed={each.code === zone?.code} onClick={() => onChoose(each.code)}>
                  <b>{each.title}</b>
                  <small>{each.code} · {borderWords(each)}</small>
                  {problems.map(({ finding }, index) => <small key={index} className="grid-error">! {finding.message}。{finding.cause}</small>)}
                </button>
              </li>
            )
          })}
        </ul>
        {mayWrite ? <div className="actions"><button type="button" className="button small" title={t('add-zone-hint')} onClick={add}>{t('add-zone')}</button>{zone ? <button type="button" className="button small" onClick={remove}>{t('delete-zone')}</button> : null}</div> : null}
        {refusal ? <p className="field-problem" role="alert">{refusal}</p> : null}
      </section>
      <BorderEditor id={zone?.code ?? ''} title={zone?.title ?? ''} geometry={zone ? drawable(zone) : null} others={others} marks={marks} disabled={!mayWrite || !zone} fitKey={chosen ?? ''} onChange={(geometry, key) => work.change(withZone(at, { geometry }), key)} onCentre={(to) => { centre.current = to }} onSelectOther={onChoose}>
        {zone ? <ZoneNames zone={zone} disabled={!mayWrite} onChange={(change, key) => work.change(withZone(at, change), `${zone.code}/${key}`)} /> : null}
      </BorderEditor>
    </div>
  )
}

function ZoneNames({ zone, disabled, onChange }: { zone: Zone; disabled: boolean; onChange: (change: Partial<Zone>, key: string) => void }) {
  const t = useDraftWords()
  const roads = zone.geometry?.type === 'RoadList' && drawable(zone) ? zone.geometry : null
  const withRoads = (change: Partial<RoadList>, key: string) => roads && onChange({ geometry: { ...roads, ...change } }, key)
  return (
    <fieldset disabled={disabled}>
      <label className="field-line">{t('title')}<input className="plain-input" value={zone.title} onChange={(event) => onChange({ title: event.target.value }, 'title')} /></label>
      {roads ? <NumberField key={zone.code} label={t('reach')} value={roads.reachMetres} isAllowed={(metres) => metres > 0 && metres <= 200} onChange={(reachMetres) => withRoads({ reachMetres }, 'reach')} /> : null}
      {roads?.roads.map((road, at) => <label key={at} className="field-line">{t('road-name')}<input className="plain-input" value={road.name} onChange={(event) => withRoads({ roads: roads.roads.with(at, { ...road, name: event.target.value }) }, `road-${at}`)} /></label>)}
    </fieldset>
  )
}
