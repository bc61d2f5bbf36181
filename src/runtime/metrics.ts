import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Routes } from './http.ts'

/** What operators watch, at `/metrics` for Prometheus. One registry a platform, so tests can run several in one process. */
export interface Metrics {
  readonly committedFrames: Counter
  readonly commitSeconds: Histogram
  readonly waitingFrames: Gauge
  readonly faults: Counter<'protocol' | 'code'>
  readonly connections: Gauge<'protocol'>
  readonly routes: Routes
}

export function createMetrics(): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  return {
    committedFrames: new Counter({ name: 'lvpei_frames_committed_total', help: 'Frames made durable', registers }),
    commitSeconds: new Histogram({ name: 'lvpei_commit_seconds', help: 'Duration of a group commit', buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2], registers }),
    waitingFrames: new Gauge({ name: 'lvpei_frames_waiting', help: 'Frames received and not yet durable', registers }),
    faults: new Counter({ name: 'lvpei_faults_total', help: 'Faulty frames by protocol and code', labelNames: ['protocol', 'code'] as const, registers }),
    connections: new Gauge({ name: 'lvpei_connections', help: 'Open device connections', labelNames: ['protocol'] as const, registers }),
    routes: async (app) => {
      app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => reply.type(register.contentType).send(await register.metrics()))
    },
  }
}
