import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { systemClock } from '../runtime/clock.ts'
import { lockDataDirectory } from '../runtime/instance-lock.ts'
import { createLog } from '../runtime/log.ts'
import { readSettings } from '../runtime/settings.ts'
import { wrongUse, type Command, type OptionValues } from './command.ts'
import type { Part, Platform } from './platform.ts'

/** Where the web listens unless told otherwise. */
export const defaultWebPort = 8080

const allParts: readonly Part[] = ['gateway', 'web', 'jobs']

function port(values: OptionValues, name: string, standard: number): number {
  const text = values[name]
  if (text === undefined) return standard
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw wrongUse('start', `--${name} 应为 0–65535 的端口号`)
  return number
}

function partsOf(text: unknown): ReadonlySet<Part> {
  const wanted = typeof text === 'string' ? text.split(',').map((each) => each.trim()) : allParts
  const unknown = wanted.filter((each) => !(allParts as readonly string[]).includes(each))
  if (unknown.length > 0) throw wrongUse('start', `--parts 只能是 ${allParts.join('、')}，没有 ${unknown.join('、')}`)
  return new Set(wanted as Part[])
}

/**
 * Resolves at the first SIGINT, SIGTERM or SIGHUP. The handlers stay: a terminal signals the whole group and the bootstrap passes
 * the signal on as well, and the second one must not cut the orderly stop short.
 */
const stopSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal))
  })

/** `npm start` = `./lvpei start`: everything on this machine, until a signal comes. */
export const start: Command = {
  name: 'start',
  summary: 'embedded database, demo city, gateways, web, simulated fleet; stops cleanly on SIGINT/SIGTERM',
  usage: 'start [--port 8080] [--data DIR] [--no-sim] [--parts gateway,web,jobs]',
  options: {
    port: { type: 'string' }, jt808: { type: 'string' }, gb32960: { type: 'string' },
    data: { type: 'string' }, 'no-sim': { type: 'boolean' }, speed: { type: 'string' }, months: { type: 'string' }, parts: { type: 'string' },
  },
  async run({ values, positionals }) {
    if (positionals.length > 0) throw wrongUse('start', `多余的参数 ${positionals.join(' ')}`)
    const settings = { ...readSettings(), ...(typeof values['data'] === 'string' && { dataDirectory: resolve(values['data']) }) }
    const parts = partsOf(values['parts'])
    const ports = { web: port(values, 'port', defaultWebPort), jt808: port(values, 'jt808', 7611), gb32960: port(values, 'gb32960', 7612) }
    const say = (text: string): void => void process.stderr.write(`lvpei: ${text}\n`)
    const signal = stopSignal()
    const unlock = lockDataDirectory(settings.dataDirectory)
    try {
      if (parts.has('web')) buildWeb(settings.root)
      const { startPlatform } = await import('./platform.ts')
      const platform = await startPlatform({ settings, parts, ports, say, clock: systemClock, log: createLog(settings.logLevel) })
      const stopSimulation = parts.has('gateway') && !values['no-sim'] ? await simulate(platform, values, say) : undefined
      announce(platform)
      say(`${await signal}: stopping …`)
      await stopSimulation?.()
      await platform.stop()
      say('stopped; everything acknowledged is on disk')
      return 0
    } finally {
      unlock()
    }
  },
}

function buildWeb(root: string): void {
  const run = spawnSync(process.execPath, [join(root, 'tools', 'build-web.mjs')], { stdio: 'inherit' })
  if (run.status !== 0) process.stderr.write('lvpei: starting without pages; the interfaces and gateways work\n')
}

async function simulate(platform: Platform, values: OptionValues, say: (text: string) => void): Promise<(() => Promise<void>) | undefined> {
  const { startDemoFleet } = await import('./demo.ts')
  return startDemoFleet(platform, { speed: Number(values['speed'] ?? 1), months: Number(values['months'] ?? 6), say })
}

/** What a person needs now, on stdout. */
function announce({ webAddress, gateways, seeded }: Platform): void {
  const lines = [
    '',
    '绿配 Lvpei 已启动',
    ...(webAddress ? [`  公众门户　　${webAddress}/`, `  工作台　　　${webAddress}/desk`, `  接口说明　　${webAddress}/api/v1/openapi.json`] : []),
    ...(gateways ? [`  JT/T 808　　${gateways.addresses.jt808}`, `  GB/T 32960　${gateways.addresses.gb32960}`] : []),
    ...(seeded.accounts.length > 0 ? ['', '演示账号（仅限虚构的演示城市）'] : []),
    ...seeded.accounts.map(({ account, name, password }) => `  ${account.padEnd(14)} ${password}　${name}`),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
