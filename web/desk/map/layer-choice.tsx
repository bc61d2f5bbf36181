import { MapIcon } from '../../shared/map/icon.tsx'
import type { IconName } from '../../shared/map/icons.ts'
import { placeLayers, type PlaceLayer } from './place-layers.ts'
import { vehicleStates } from './vehicle-state.ts'
import { useMapWords } from './words.ts'

const layerIcons: Readonly<Record<PlaceLayer, IconName>> = { 'nodes': 'node-1', 'stop-points': 'stop-point', 'charging-stations': 'charging' }

/** Legend and layer switches in one: what a mark means stands where it is switched on. */
export function LayerChoice({ layers, onChange }: { layers: readonly PlaceLayer[]; onChange: (layers: readonly PlaceLayer[]) => void }) {
  const t = useMapWords()
  return (
    <div className="legend" role="group" aria-label={t('layers')}>
      {vehicleStates.map((state) => <span key={state}><MapIcon name={state} />{t(state)}</span>)}
      {placeLayers.map((layer) => (
        <label key={layer}>
          <input type="checkbox" checked={layers.includes(layer)} onChange={(event) => onChange(event.target.checked ? [...layers, layer] : layers.filter((each) => each !== layer))} />
          <MapIcon name={layerIcons[layer]} />
          {t(layer)}
        </label>
      ))}
    </div>
  )
}
