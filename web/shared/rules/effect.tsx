import { effects, type Effect } from '../../api/access.ts'
import { colour } from '../tokens.ts'
import { useRuleWords } from './words.ts'

/** How an effect looks: a hatch that differs in grey, a colour, a shape. Never one of them alone, and always with its word. */
export const effectLook = {
  'no-go': { colour: colour.overdue, sign: 'M8 1.5a6.5 6.5 0 1 0 .01 0zM3.5 6.8h9v2.4h-9z' },
  'pass-needed': { colour: colour.attention, sign: 'M1.5 3.5h13v9h-13zM3.5 5.7v1.2h5V5.7zm0 3v1.2h9V8.7z' },
  'limited': { colour: colour.link, sign: 'M8 1.5 15 14H1zM7.2 6v4h1.6V6zm0 5v1.4h1.6V11z' },
  'allowed': { colour: colour.programme, sign: 'M2.2 8.4 4 6.6l2.6 2.6L12 3.8l1.8 1.8-7.2 7.2z' },
} as const satisfies Record<Effect, { colour: string; sign: string }>

/** The effect's shape alone, beside words that say the same. */
export const EffectSign = ({ effect, size = 16 }: { effect: Effect; size?: number }) => <svg viewBox="0 0 16 16" width={size} height={size} aria-hidden="true"><path d={effectLook[effect].sign} fill={effectLook[effect].colour} fillRule="evenodd" /></svg>

/** The effect's shape and its word; `word` where another one is truer. */
export function EffectMark({ effect, word }: { effect: Effect; word?: string }) {
  const t = useRuleWords()
  return (
    <span className={`effect effect-${effect}`}>
      <EffectSign effect={effect} />
      {word ?? t(`effect-${effect}`)}
    </span>
  )
}

/** What a zone by itself does now: one that says nothing of the vehicle frees nobody from the zones around it. */
export const useZoneWord = (): ((now: { readonly effect: Effect; readonly decidedBy: object | null }) => string) => {
  const t = useRuleWords()
  return ({ effect, decidedBy }) => (decidedBy ? t(`effect-${effect}`) : t('zone-free'))
}

/** SVG patterns of the strips; ids are the page's own, said once where strips are drawn. */
export function EffectPatterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" style={{ position: 'absolute' }}>
      <defs>
        <pattern id="strip-no-go" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill={colour.overdue} /><path d="M0 4 4 0" stroke="#fff" strokeWidth="0.6" /></pattern>
        <pattern id="strip-pass-needed" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff" /><path d="M-1 1 1-1M0 5 5 0M4 6 6 4" stroke={colour.attention} strokeWidth="1.8" /></pattern>
        <pattern id="strip-limited" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="#fff" /><circle cx="2.5" cy="2.5" r="1.2" fill={colour.link} /></pattern>
        <pattern id="strip-allowed" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#fff" /></pattern>
      </defs>
    </svg>
  )
}

/** What the hatches mean. */
export const EffectLegend = () => {
  const t = useRuleWords()
  return (
    <p className="effect-legend">
      {effects.map((effect) => (
        <span key={effect}>
          <svg width="28" height="14" aria-hidden="true"><rect x="0.5" y="0.5" width="27" height="13" fill={`url(#strip-${effect})`} stroke={effectLook[effect].colour} /></svg>
          {t(`effect-${effect}`)}
        </span>
      ))}
    </p>
  )
}
