import { expect, test } from 'vitest'
import { covers, may, permissions, permissionsOf, personRoles, type Permission, type Role } from './actor.ts'
import { maskIdentityNumber, maskName, maskPhone } from './mask.ts'

test('a scope covers what lies in every dimension it is narrowed by', () => {
  const city = { cityCode: 'a', districtCode: null, unitCode: null, enterpriseId: null }
  const cases: [boolean, Parameters<typeof covers>[0], Parameters<typeof covers>[1]][] = [
    [true, city, { cityCode: 'a', districtCode: 'x', enterpriseId: 'e' }],
    [false, city, { cityCode: 'b' }],
    [true, { ...city, districtCode: 'x' }, { cityCode: 'a', districtCode: 'x' }],
    [false, { ...city, districtCode: 'x' }, { cityCode: 'a', districtCode: 'y' }],
    [false, { ...city, districtCode: 'x' }, { cityCode: 'a', districtCode: null }],
    [true, { ...city, districtCode: 'x' }, { cityCode: 'a' }],
    [true, { ...city, enterpriseId: 'e' }, { cityCode: 'a', districtCode: 'y', enterpriseId: 'e' }],
    [false, { ...city, enterpriseId: 'e' }, { cityCode: 'a', enterpriseId: 'f' }],
    [false, { ...city, enterpriseId: 'e' }, { cityCode: 'a', enterpriseId: null }],
    [false, { ...city, districtCode: 'x', enterpriseId: 'e' }, { cityCode: 'a', districtCode: 'y', enterpriseId: 'e' }],
  ]
  for (const [expected, scope, thing] of cases) expect(covers(scope, thing), JSON.stringify([scope, thing])).toBe(expected)
})

test('three powers stay apart: no role holds two of doing the work, keeping accounts and reading the audit', () => {
  const power = (permission: Permission) => (permission === 'accounts:administer' ? 'accounts' : permission === 'audit:read' ? 'audit' : 'work')
  for (const role of personRoles) expect(new Set(permissionsOf(role).map(power)).size, role).toBe(1)
  expect(permissionsOf('administrator')).toEqual(['accounts:administer'])
  expect(permissionsOf('auditor')).toEqual(['audit:read'])
  expect(permissionsOf('public')).toEqual([])
  for (const permission of Object.keys(permissions) as Permission[]) expect(personRoles.filter((role: Role) => may({ role }, permission)).length, permission).toBeGreaterThan(0)
})

test('personal data is masked', () => {
  expect(maskPhone('13800001234')).toBe('138****1234')
  expect(maskPhone('85801234')).toBe('****34')
  expect(maskIdentityNumber('320700199001011234')).toBe('3207**********1234')
  expect(maskIdentityNumber('123')).toBe('***')
  expect([maskName('张'), maskName('张三'), maskName('王小明'), maskName('欧阳修远')]).toEqual(['*', '张*', '王**', '欧阳**'])
})
