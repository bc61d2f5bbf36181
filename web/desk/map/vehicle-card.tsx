import { Link } from '@tanstack/react-router'
import type { LivePosition } from '../../api/journeys.ts'
import { dayText, kilometres, momentInText } from '../../shared/format.ts'
import { DataAge } from '../../shared/states.tsx'
import { useSharedWords } from '../../shared/words.ts'
import { useMay } from '../session.tsx'
import { vehicleState } from './vehicle-state.ts'
import { useMapWords } from './words.ts'

/** What is known of the chosen vehicle now, how old it is, and the ways on. */
export function VehicleCard({ position, now, onClose }: { position: LivePosition; now: number; onClose: () => void }) {
  const t = useMapWords()
  const shared = useSharedWords()
  const may = useMay()
  const { vehicleId, plate, enterpriseName, observedAt, speedKmh, socPercent, odometerMetres, source, frameId } = position
  return (
    <aside className="vehicle-card" aria-label={plate}>
      <div className="vehicle-card-head">
        <h2>{plate}</h2>
        <button type="button" className="button small" onClick={onClose}>{shared('close')}</button>
      </div>
      <DataAge at={observedAt} />
      <dl className="pairs">
        <dt>{t('firm')}</dt>
        <dd>{enterpriseName ?? '—'}</dd>
        <dt>{t('vehicle-state')}</dt>
        <dd>{t(vehicleState(position, now))}，{Math.round(speedKmh)} km/h</dd>
        {socPercent === null ? null : (<><dt>{t('soc')}</dt><dd>{Math.round(socPercent)}%</dd></>)}
        {odometerMetres === null ? null : (<><dt>{t('odometer')}</dt><dd>{kilometres(odometerMetres)} km</dd></>)}
        <dt>{t('source')}</dt>
        <dd>{protocolName(source)}，{momentInText(observedAt)}</dd>
      </dl>
      <p className="actions">
        <Link to={`/desk/vehicles/${vehicleId}/track/${dayText(observedAt)}`} className="button">{t('to-track')}</Link>
        <Link to={`/desk/registers/vehicles/${vehicleId}`} className="button">{t('to-register')}</Link>
        {may('frames:read') ? <Link to={`/desk/frames/${frameId}`} className="button">{t('frame')}</Link> : null}
      </p>
    </aside>
  )
}

const protocolNames: Readonly<Record<string, string>> = { jt808: 'JT/T 808', gb32960: 'GB/T 32960' }
export const protocolName = (code: string): string => protocolNames[code] ?? code
