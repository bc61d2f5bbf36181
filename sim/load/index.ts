/** The load generator: real protocol clients against real ports. */
export { runLoad, type LoadOptions, type LoadReport } from './run-load.ts'
