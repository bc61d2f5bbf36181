import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What tests put into the system's temporary folder goes into one of the run's own, which leaves with it. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'lvpei-run-'))
  // the database runs as another user when the tests run as root, and has to get through
  chmodSync(folder, 0o711)
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  return () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    rmSync(folder, { recursive: true, force: true })
  }
}
