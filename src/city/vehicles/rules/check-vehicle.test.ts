import { expect, it } from 'vitest'
import { checkVehicle, severityOf } from './check-vehicle.ts'

const context = { cityCode: '990100', today: '2025-06-01', divisions: [] }
const truck = { plate: '苏GD12345', plateColour: '95', category: 'delivery-truck', energy: 'bev', bodyType: 'box', vin: 'LVPDEMA00P0000001', registeredOn: '2024-03-01', grossMassKg: 4495, loadMassKg: 1500 }
const codes = (change: object) => checkVehicle({ ...truck, ...change }, context).map((each) => `${each.field} ${each.problem.code}`)

it('a sound truck has no problems', () => expect(codes({})).toEqual([]))

it.each([
  [{ plateColour: '94' }, 'plateColour plate-colour-differs'],
  [{ plate: '苏G12345D', plateColour: '95' }, 'plateColour plate-colour-differs'],
  [{ plate: '苏G12345', plateColour: '95' }, 'plateColour plate-colour-differs'],
  [{ energy: 'diesel' }, 'energy plate-energy-differs'],
  [{ energy: 'phev' }, 'energy plate-energy-differs'],
  [{ plate: '苏GF12345' }, 'energy plate-energy-differs'],
  [{ vin: undefined }, 'vin field-required'],
  [{ plate: '编号001' }, 'plate plate-malformed'],
  [{ registeredOn: '2025-06-02' }, 'registeredOn date-in-future'],
  [{ retiredOn: '2024-02-29' }, 'retiredOn retired-before-registered'],
  [{ loadMassKg: 4495 }, 'loadMassKg load-above-gross'],
  [{ bodyType: 'three-wheel' }, 'bodyType body-category-differs'],
])('%j: %s', (change, expected) => expect(codes(change)).toEqual([expected]))

it.each([
  { plate: '苏G12345D', plateColour: '94' },
  { plate: '苏GF12345', energy: 'fcev' },
  { plate: '苏G12345', plateColour: '2', energy: 'diesel' },
  { registeredOn: '2025-06-01', retiredOn: '2025-06-01' },
  { category: 'e-tricycle', plate: '青港快0001', plateColour: undefined, vin: undefined, bodyType: 'three-wheel' },
])('nothing wrong: %j', (change) => expect(codes(change)).toEqual([]))

it('an e-tricycle may carry a number without a check digit', () => {
  expect(severityOf('vin-check-digit-wrong', { category: 'e-tricycle' })).toBe('warning')
  expect(severityOf('vin-check-digit-wrong', { category: 'delivery-truck' })).toBeUndefined()
})
