import { start } from './start.ts'
import { profile } from './profile.ts'
import { decode } from './decode.ts'
import { verify } from './verify.ts'
import type { Command } from './command.ts'

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [start, profile, decode, verify]
