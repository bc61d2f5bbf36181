import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { problemLine } from '../base/problems.ts'
import { wrongUse, type Command } from './command.ts'

/** `./lvpei profile check DIR`. */
export const profile: Command = {
  name: 'profile',
  summary: 'validates a city profile; prints units, tasks, targets; problems with file, line, field',
  usage: 'profile check DIR',
  options: { json: { type: 'boolean' } },
  async run({ values, positionals }) {
    const [verb, directory] = positionals
    if (verb !== 'check' || !directory || positionals.length > 2) throw wrongUse('profile', '应为 profile check DIR')
    if (!existsSync(directory)) throw wrongUse('profile', `没有目录 ${directory}`)
    const { checkProfileCommand } = await import('../profiles/index.ts')
    const { text, json, problems } = checkProfileCommand(resolve(directory))
    process.stdout.write(values['json'] ? `${JSON.stringify(json)}\n` : `${text}\n`)
    for (const each of problems) process.stderr.write(`${problemLine(each)}\n`)
    return problems.length > 0 ? 1 : 0
  },
}
