import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf, worldDirectory } from './files.ts'
import { generateWorld } from './generate.ts'

// node tools/run.mjs exec node sim/world/write.ts — writes cities/demo/world anew after a change of the generator.
mkdirSync(worldDirectory, { recursive: true })
for (const [name, text] of filesOf(generateWorld())) {
  writeFileSync(join(worldDirectory, name), text)
  process.stdout.write(`${name} ${Math.ceil(text.length / 1000)} kB\n`)
}
