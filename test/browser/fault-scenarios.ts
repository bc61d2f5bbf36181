import { expect } from 'vitest'
import { jt808 } from '../../src/gateways/index.ts'
import { Peer } from '../gateway-peer.ts'
import { overflowOf } from './chromium.ts'
import type { Given } from './given.ts'
import { looking, type Scenario } from './scenario.ts'

const stranger = '013900009999'

/** A heartbeat (0x0002) of a terminal with a checksum that is never right and never needs escaping. */
function brokenHeartbeat(phone: string): Uint8Array {
  const plain = Buffer.from(`00020000${phone.padStart(12, '0')}0009`, 'hex')
  const right = plain.reduce((sum, byte) => sum ^ byte, 0)
  return Buffer.from([0x7e, ...plain, right === 0 ? 1 : 0, 0x7e])
}

/** A vehicle's terminal says who it is and then sends a broken frame; a terminal nobody registered knocks. */
async function sendFaults({ jt808Port, truck }: Given): Promise<void> {
  const registration = { province: 32, city: 700, manufacturerId: 'QGDEV', terminalModel: 'LP-100', terminalId: '0000009', plateColor: 94, plateNo: '' }
  for (const phone of [truck.terminalPhone, stranger]) {
    const peer = await Peer.connect(jt808Port, new jt808.FrameSplitter())
    peer.send(jt808.registerFrame({ phone: phone.padStart(12, '0'), version: '2011/2013' }, 0, registration))
    await peer.waitFor(1)
    if (phone !== stranger) peer.send(brokenHeartbeat(phone))
    peer.socket.end()
    await peer.waitForClose()
  }
}

export const faultScenarios: readonly Scenario[] = [
  ['a broken frame sent to the port is found on the page, said in words, and opens to its bytes', (given) =>
    looking(given, { account: 'clerk' }, async ({ page, context }) => {
      await page.goto('/desk/faults')
      await page.getByText('没有有问题的报文').waitFor()
      await sendFaults(given)
      await expect.poll(async () => ((await (await context.request.get('/api/v1/frames?fault=true')).json()) as { items: unknown[] }).items.length).toBe(2)
      await page.reload()
      const table = page.getByRole('region', { name: '有问题的报文' })
      await table.getByRole('row').filter({ hasText: stranger }).filter({ hasText: '终端未登记' }).filter({ hasText: '未能认出车辆' }).waitFor()
      const reason = page.getByRole('button', { name: /校验码不符/ })
      expect(await reason.textContent()).toMatch(/1$/)
      await reason.click()
      await page.waitForURL(/code=checksum-mismatch/)
      await table.getByRole('row').filter({ hasText: stranger }).waitFor({ state: 'detached' })
      await table.getByRole('row').filter({ hasText: given.truck.plate }).filter({ hasText: 'JT/T 808' }).click()
      await page.waitForURL(/\/desk\/frames\//)
      await page.getByText(/校验码不符.*checksum-mismatch/).waitFor()
      const bytes = Buffer.from(brokenHeartbeat(given.truck.terminalPhone)).toString('hex').match(/../g)!.join(' ')
      expect(await page.locator('.hex').textContent()).toContain(bytes)
      await page.goBack()
      await page.waitForURL(/code=checksum-mismatch/)
      await page.getByRole('button', { name: '清除条件' }).click()
      await page.getByRole('button', { name: 'English' }).click()
      await page.getByRole('button', { name: /Wrong checksum/ }).waitFor()
      await page.getByRole('button', { name: '中文' }).click()
    })],
  ['on a phone the faulty frames fit, and a reason without frames says so', (given) =>
    looking(given, { account: 'inspector', width: 390, height: 844 }, async ({ page }) => {
      await sendFaults(given)
      await page.goto('/desk/faults')
      await page.getByRole('button', { name: /终端未登记/ }).waitFor()
      expect(await overflowOf(page)).toBe(0)
      await page.goto('/desk/faults?code=body-malformed')
      await page.getByText('当前条件下没有报文').waitFor()
      expect(await overflowOf(page)).toBe(0)
    })],
]
