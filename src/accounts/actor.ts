/** Who acts, and over which data. Every query of a room takes the `DataScope` and puts it into its `where`. */
export const personRoles = ['office-clerk', 'liaison', 'enterprise', 'inspector', 'administrator', 'auditor'] as const
export type PersonRole = (typeof personRoles)[number]
export type Role = PersonRole | 'public'

/** Names people see. */
export const roleNames: Readonly<Record<Role, string>> = {
  'office-clerk': '示范办经办人',
  liaison: '成员单位联络员',
  enterprise: '企业调度员',
  inspector: '督查人员',
  administrator: '系统管理员',
  auditor: '安全审计员',
  public: '公众',
}

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

/**
 * What a role may do; a route's access rule names one of these. Three powers stay apart (等保三级 三员分立): the administrator
 * keeps accounts and sees no business data, the auditor reads the audit and nothing else, everybody else does the work.
 */
export const permissions = {
  'registers:read': ['office-clerk', 'liaison', 'enterprise', 'inspector'],
  'registers:write': ['office-clerk', 'liaison', 'enterprise'],
  'positions:read': ['office-clerk', 'liaison', 'enterprise', 'inspector'],
  'frames:read': ['office-clerk', 'inspector', 'enterprise'],
  'indicators:read': ['office-clerk', 'liaison', 'enterprise', 'inspector'],
  'indicators:measure': ['office-clerk'],
  'programme:read': ['office-clerk', 'liaison', 'inspector'],
  'programme:write': ['office-clerk'],
  'programme:publish': ['office-clerk'],
  'access:read': ['office-clerk', 'liaison', 'inspector'],
  'access:write': ['office-clerk'],
  'access:publish': ['office-clerk'],
  'accounts:administer': ['administrator'],
  'audit:read': ['auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

export const may = (actor: Pick<Actor, 'role'>, permission: Permission): boolean => (permissions[permission] as readonly Role[]).includes(actor.role)

export const permissionsOf = (role: Role): Permission[] => (Object.keys(permissions) as Permission[]).filter((each) => may({ role }, each))

/** The public of a city: no name, the whole city in scope, no permission. */
export const publicActor = (cityCode: string): Actor => ({ personId: null, name: '公众', role: 'public', scope: { cityCode, districtCode: null, unitCode: null, enterpriseId: null } })

/**
 * Whether a thing lies inside a scope. Name every dimension the thing has; one it lacks (a notice has no enterprise) is left
 * out and then asks nothing. A dimension given as null (a site without district) is outside a scope narrowed by it.
 */
export function covers(scope: DataScope, thing: { cityCode: string; districtCode?: string | null; enterpriseId?: string | null }): boolean {
  if (thing.cityCode !== scope.cityCode) return false
  if (scope.districtCode !== null && thing.districtCode !== undefined && thing.districtCode !== scope.districtCode) return false
  return scope.enterpriseId === null || thing.enterpriseId === undefined || thing.enterpriseId === scope.enterpriseId
}

declare module 'fastify' {
  interface FastifyRequest {
    /** set by the accounts plugin before any handler runs; the public when nobody is signed in */
    actor: Actor
  }
}
