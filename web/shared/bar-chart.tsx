import { colour } from './tokens.ts'

export interface Bar {
  readonly label: string
  readonly value: number | null
  /** printed at the bar's end */
  readonly text: string
  /** a mark across the bar, e.g. the target of that year */
  readonly mark?: number | null
}

/**
 * Horizontal bars from zero with direct labels; the title says the finding. Reads without colour: the value stands at the bar,
 * the mark is a line. Beside it a screen reader gets the same as a list.
 */
export function BarChart({ title, unit, bars, markName }: { title: string; unit: string; bars: readonly Bar[]; markName?: string }) {
  const highest = Math.max(1e-9, ...bars.flatMap((bar) => [bar.value ?? 0, bar.mark ?? 0]))
  const rowHeight = 28
  const [left, width, right] = [120, 320, 120]
  const x = (value: number) => left + (value / highest) * width
  return (
    <figure className="chart">
      <figcaption>
        {title}
        <span className="unit">（{unit}）</span>
      </figcaption>
      <svg viewBox={`0 0 ${left + width + right} ${bars.length * rowHeight + 6}`} role="img" aria-label={`${title}：${bars.map((bar) => `${bar.label} ${bar.text}`).join('，')}`}>
        <line x1={left} x2={left} y1={0} y2={bars.length * rowHeight + 6} stroke={colour.lineStrong} />
        {bars.map((bar, index) => (
          <g key={bar.label} transform={`translate(0 ${index * rowHeight + 4})`}>
            <text x={left - 8} y={15} textAnchor="end" fontSize={12} fill={colour.ink}>
              {bar.label}
            </text>
            {bar.value === null ? null : <rect x={left} y={3} height={16} width={Math.max(1, x(bar.value) - left)} fill={colour.programme} />}
            {bar.mark === null || bar.mark === undefined ? null : <line x1={x(bar.mark)} x2={x(bar.mark)} y1={-1} y2={23} stroke={colour.ink} strokeWidth={2} strokeDasharray="3 2" />}
            <text x={Math.max(x(bar.value ?? 0), x(bar.mark ?? 0)) + 6} y={15} fontSize={12} fill={colour.ink}>
              {bar.text}
            </text>
          </g>
        ))}
      </svg>
      {markName ? <p className="chart-note">{markName}</p> : null}
    </figure>
  )
}
