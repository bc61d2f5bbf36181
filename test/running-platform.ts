import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The product as its own process, the way a person starts it. */
export interface RunningPlatform {
  readonly process: ChildProcess
  /** http://127.0.0.1:port, '' without the web part */
  readonly web: string
  readonly jt808Port: number
  readonly gb32960Port: number
  /** ends it in order and waits */
  stop(): Promise<number | null>
  /** kill -9, no chance to clean up */
  kill(): Promise<void>
}

/** Runs `src/main.ts start` on ephemeral ports in a data directory and waits until it says that it runs. */
export async function startPlatformProcess({ dataDirectory, parts = 'gateway,web,jobs', args = ['--no-sim'] }: { dataDirectory: string; parts?: string; args?: readonly string[] }): Promise<RunningPlatform> {
  const command = ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), 'start', '--port', '0', '--jt808', '0', '--gb32960', '0', '--data', dataDirectory, '--parts', parts, ...args]
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LVPEI_LOG: 'warn' } })
  let said = ''
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-8000)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      // The last line of the announcement is empty; the ports are there before it.
      if (/GB\/T 32960.*\d+\n/.test(said) || (!parts.includes('gateway') && said.includes('openapi.json'))) resolve()
    })
    void ended.then((code) => reject(new Error(`the platform ended with ${code}: ${complaints}`)))
  })
  const port = (name: string): number => Number(new RegExp(`${name}[^\\n]*:(\\d+)\\n`).exec(said)?.[1] ?? 0)
  return {
    process: child,
    web: /(http:\/\/[\d.]+:\d+)\//.exec(said)?.[1] ?? '',
    jt808Port: port('JT/T 808'),
    gb32960Port: port('GB/T 32960'),
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
