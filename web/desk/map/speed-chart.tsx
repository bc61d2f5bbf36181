import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { Halt } from '../../api/journeys.ts'
import { colour } from '../../shared/tokens.ts'
import type { TimedPoint } from './timed-point.ts'
import { useMapWords } from './words.ts'

const [height, left] = [84, 34]

/** Speed over the day, halts shaded, the moment shown as a line; a click goes to that moment. */
export function SpeedChart({ points, halts, from, to, at, onPick }: { points: readonly TimedPoint[]; halts: readonly Halt[]; from: number; to: number; at: number; onPick: (at: number) => void }) {
  const t = useMapWords()
  const [host, width] = useWidth<SVGSVGElement>(720)
  const top = Math.max(60, ...points.map(({ speedKmh }) => speedKmh))
  const x = (time: number) => left + ((time - from) / Math.max(1, to - from)) * (width - left)
  const y = (speed: number) => height - 16 - (speed / top) * (height - 24)
  const line = points.map(({ time, speedKmh }, index) => `${index === 0 || time - points[index - 1]!.time > 600_000 ? 'M' : 'L'}${x(time).toFixed(1)} ${y(speedKmh).toFixed(1)}`).join('')
  const hours = hoursBetween(from, to, Math.floor((width - left) / 28))
  return (
    <svg className="speed-chart" viewBox={`0 0 ${width} ${height}`} ref={host} role="img" aria-label={t('speed-chart')} onClick={(event) => {
      const box = event.currentTarget.getBoundingClientRect()
      const share = ((event.clientX - box.left) / box.width) * width
      onPick(Math.max(from, Math.min(to, from + ((share - left) / (width - left)) * (to - from))))
    }}>
      {halts.map((halt) => {
        const [start, end] = [Math.max(from, Date.parse(halt.startedAt)), Math.min(to, Date.parse(halt.endedAt))]
        return end > start ? <rect key={halt.startedAt} x={x(start)} width={x(end) - x(start)} y={0} height={height - 16} fill={colour.line} /> : null
      })}
      {hours.map((hour) => (
        <g key={hour}>
          <line x1={x(hour)} x2={x(hour)} y1={height - 16} y2={height - 12} stroke={colour.lineStrong} />
          <text x={x(hour)} y={height - 2} fontSize={11} textAnchor="middle" fill={colour.secondary}>{new Date(hour + 8 * 3_600_000).getUTCHours()}</text>
        </g>
      ))}
      <text x={left - 6} y={y(top) + 8} fontSize={11} textAnchor="end" fill={colour.secondary}>{Math.round(top)}</text>
      <text x={left - 6} y={y(0)} fontSize={11} textAnchor="end" fill={colour.secondary}>0</text>
      <path d={line} fill="none" stroke={colour.programme} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
      <line x1={x(at)} x2={x(at)} y1={0} y2={height - 12} stroke={colour.overdue} strokeWidth={2} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

/** The element's own width, so that text in a drawing keeps its shape. */
function useWidth<Host extends Element>(initial: number): [RefObject<Host | null>, number] {
  const host = useRef<Host>(null)
  const [width, setWidth] = useState(initial)
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.round(entry!.contentRect.width))))
    observer.observe(host.current!)
    return () => observer.disconnect()
  }, [])
  return [host, width]
}

/** Whole hours (Asia/Shanghai) inside the span, thinned to what fits. */
function hoursBetween(from: number, to: number, marks: number): number[] {
  const hour = 3_600_000
  const first = Math.ceil(from / hour) * hour
  const step = Math.max(1, Math.ceil((to - from) / hour / marks))
  return Array.from({ length: Math.max(0, Math.floor((to - first) / hour / step) + 1) }, (_, index) => first + index * hour * step)
}
