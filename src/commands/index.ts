import { backup, restore } from './backup.ts'
import { bench } from './bench.ts'
import type { Command } from './command.ts'
import { decode } from './decode.ts'
import { docs } from './docs.ts'
import { importWorkbook } from './import.ts'
import { mayCommand } from './may.ts'
import { measure } from './measure.ts'
import { plan } from './plan.ts'
import { profile } from './profile.ts'
import { report } from './report.ts'
import { roads } from './roads.ts'
import { simulate } from './simulate.ts'
import { start } from './start.ts'
import { verify } from './verify.ts'

/** Every command, in the order of `--help`. */
export const commands: readonly Command[] = [start, profile, decode, importWorkbook, measure, mayCommand, report, plan, roads, simulate, verify, backup, restore, bench, docs]
