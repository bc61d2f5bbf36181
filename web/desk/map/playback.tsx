import { Link } from '@tanstack/react-router'
import type { Halt } from '../../api/journeys.ts'
import { clockText } from '../../shared/format.ts'
import { useMay } from '../session.tsx'
import { rates, type Player, type Rate } from './player.ts'
import { SpeedChart } from './speed-chart.tsx'
import type { TimedPoint } from './timed-point.ts'
import { useMapWords } from './words.ts'

/** Play, rate, time axis with speed; the point shown opens its frame. */
export function Playback({ player, points, halts, here, from, to }: { player: Player; points: readonly TimedPoint[]; halts: readonly Halt[]; here: TimedPoint | undefined; from: number; to: number }) {
  const t = useMapWords()
  const may = useMay()
  return (
    <div>
      <div className="player">
        <button type="button" className="button primary" onClick={player.toggle}>{t(player.playing ? 'pause' : 'play')}</button>
        <label>
          {t('rate')}{' '}
          <select className="plain-select" value={player.rate} onChange={(event) => player.setRate(Number(event.target.value) as Rate)}>
            {rates.map((rate) => <option key={rate} value={rate}>{rate}×</option>)}
          </select>
        </label>
        <input type="range" aria-label={t('timeline')} aria-valuetext={clockText(player.at)} min={from} max={to} step={1000} value={player.at} onChange={(event) => player.setAt(Number(event.target.value))} />
        <span className="nowrap">{here ? t('here', { at: clockText(here.observedAt), speed: Math.round(here.speedKmh) }) : null}</span>
      </div>
      <SpeedChart points={points} halts={halts} from={from} to={to} at={player.at} onPick={player.setAt} />
      <p className="actions small">
        <span className="secondary">{t('speed-chart')}</span>
        {here && may('frames:read') ? <Link to={`/desk/frames/${here.frameId}`}>{t('open-frame')}</Link> : null}
      </p>
    </div>
  )
}
