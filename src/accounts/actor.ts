/** Who acts, and over which data. Every query of a room takes the `DataScope` and puts it into its `where`. */
export type Role = 'office-clerk' | 'liaison' | 'enterprise' | 'inspector' | 'administrator' | 'auditor' | 'public'

/**
 * The data a person may see. `cityCode` always; `districtCode` narrows to a district, `unitCode` names the member unit
 * whose tasks are one's own, `enterpriseId` narrows to one firm. `null` means not narrowed by that dimension.
 */
export interface DataScope {
  readonly cityCode: string
  readonly districtCode: string | null
  readonly unitCode: string | null
  readonly enterpriseId: string | null
}

export interface Actor {
  /** null for the public */
  readonly personId: string | null
  readonly name: string
  readonly role: Role
  readonly scope: DataScope
}

/** What a role may do; a route's access rule names one of these. */
export const permissions = {
  'registers:read': ['office-clerk', 'liaison', 'enterprise', 'inspector', 'administrator'],
  'registers:write': ['office-clerk', 'liaison', 'enterprise'],
  'positions:read': ['office-clerk', 'liaison', 'enterprise', 'inspector'],
  'frames:read': ['office-clerk', 'inspector', 'enterprise'],
  'indicators:read': ['office-clerk', 'liaison', 'enterprise', 'inspector'],
  'indicators:measure': ['office-clerk'],
  'programme:read': ['office-clerk', 'liaison', 'inspector'],
  'programme:write': ['office-clerk'],
  'programme:publish': ['office-clerk'],
  'accounts:administer': ['administrator'],
  'audit:read': ['auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export const may = (actor: Actor, permission: Permission): boolean => (permissions[permission] as readonly Role[]).includes(actor.role)

declare module 'fastify' {
  interface FastifyRequest {
    /** set by the accounts plugin before any handler runs; the public when nobody is signed in */
    actor: Actor
  }
}
