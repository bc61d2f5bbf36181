import { lazy, Suspense } from 'react'
import { Loading } from '../states.tsx'
import type { ZoneMapProps } from './zone-map-types.ts'
import '../rules/rules.css'

const ZoneMap = lazy(() => import('./zone-map.tsx'))

/** The zone map in its own chunk: strips and tables are there before it. */
export const LazyZoneMap = (props: ZoneMapProps) => (
  <Suspense fallback={<div className="zone-map"><Loading /></div>}>
    <ZoneMap {...props} />
  </Suspense>
)
