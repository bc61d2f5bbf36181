import type { Actor } from '../accounts/actor.ts'
import type { Problem } from '../base/problems.ts'
import type { AnyRegister } from './define.ts'
import { registerProblem as problem } from './problems.ts'

/** May this person write rows of this register at all, and a row that belongs to this district and firm? Undefined: yes. */
export function checkAuthority(register: AnyRegister, actor: Actor, row?: { readonly districtCode: string | null; readonly enterpriseId: string | null }): Problem | undefined {
  const refuse = (reason: string) => problem('write-outside-scope', { reason })
  if (!register.writers.includes(actor.role)) return refuse(`${register.title}登记由其他角色维护`)
  if (!row) return undefined
  const { districtCode, enterpriseId } = actor.scope
  if (districtCode !== null && row.districtCode !== districtCode) return refuse('它不属于您所在的县区')
  if (enterpriseId !== null && row.enterpriseId !== enterpriseId) return refuse('它不属于您的企业')
  return undefined
}
