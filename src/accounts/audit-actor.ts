import type { Role } from './actor.ts'

/** Who did an audited thing: an `Actor`, or the installation itself. */
export interface AuditActor {
  readonly personId: string | null
  readonly name: string
  readonly role: Role | 'system'
  readonly scope: { readonly cityCode: string | null }
}

/** The program acting by itself (jobs, commands on the machine), for a city or for the whole installation. */
export const systemActor = (name: string, cityCode: string | null = null): AuditActor => ({ personId: null, name, role: 'system', scope: { cityCode } })

export interface AuditRecord {
  readonly actor: AuditActor
  /** what was done, `room.verb`: `session.sign-in`, `registers.import`, `reports.publish` */
  readonly action: string
  /** what it was done to, `kind/id`: `person/0198…`; empty when there is no single thing */
  readonly object: string
  /** particulars as JSON; no passwords, no more personal data than the purpose needs */
  readonly detail?: Readonly<Record<string, unknown>>
}
