import { useMemo, useState } from 'react'
import type { LivePosition } from '../../api/journeys.ts'
import { ageText } from '../../shared/format.ts'
import { MapIcon } from '../../shared/map/icon.tsx'
import { vehicleState, vehicleStates } from './vehicle-state.ts'
import { useMapWords } from './words.ts'

/** Every vehicle of the map as a list that the keyboard walks: moving first, then by plate. */
export function VehicleList({ positions, chosen, now, onChoose }: { positions: readonly LivePosition[]; chosen: string | null; now: number; onChoose: (id: string) => void }) {
  const t = useMapWords()
  const [search, setSearch] = useState('')
  const shown = useMemo(() => {
    const words = search.trim().toLowerCase()
    const rank = (each: LivePosition) => vehicleStates.indexOf(vehicleState(each, now))
    return positions.filter(({ plate, enterpriseName }) => `${plate} ${enterpriseName ?? ''}`.toLowerCase().includes(words)).sort((a, b) => rank(a) - rank(b) || a.plate.localeCompare(b.plate, 'zh'))
  }, [positions, search, now])
  return (
    <div className="vehicle-list">
      <input className="plain-input" type="search" aria-label={t('find')} placeholder={t('find')} value={search} onChange={(event) => setSearch(event.target.value)} />
      <ul aria-label={t('list')}>
        {shown.slice(0, 500).map((each) => (
          <li key={each.vehicleId}>
            <button type="button" aria-pressed={each.vehicleId === chosen} onClick={() => onChoose(each.vehicleId)}>
              <MapIcon name={vehicleState(each, now)} />
              <b>{each.plate}</b>
              <span className="numeric">{Math.round(each.speedKmh)} km/h</span>
              <small>{each.enterpriseName ?? '—'}</small>
              <small className="numeric">{ageText(each.observedAt, now)}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
