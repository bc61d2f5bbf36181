import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { declareProblems, ProblemError } from '../base/problems.ts'

const problem = declareProblems('runtime', {
  'already-running': { message: '数据目录 {directory} 正由进程 {pid} 使用', cause: '同一数据目录只能有一个实例', action: '请先停止该进程，或用 --data 指定另一个目录' },
})

/** Whether a process with this id is alive and not a stranger that got the id later (compared by its start time where the system tells). */
function isAlive(pid: number, startedAt: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return startedAt === '' || startTimeOf(pid) === startedAt
}

/** Clock ticks since boot at which a process started (Linux); '' elsewhere. */
function startTimeOf(pid: number): string {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return ''
  const text = readFileSync(file, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

/** Whether a living process holds a data directory. */
export function isDataDirectoryLocked(directory: string): boolean {
  const file = join(directory, 'lvpei.pid')
  if (!existsSync(file)) return false
  const [pid, startedAt = ''] = readFileSync(file, 'utf8').split(' ')
  return Boolean(pid) && isAlive(Number(pid), startedAt)
}

/** One instance a data directory: throws the problem `already-running`, or returns how to let go. A lock left by a killed process is taken over. */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'lvpei.pid')
  for (let tries = 0; tries < 3; tries++) {
    try {
      const handle = openSync(file, 'wx', 0o644)
      writeSync(handle, `${process.pid} ${startTimeOf(process.pid)}`)
      closeSync(handle)
      return () => rmSync(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [pid, startedAt = ''] = readFileSync(file, 'utf8').split(' ')
      if (pid && isAlive(Number(pid), startedAt)) throw new ProblemError(problem('already-running', { directory, pid }), 409)
      rmSync(file, { force: true })
    }
  }
  throw new Error(`could not lock ${directory}`)
}
