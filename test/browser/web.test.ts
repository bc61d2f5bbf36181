import { afterAll, beforeAll, describe, test } from 'vitest'
import { chromiumPath } from './chromium.ts'
import { startGiven, type Given } from './given.ts'
import { accessScenarios } from './access-scenarios.ts'
import { bulletinScenarios } from './bulletin-scenarios.ts'
import { faultScenarios } from './fault-scenarios.ts'
import { figureScenarios } from './figure-scenarios.ts'
import { frameScenarios } from './frame-scenarios.ts'
import { importScenarios } from './import-scenarios.ts'
import { portalScenarios } from './portal-scenarios.ts'
import { registerScenarios } from './register-scenarios.ts'
import type { Scenario } from './scenario.ts'

const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  'the frame': frameScenarios,
  'faulty frames': faultScenarios,
  'from a figure to its rows': figureScenarios,
  registers: registerScenarios,
  'importing a workbook': importScenarios,
  'the bulletin': bulletinScenarios,
  'traffic rules': accessScenarios,
  'the portal': portalScenarios,
}

const reason = chromiumPath() ? '' : ' (skipped: no Chromium on this machine; install Debian\'s chromium and fonts-noto-cjk)'

/** The product in a real browser: started once, looked at by every scenario in turn. */
describe.skipIf(!chromiumPath())(`the web in Chromium${reason}`, () => {
  let given: Given
  beforeAll(async () => {
    given = await startGiven()
  }, 240_000)
  afterAll(() => given?.stop())

  for (const [about, list] of Object.entries(scenarios)) {
    describe(about, () => {
      for (const [sentence, run] of list) test(sentence, () => run(given), 90_000)
    })
  }
})
