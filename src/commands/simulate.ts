import { systemClock } from '../runtime/clock.ts'
import { wrongUse, type Command, type OptionValues } from './command.ts'

function number(values: OptionValues, name: string, { standard, least = 0, most = Infinity }: { standard?: number; least?: number; most?: number }): number | undefined {
  const text = values[name]
  if (text === undefined) return standard
  const value = Number(text)
  if (!Number.isFinite(value) || value < least || value > most) throw wrongUse('simulate', `--${name} 应为 ${least}${most === Infinity ? ' 以上' : `–${most}`} 的数`)
  return value
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/

/** `./lvpei simulate`: the load generator. Exit 1 when a terminal was turned away or a frame was not acknowledged. */
export const simulate: Command = {
  name: 'simulate',
  summary: 'load generator: real JT/T 808 and GB/T 32960 clients against real ports; prints sent, acknowledged, latencies',
  usage: 'simulate --jt808 PORT [--gb32960 PORT] [--terminals 40] [--rate 200 | --burst]',
  options: {
    host: { type: 'string' }, jt808: { type: 'string' }, gb32960: { type: 'string' }, terminals: { type: 'string' }, rate: { type: 'string' }, seconds: { type: 'string' },
    seed: { type: 'string' }, batch: { type: 'string' }, burst: { type: 'boolean' }, 'allow-remote': { type: 'boolean' }, json: { type: 'boolean' },
  },
  async run({ values, positionals }) {
    if (positionals.length > 0) throw wrongUse('simulate', `多余的参数 ${positionals.join(' ')}`)
    const host = typeof values['host'] === 'string' ? values['host'] : '127.0.0.1'
    if (!loopback.test(host) && !values['allow-remote']) throw wrongUse('simulate', `${host} 不是本机；确要对别的机器施加负载，请加 --allow-remote`)
    const [jt808Port, gb32960Port] = [number(values, 'jt808', { least: 1, most: 65_535 }), number(values, 'gb32960', { least: 1, most: 65_535 })]
    if (jt808Port === undefined && gb32960Port === undefined) throw wrongUse('simulate', '请用 --jt808 或 --gb32960 给出端口')
    const { runLoad } = await import('../../sim/load/index.ts')
    const report = await runLoad({
      host, jt808Port, gb32960Port,
      terminals: number(values, 'terminals', { standard: 40, least: 1, most: 10_000 })!,
      rate: number(values, 'rate', { standard: 200, least: 1 })!,
      seconds: number(values, 'seconds', { standard: 10, least: 1, most: 3600 })!,
      seed: number(values, 'seed', { standard: 1 })!,
      batch: number(values, 'batch', { standard: 1, least: 1, most: 24 })!,
      burst: values['burst'] === true,
      clock: systemClock,
      now: () => performance.now(),
    })
    process.stdout.write(values['json'] ? `${JSON.stringify(report)}\n` : textOf(report))
    return report.connected === report.terminals && report.acknowledged === report.sent ? 0 : 1
  },
}

type Report = Awaited<ReturnType<typeof import('../../sim/load/index.ts')['runLoad']>>

const textOf = (report: Report): string =>
  [
    `terminals     ${report.connected} of ${report.terminals} connected${report.turnedAway > 0 ? `, ${report.turnedAway} turned away` : ''}${report.brokenLines > 0 ? `, ${report.brokenLines} lines broken` : ''}`,
    `frames        ${report.sent} sent, ${report.acknowledged} acknowledged, ${report.refused} refused, ${report.unanswered} unanswered in ${report.seconds} s`,
    `throughput    ${report.acknowledgedPerSecond} frames/s, ${report.positionsPerSecond} positions/s`,
    `latency (ms)  p50 ${report.latencyMs.p50 ?? '–'}  p95 ${report.latencyMs.p95 ?? '–'}  p99 ${report.latencyMs.p99 ?? '–'}  max ${report.latencyMs.max ?? '–'}`,
    '',
  ].join('\n')
