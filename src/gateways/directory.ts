import type { SourceProtocol } from '../events/index.ts'

/** What gateways need to know about vehicles, and all they know: `main.ts` hands it in, backed by the register. */
export interface TerminalDirectory {
  /** The vehicle a terminal belongs to today; `terminal` is a phone number or a VIN. Asked again every minute while a device talks. */
  find(protocol: SourceProtocol, terminal: string): Promise<{ readonly vehicleId: string; readonly plate: string } | null>
  issueAuthCode(terminal: string): Promise<string>
  checkAuthCode(terminal: string, code: string): Promise<boolean>
}

/** Phone numbers come with or without leading zeros, and 2019 headers pad to 20 digits: this form is the same for all of them. */
export const canonicalPhone = (phone: string): string => phone.replace(/^0+(?=.)/, '')
