import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { Position, RulesInForce, ZoneGeometry } from '../../api/access.ts'
import { api } from '../../api/client.ts'
import type { MapZone } from '../../shared/map/zone-map-types.ts'
import { ProblemLine } from '../../shared/states.tsx'
import { useRead } from '../reads.ts'
import { BorderEditor } from './draft/border-editor.tsx'
import { linesOf, middleOf, squareAround } from './draft/zone-paths.ts'
import { areaOf } from './drawn-areas.ts'
import { useAccessWords, type accessWords } from './words.ts'

const newClosureSideMetres = 600
const instantOf = (local: string): string | undefined => (local ? `${local.slice(0, 16)}:00+08:00` : undefined)
const fields = ['title', 'reason', 'noticeNumber', 'authority'] as const
const fieldWords: Readonly<Record<(typeof fields)[number], keyof typeof accessWords>> = { title: 'closure-title', reason: 'closure-reason', noticeNumber: 'closure-notice', authority: 'closure-authority' }

/** A closure: why, by whom, from when to when, and where, drawn on the map. */
export function ClosureForm({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const t = useAccessWords()
  const queries = useQueryClient()
  const rules = useRead<RulesInForce>('/access/rules', {}, { asOf: false }).data?.ruleSet
  const [text, setText] = useState<Readonly<Record<(typeof fields)[number], string>>>({ title: '', reason: '', noticeNumber: '', authority: '' })
  const [startsAt, setStartsAt] = useState('')
  const [endsAt, setEndsAt] = useState('')
  const [drawn, setDrawn] = useState<ZoneGeometry | null>(null)
  const centre = useRef<Position>([0, 0])
  const others = useMemo(() => (rules?.zones ?? []).flatMap((zone): MapZone[] => (zone.geometry ? [{ id: zone.code, title: zone.title, geometry: areaOf(zone.geometry), look: 'border' }] : [])), [rules])
  // a square in the middle of the city's zones to begin with: something to take hold of
  const begun = useMemo((): ZoneGeometry | null => {
    const lines = (rules?.zones ?? []).flatMap(({ geometry }) => (geometry ? linesOf(geometry) : []))
    return lines.length > 0 ? { type: 'Polygon', coordinates: [squareAround(middleOf(lines.flat()), newClosureSideMetres)] } : null
  }, [rules])
  const geometry = drawn ?? begun ?? { type: 'Polygon', coordinates: [squareAround(centre.current, newClosureSideMetres)] }
  const publish = useMutation({
    mutationFn: () => api.post('/access/closures', { ...text, geometry, endsAt: instantOf(endsAt), ...(startsAt && { startsAt: instantOf(startsAt) }) }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onDone()
    },
  })
  return (
    <form className="closure-form" onSubmit={(event) => { event.preventDefault(); publish.mutate() }}>
      <div className="form">
        {fields.map((field) => (
          <label key={field} className="field-line">{t(fieldWords[field])}
            {field === 'reason' ? <textarea rows={3} required maxLength={500} value={text.reason} onChange={(event) => setText({ ...text, reason: event.target.value })} /> : <input className="plain-input" required maxLength={100} value={text[field]} onChange={(event) => setText({ ...text, [field]: event.target.value })} />}
          </label>
        ))}
        <label className="field-line">{t('closure-starts')}<input className="plain-input" type="datetime-local" value={startsAt} onChange={(event) => setStartsAt(event.target.value)} /><span className="hint secondary small">{t('closure-at-once')}</span></label>
        <label className="field-line">{t('closure-ends')}<input className="plain-input" type="datetime-local" required value={endsAt} onChange={(event) => setEndsAt(event.target.value)} /></label>
        {publish.error ? <ProblemLine error={publish.error} /> : null}
        <div className="actions"><button type="submit" className="button primary" disabled={publish.isPending}>{t('closure-publish')}</button><button type="button" className="button" onClick={onCancel}>{t('cancel')}</button></div>
      </div>
      <section className="border-split" aria-label={t('closure-area')}>
        <BorderEditor id="closure" title={text.title || t('closure-area')} geometry={geometry} others={others} disabled={false} fitKey={begun ? 'closure' : ''} onChange={setDrawn} onCentre={(at) => { centre.current = at }} />
      </section>
    </form>
  )
}
