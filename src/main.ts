import { commands } from './commands/index.ts'
import { runCommand } from './commands/command.ts'

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

// The command line; src/commands/ is the only place where rooms are wired together.
process.exitCode = await runCommand(commands, process.argv.slice(2))
