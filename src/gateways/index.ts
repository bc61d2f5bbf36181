/** The door of the gateways: the servers for `main.ts`, the decoders for the command line, the device side for `sim/`. */
export type { FrameServer } from './connection/index.ts'
export type { TerminalDirectory } from './directory.ts'
export { createHmacAuthCodes } from './hmac-auth-codes.ts'
export { decodeGb32960Line, startGb32960Server } from './gb32960/index.ts'
export type { Gb32960ServerOptions } from './gb32960/index.ts'
export { decodeJt808Line, startJt808Server } from './jt808/index.ts'
export type { Jt808ServerOptions } from './jt808/index.ts'
/** Codecs and device side of each protocol, under its name: `jt808.positionFrame`, `gb32960.realtimeFrame`. */
export * as gb32960 from './gb32960/index.ts'
export * as jt808 from './jt808/index.ts'
export { findEpochMs, wallClockOf } from './wire/index.ts'
