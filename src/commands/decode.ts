import { createInterface } from 'node:readline'
import { wrongUse, type Command } from './command.ts'

/** `./lvpei decode jt808|gb32960`: one frame in hex a line in, one JSON object a line out, same order; a bad frame is a line too. */
export const decode: Command = {
  name: 'decode',
  summary: 'stdin: one frame in hex a line; stdout: one JSON object a line',
  usage: 'decode jt808|gb32960',
  options: { json: { type: 'boolean' } },
  async run({ positionals }) {
    const { decodeGb32960Line, decodeJt808Line } = await import('../gateways/index.ts')
    const decoders: Record<string, (hex: string) => object> = { jt808: decodeJt808Line, gb32960: decodeGb32960Line }
    const line = decoders[positionals[0] ?? '']
    if (!line || positionals.length > 1) throw wrongUse('decode', `协议应为 ${Object.keys(decoders).join('、')}`)
    let isAllGood = true
    for await (const hex of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      const result = line(hex.trim()) as { ok: boolean }
      isAllGood &&= result.ok
      if (!process.stdout.write(`${JSON.stringify(result)}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
    }
    return isAllGood ? 0 : 1
  },
}
