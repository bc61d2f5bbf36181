/** Indicators: values measured from registers and journeys, each with its rows, recorded for ever and verifiable. */
export type { Combine, IndicatorValue, Measured, MeasuredRow, Snapshot } from './types.ts'
export { definitionOf, listDefinitions } from './definitions/index.ts'
export type { IndicatorDefinition, IndicatorSources, MeasureInput, MeasureWindow } from './definition.ts'
export { measureCity, type MeasureRequest } from './measure.ts'
export { findFact, liveId, recordMeasurement, type Fact, type ProfileDirectory, type RecordRequest } from './facts.ts'
export { listLatestValues, listValuesOf, type RecordedValue } from './store.ts'
export { verifyLineage, type LineageFault, type LineageReport } from './verify.ts'
