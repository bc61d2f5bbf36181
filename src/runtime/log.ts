import { pino, type Logger } from 'pino'

export type Log = Logger

/** Structured log on stderr; stdout belongs to commands that print data. Secrets never reach it. */
export const createLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['password', '*.password', 'req.headers.cookie', 'req.headers.authorization'] }, pino.destination(2))
