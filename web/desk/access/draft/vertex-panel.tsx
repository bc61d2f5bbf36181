import { useState } from 'react'
import type { Position, ZoneGeometry } from '../../../api/access.ts'
import type { EditedPath, VertexRef } from '../../../shared/map/zone-map-types.ts'
import { useDraftWords } from './words.ts'
import { kindsOf } from './zone-paths.ts'

const stepChoices = [1, 10, 50, 100] as const

interface VertexPanelProps {
  readonly geometry: ZoneGeometry
  readonly paths: readonly EditedPath[]
  readonly chosen: VertexRef | null
  readonly stepMetres: number
  readonly onStepMetres: (metres: number) => void
  readonly onChoose: (vertex: VertexRef) => void
  readonly onStep: (direction: 1 | -1) => void
  readonly onMove: (vertex: VertexRef, to: Position) => void
  readonly onInsert: () => void
  readonly onDelete: () => void
  readonly onClosePath: (path: number) => void
}

/** The line and the point in hand, in figures: for exact coordinates, and for those who do not use the map. */
export function VertexPanel({ geometry, paths, chosen, stepMetres, onStepMetres, onChoose, onStep, onMove, onInsert, onDelete, onClosePath }: VertexPanelProps) {
  const t = useDraftWords()
  const kinds = kindsOf(geometry)
  const counts: Record<string, number> = {}
  const names = kinds.map((kind, at) => {
    counts[kind] = (counts[kind] ?? 0) + 1
    return `${t(`line-${kind}`, { number: counts[kind] })}（${t('zone-points', { count: paths[at]!.points.length })}）${kind !== 'road' && !paths[at]!.closed ? t('line-open') : ''}`
  })
  const path = chosen?.path ?? 0
  const position = chosen && paths[chosen.path]?.points[chosen.point]
  return (
    <div className="vertex-panel">
      <label className="field-line">{t('line')}
        <select className="plain-select" value={path} onChange={(event) => onChoose({ path: Number(event.target.value), point: 0 })}>{names.map((name, at) => <option key={name} value={at}>{name}</option>)}</select>
      </label>
      {kinds[path] !== 'road' && paths[path] && !paths[path].closed ? <button type="button" className="button small" onClick={() => onClosePath(path)}>{t('close-line')}</button> : null}
      <p role="status" className="vertex-status">{chosen && position ? t('vertex', { number: chosen.point + 1, count: paths[chosen.path]!.points.length }) : t('vertex-none')}</p>
      <div className="actions">
        <button type="button" className="button small" onClick={() => onStep(-1)}>{t('previous')}</button>
        <button type="button" className="button small" onClick={() => onStep(1)}>{t('next')}</button>
        <button type="button" className="button small" disabled={!position} onClick={onInsert}>{t('add-vertex')}</button>
        <button type="button" className="button small" disabled={!position} onClick={onDelete}>{t('delete-vertex')}</button>
      </div>
      {chosen && position ? (
        <div className="vertex-figures">
          <Degrees key={`lon/${position[0]}`} label={t('lon')} value={position[0]} limit={180} onChange={(lon) => onMove(chosen, [lon, position[1]])} />
          <Degrees key={`lat/${position[1]}`} label={t('lat')} value={position[1]} limit={90} onChange={(lat) => onMove(chosen, [position[0], lat])} />
        </div>
      ) : null}
      <label className="field-line">{t('step')}
        <select className="plain-select" value={stepMetres} onChange={(event) => onStepMetres(Number(event.target.value))}>{stepChoices.map((metres) => <option key={metres} value={metres}>{t('metres', { metres })}</option>)}</select>
      </label>
    </div>
  )
}

/** Exact degrees; taken with Enter or when the field is left. */
function Degrees({ label, value, limit, onChange }: { label: string; value: number; limit: number; onChange: (value: number) => void }) {
  const [text, setText] = useState(String(value))
  const read = Number(text.normalize('NFKC').trim())
  const isWrong = text.trim() === '' || !Number.isFinite(read) || Math.abs(read) > limit
  const take = () => (isWrong || read === value ? undefined : onChange(read))
  return <label className="field-line">{label}<input className="plain-input" inputMode="decimal" aria-invalid={isWrong} value={text} onChange={(event) => setText(event.target.value)} onBlur={take} onKeyDown={(event) => (event.key === 'Enter' ? take() : undefined)} /></label>
}
