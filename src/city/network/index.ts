/** The quiet base map and the street graph. */
export { layerNames, readLayer, readLayerText, streetClasses } from './layers.ts'
export type { Feature, Geometry, Layer, LayerName, Position, StreetClass, StreetProperties } from './layers.ts'
export { buildStreetGraph, classOfEdge, countReachable, type StreetGraph } from './graph.ts'
export { pathTo, shortestPathsFrom, type PathTree } from './derive-shortest-paths.ts'
export { networkRoutes } from './routes.ts'
