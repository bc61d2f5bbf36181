import { useSharedWords } from './words.ts'

export const paces = ['done', 'on-pace', 'behind', 'far-behind', 'unknown'] as const
export type Pace = (typeof paces)[number]

/** One shape a pace, so that it reads in grey: tick, disc, triangle, square, ring. */
const shapes: Readonly<Record<Pace, string>> = {
  'done': 'M2 6.5 5 9.5 10.5 3',
  'on-pace': 'M6 2a4 4 0 1 1 0 8a4 4 0 0 1 0-8z',
  'behind': 'M6 1.5 11 10.5H1z',
  'far-behind': 'M2 2H10V10H2z',
  'unknown': 'M6 2.2a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 0 1 0-7.6z',
}

/** The light with its word and, beneath or beside, the reason. */
export function PaceLight({ pace, reason }: { pace: Pace; reason?: string | null | undefined }) {
  const t = useSharedWords()
  const outlined = pace === 'done' || pace === 'unknown'
  return (
    <span className={`pace pace-${pace}`}>
      <span className="pace-word">
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d={shapes[pace]} fill={outlined ? 'none' : 'currentColor'} stroke={outlined ? 'currentColor' : 'none'} strokeWidth={outlined ? 2 : 0} strokeDasharray={pace === 'unknown' ? '2 1.5' : undefined} />
        </svg>
        <b>{t(`pace-${pace}`)}</b>
      </span>
      {reason ? <span className="pace-reason">{reason}</span> : null}
    </span>
  )
}
