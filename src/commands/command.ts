import { parseArgs, type ParseArgsConfig } from 'node:util'
import { declareProblems, problemLine, ProblemError } from '../base/problems.ts'

type OptionTable = NonNullable<ParseArgsConfig['options']>
export type OptionValues = Record<string, string | boolean | (string | boolean)[] | undefined>

/** One command of `./lvpei`. Exit codes: 0 done · 1 the answer is no or some input had problems · 2 wrong use. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: string
  readonly options: OptionTable
  /** Loaded only when the command runs, so that `decode` does not load the web server. */
  run(args: { values: OptionValues; positionals: string[] }): Promise<number>
}

const problem = declareProblems('commands', {
  'wrong-use': { message: '命令用法有误：{reason}', cause: '参数缺失、多余或取值不对', action: '请运行 ./lvpei {command} --help 查看用法' },
})
export const wrongUse = (command: string, reason: string): ProblemError => new ProblemError(problem('wrong-use', { command, reason }), 2)

/** An option that must be there. */
export function required(command: string, values: OptionValues, name: string): string {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw wrongUse(command, `缺少 --${name}`)
  return value
}

const overview = (commands: readonly Command[]): string =>
  ['绿配 Lvpei', '', ...commands.map((each) => `  ./lvpei ${each.usage.padEnd(64)} ${each.summary}`), '', 'Every command: --help; --json where it prints data.', ''].join('\n')

const help = (command: Command): string =>
  [`./lvpei ${command.usage}`, '', command.summary, '', ...Object.keys({ ...command.options, help: {} }).map((name) => `  --${name}`), ''].join('\n')

export async function runCommand(commands: readonly Command[], args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(overview(commands))
    return name === undefined ? 2 : 0
  }
  const command = commands.find((each) => each.name === name)
  if (!command) {
    process.stderr.write(`${problemLine(problem('wrong-use', { command: '', reason: `没有命令 ${name}` }))}\n`)
    return 2
  }
  try {
    const { values, positionals } = parseArgs({ args: rest, options: { ...command.options, help: { type: 'boolean' } }, allowPositionals: true, strict: true })
    if (values['help']) {
      process.stdout.write(help(command))
      return 0
    }
    return await command.run({ values: values as OptionValues, positionals })
  } catch (error) {
    return failed(command, error)
  }
}

function failed(command: Command, error: unknown): number {
  if (error instanceof ProblemError) {
    for (const each of error.problems) process.stderr.write(`${problemLine(each)}\n`)
    return error.problems.some((each) => each.code === 'wrong-use') ? 2 : 1
  }
  if (error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${problemLine(problem('wrong-use', { command: command.name, reason: error.message }))}\n`)
    return 2
  }
  throw error
}
