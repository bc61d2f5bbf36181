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

type Border = Pick<BorderEditorProps, 'id' | 'geometry' | 'onChange'>

/** The point in hand and everything that can be done to a border; a step that would break it is refused with its reason. */
function useBorder({ id, geometry, onChange }: Border) {
  const t = useDraftWords()
  const [held, setHeld] = useState<{ id: string; vertex: VertexRef } | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const paths = useMemo(() => (geometry ? pathsOf(geometry) : []), [geometry])
  const chosen = held?.id === id && paths[held.vertex.path]?.points[held.vertex.point] ? held.vertex : null
  const path = chosen?.path ?? 0
  const choose = (vertex: VertexRef): void => {
    setRefusal(null)
    setHeld({ id, vertex })
  }
  const change = (next: ZoneGeometry | undefined, vertex: VertexRef, { why, key }: { why?: string; key?: string } = {}): void => {
    setRefusal(next ? null : (why ?? null))
    if (!next) return
    onChange(next, key)
    setHeld({ id, vertex })
  }
  const insert = (after: VertexRef, at: Position): void => {
    if (geometry) change(insertVertex(geometry, after, at), { path: after.path, point: after.point + 1 })
  }
  return {
    paths, chosen, path, refusal, choose, insert,
    step: (direction: 1 | -1): void => {
      const count = paths[path]?.points.length ?? 0
      if (count > 0) choose({ path, point: chosen ? (chosen.point + direction + count) % count : 0 })
    },
    move: (vertex: VertexRef, to: Position, done: boolean): void => {
      if (geometry) change(moveVertex(geometry, vertex, to), vertex, { key: `${id}/${vertex.path}/${vertex.point}${done ? '' : '/drag'}` })
    },
    insertHalfWay: (): void => {
      const line = chosen && paths[chosen.path]?.points
      const [from, to] = line ? [line[chosen.point]!, line[(chosen.point + 1) % line.length]!] : []
      if (chosen && from && to) insert(chosen, [Number(((from[0] + to[0]) / 2).toFixed(6)), Number(((from[1] + to[1]) / 2).toFixed(6))])
    },
    remove: (vertex: VertexRef): void => {
      if (geometry) change(deleteVertex(geometry, vertex), { ...vertex, point: Math.max(0, vertex.point - 1) }, { why: t('too-few') })
    },
    close: (at: number): void => {
      if (geometry) change(closePath(geometry, at), { path: at, point: 0 })
    },
    makeHole: (): void => {
      const made = geometry && addHole(geometry, path, middleOf(paths[path]!.points), holeSideMetres)
      if (made) change(made.geometry, { path: made.path, point: 0 })
    },
    makePart: (centre: Position): void => {
      const made = geometry && addPart(geometry, centre, holeSideMetres * 2)
      if (made) change(made.geometry, { path: made.path, point: 0 })
    },
    removePath: (): void => {
      if (geometry) change(deletePath(geometry, path), { path: 0, point: 0 }, { why: t('only-line') })
    },
    replace: (next: ZoneGeometry): void => change(next, { path: 0, point: 0 }),
  }
}

/** A border on the map and in figures, by mouse or by keys. */
export function BorderEditor({ id, title, geometry, others, marks = noMarks, disabled, fitKey, onChange, onCentre, onSelectOther, children }: BorderEditorProps) {
  const t = useDraftWords()
  const words = useRuleWords()
  const [stepMetres, setStepMetres] = useState(10)
  const centre = useRef<Position>([0, 0])
  const border = useBorder({ id, geometry, onChange })
  const { paths, chosen } = border
  const editing = disabled || !geometry ? undefined : { paths, chosen, stepMetres, onChoose: border.choose, onStep: border.step, onMove: border.move, onInsert: border.insert, onDelete: border.remove }
  const zones = useMemo((): MapZone[] => [...others, ...(geometry ? [{ id, title, look: 'border' as const, geometry: areaOf(geometry) }] : [])], [others, id, title, geometry])
  return (
    <>
      <div className="border-map">
        <LazyZoneMap title={words('zone-map')} zones={zones} points={marks} selected={id} editing={editing} fitKey={fitKey} onCentre={(at) => { centre.current = at; onCentre(at) }} {...(onSelectOther && { onSelect: onSelectOther })} />
        {disabled ? null : <p className="secondary small border-keys">{t('map-edit-keys')}</p>}
      </div>
      <div className="border-figures">
        {children}
        {geometry ? (
          <fieldset disabled={disabled}>
            <VertexPanel geometry={geometry} paths={paths} chosen={chosen} stepMetres={stepMetres} onStepMetres={setStepMetres} onChoose={border.choose} onStep={border.step} onMove={(vertex, to) => border.move(vertex, to, true)} onInsert={border.insertHalfWay} onDelete={() => chosen && border.remove(chosen)} onClosePath={border.close} />
            <div className="actions border-actions">
              {geometry.type === 'RoadList' ? null : <button type="button" className="button small" onClick={border.makeHole}>{t('add-hole')}</button>}
              <button type="button" className="button small" onClick={() => border.makePart(centre.current)}>{t(geometry.type === 'RoadList' ? 'add-road' : 'add-part')}</button>
              {kindsOf(geometry).length > 1 ? <button type="button" className="button small" onClick={border.removePath}>{t('delete-line')}</button> : null}
            </div>
            {border.refusal ? <p className="field-problem" role="alert">{border.refusal}</p> : null}
          </fieldset>
        ) : <p className="secondary">{t('zone-without')}</p>}
        {disabled ? null : <PasteGeometry title={title} onUse={border.replace} />}
      </div>
    </>
  )
}
