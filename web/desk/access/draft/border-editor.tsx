import { useMemo, useRef, useState, type ReactNode } from 'react'
import type { Position, ZoneGeometry } from '../../../api/access.ts'
import type { MapPoint } from '../../../shared/map/city-map-types.ts'
import { LazyZoneMap } from '../../../shared/map/lazy-zone-map.tsx'
import type { MapZone, VertexRef } from '../../../shared/map/zone-map-types.ts'
import { useRuleWords } from '../../../shared/rules/words.ts'
import { areaOf } from '../drawn-areas.ts'
import { PasteGeometry } from './paste-geometry.tsx'
import { VertexPanel } from './vertex-panel.tsx'
import { useDraftWords } from './words.ts'
import { addHole, addPart, closePath, deletePath, deleteVertex, insertVertex, kindsOf, middleOf, moveVertex, pathsOf } from './zone-paths.ts'

interface BorderEditorProps {
  /** names the border in hand: another one starts with no point chosen */
  readonly id: string
  readonly title: string
  readonly geometry: ZoneGeometry | null
  /** the other zones, for looking at */
  readonly others: readonly MapZone[]
  readonly marks?: readonly MapPoint[]
  readonly disabled: boolean
  readonly fitKey: string
  /** `key`: moves with the same key in a row are one step back */
  readonly onChange: (geometry: ZoneGeometry, key?: string) => void
  readonly onCentre: (centre: Position) => void
  readonly onSelectOther?: (id: string) => void
  /** above the figures: name, code … of what is bordered */
  readonly children?: ReactNode
}

const noMarks: readonly MapPoint[] = []
const holeSideMetres = 100

/** A border on the map and in figures, by mouse or by keys. */
export function BorderEditor({ id, title, geometry, others, marks = noMarks, disabled, fitKey, onChange, onCentre, onSelectOther, children }: BorderEditorProps) {
  const t = useDraftWords()
  const words = useRuleWords()
  const [held, setHeld] = useState<{ id: string; vertex: VertexRef } | null>(null)
  const [stepMetres, setStepMetres] = useState(10)
  const [refusal, setRefusal] = useState<string | null>(null)
  const centre = useRef<Position>([0, 0])
  const paths = useMemo(() => (geometry ? pathsOf(geometry) : []), [geometry])
  const chosen = held?.id === id && paths[held.vertex.path]?.points[held.vertex.point] ? held.vertex : null
  const choose = (vertex: VertexRef) => {
    setRefusal(null)
    setHeld({ id, vertex })
  }
  const change = (next: ZoneGeometry | undefined, vertex: VertexRef | null, why?: string, key?: string) => {
    setRefusal(next ? null : (why ?? null))
    if (!next) return
    onChange(next, key)
    if (vertex) setHeld({ id, vertex })
  }
  const step = (direction: 1 | -1) => {
    const path = chosen?.path ?? 0
    const count = paths[path]?.points.length ?? 0
    if (count > 0) choose({ path, point: chosen ? (chosen.point + direction + count) % count : 0 })
  }
  const move = (vertex: VertexRef, to: Position, done: boolean) => geometry && change(moveVertex(geometry, vertex, to), vertex, undefined, `${id}/${vertex.path}/${vertex.point}${done ? '' : '/drag'}`)
  const insert = (after: VertexRef, at: Position) => geometry && change(insertVertex(geometry, after, at), { path: after.path, point: after.point + 1 })
  const insertHalfWay = () => {
    const line = chosen && paths[chosen.path]
    const [from, to] = line ? [line.points[chosen.point]!, line.points[(chosen.point + 1) % line.points.length]!] : []
    if (chosen && from && to) insert(chosen, [Number(((from[0] + to[0]) / 2).toFixed(6)), Number(((from[1] + to[1]) / 2).toFixed(6))])
  }
  const remove = (vertex: VertexRef) => geometry && change(deleteVertex(geometry, vertex), { path: vertex.path, point: Math.max(0, vertex.point - 1) }, t('too-few'))
  const editing = disabled || !geometry ? undefined : { paths, chosen, stepMetres, onChoose: choose, onStep: step, onMove: move, onInsert: insert, onDelete: remove }
  const own = useMemo((): MapZone[] => (geometry ? [{ id, title, look: 'border', geometry: areaOf(geometry) }] : []), [id, title, geometry])
  const path = chosen?.path ?? 0
  const makeHole = () => {
    const made = geometry && addHole(geometry, path, middleOf(paths[path]!.points), holeSideMetres)
    if (made) change(made.geometry, { path: made.path, point: 0 })
  }
  const makePart = () => {
    const made = geometry && addPart(geometry, centre.current, holeSideMetres * 2)
    if (made) change(made.geometry, { path: made.path, point: 0 })
  }
  return (
    <>
      <div className="border-map">
        <LazyZoneMap title={words('zone-map')} zones={useMemo(() => [...others, ...own], [others, own])} points={marks} selected={id} editing={editing} fitKey={fitKey} onCentre={(at) => { centre.current = at; onCentre(at) }} {...(onSelectOther && { onSelect: onSelectOther })} />
        {disabled ? null : <p className="secondary small border-keys">{t('map-edit-keys')}</p>}
      </div>
      <div className="border-figures">
        {children}
        {geometry ? (
          <fieldset disabled={disabled}>
            <VertexPanel geometry={geometry} paths={paths} chosen={chosen} stepMetres={stepMetres} onStepMetres={setStepMetres} onChoose={choose} onStep={step} onMove={(vertex, to) => move(vertex, to, true)} onInsert={insertHalfWay} onDelete={() => chosen && remove(chosen)} onClosePath={(at) => change(closePath(geometry, at), { path: at, point: 0 })} />
            <div className="actions border-actions">
              {geometry.type === 'RoadList' ? null : <button type="button" className="button small" onClick={makeHole}>{t('add-hole')}</button>}
              <button type="button" className="button small" onClick={makePart}>{t(geometry.type === 'RoadList' ? 'add-road' : 'add-part')}</button>
              {kindsOf(geometry).length > 1 ? <button type="button" className="button small" onClick={() => change(deletePath(geometry, path), { path: 0, point: 0 }, t('only-line'))}>{t('delete-line')}</button> : null}
            </div>
            {refusal ? <p className="field-problem" role="alert">{refusal}</p> : null}
          </fieldset>
        ) : <p className="secondary">{t('zone-without')}</p>}
        {disabled ? null : <PasteGeometry title={title} onUse={(pasted) => change(pasted, { path: 0, point: 0 })} />}
      </div>
    </>
  )
}
