import { lazy, Suspense } from 'react'
import { Loading } from '../states.tsx'
import type { CityMapProps } from './city-map-types.ts'
import './map.css'

const CityMap = lazy(() => import('./city-map.tsx'))

/** The map in its own chunk: a page shows its list before the map has loaded. */
export const LazyMap = (props: CityMapProps) => (
  <Suspense fallback={<div className="city-map" style={{ height: props.height ?? '100%' }}><Loading /></div>}>
    <CityMap {...props} />
  </Suspense>
)
