import { commands } from './commands/index.ts'
import { runCommand } from './commands/command.ts'

// The command line; src/commands/ is the only place where rooms are wired together.
process.exitCode = await runCommand(commands, process.argv.slice(2))
