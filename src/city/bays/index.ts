/** Stop points and the bays they hold. */
export { areaKinds, stopPointKinds, stopPointRegister, stopPointStatuses, type StopPoint } from './register.ts'
export { listPublicStopPoints } from './public-stop-points.ts'
